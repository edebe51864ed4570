"""Every fault of the line that a hall has seen: a wall stays, and what was missed comes by itself."""

import pytest
from playwright.async_api import expect

from tests.browser.faults import FAULTS
from tests.browser.lasting import good_wall, mark
from tests.browser.wall import article

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest.mark.parametrize(("fault", "words"), FAULTS)
async def test_a_screen_keeps_its_wall_says_what_is_wrong_and_misses_nothing(
    wall, event, windows, line, fault, words
):
    screen, post = await good_wall(wall, event, windows, line)

    await fault(line)
    (missed,) = await wall.show(event, "Missed #PyConEx")
    await wall.decide(event, "remove", post)
    await expect(mark(screen)).to_contain_text(words)
    await expect(article(screen, post)).to_be_visible()
    line.mend()

    await expect(article(screen, missed)).to_be_visible(timeout=60_000)
    await expect(article(screen, post)).to_have_count(0)
    await expect(mark(screen)).to_be_hidden()
