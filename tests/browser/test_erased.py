"""An event that is erased while people have it open: nobody goes on seeing it."""

import pytest
from playwright.async_api import expect

from tests.browser.wall import now
from wall.erasing import Eraser
from wall.media.files import PictureFiles

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_every_open_page_lets_go_of_its_posts(wall, event, windows):
    await wall.show(event, "Hello #PyConEx")
    screen = await windows.screen(wall, event)
    live = await windows.live(wall, event)
    desk = await windows.desk(wall, event)
    await expect(screen.locator("article.post")).to_be_visible()
    await expect(live.locator("article.post")).to_be_visible()

    await Eraser(wall.store, PictureFiles(wall.program.data_dir / "pictures"), now).erase(event, by_name="Olga")

    for page in (screen, live, desk):
        await expect(page.get_by_text("Hello #PyConEx")).to_have_count(0)
