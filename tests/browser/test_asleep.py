"""A moderator's laptop falls asleep in mid decision, and another moderator decides meanwhile."""

import pytest
from playwright.async_api import expect

from tests.browser.test_desk import on_stage, status
from tests.browser.wall import now
from tests.cast import a_decision
from wall.core.moderation import Status

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]


async def sleeping(page):
    """Freeze a page as the system does; return what wakes it."""
    tools = await page.context.new_cdp_session(page)
    await tools.send("Page.setWebLifecycleState", {"state": "frozen"})

    async def wake():
        await tools.send("Page.setWebLifecycleState", {"state": "active"})

    return wake


@pytest.mark.parametrize("somebody_decides", [True, False], ids=["somebody decides", "nobody decides"])
async def test_who_wakes_is_told_who_was_faster_and_otherwise_their_decision_counts(
    wall, event, windows, line, somebody_decides
):
    """The second is the control: what was pressed before the lid was closed is not lost."""
    post, other = await wall.say(event, "One #PyConEx", "Two #PyConEx")
    mia = await windows.desk(wall, event, "Mia", url=line.url)
    await expect(on_stage(mia, post)).to_be_visible()

    line.block()
    await mia.keyboard.press("y")
    wake = await sleeping(mia)
    await line.cut()
    if somebody_decides:
        standing = await wall.store.posts.get(event.slug, post.id)
        await wall.store.posts.decide(event.slug, a_decision("reject", standing, by="max"), now=now())
    line.mend()
    await wake()

    if somebody_decides:
        await expect(mia.get_by_text("Max was faster").first).to_be_visible(timeout=60_000)
        assert await status(wall, event, post) is Status.REJECTED
    else:
        await expect(mia.locator("[data-tab=approved] [data-tally]")).to_have_text("1", timeout=60_000)
        assert await status(wall, event, post) is Status.APPROVED
    await expect(on_stage(mia, other)).to_be_visible()
    assert await status(wall, event, other) is Status.WAITING
