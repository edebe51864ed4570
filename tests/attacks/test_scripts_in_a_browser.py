"""All payloads at once in front of people: nothing runs, nobody else is asked, nothing of ours is covered."""

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.attacks.scripts import PAYLOADS
from tests.attacks.strangers import pictured, shouting
from tests.attacks.watch import Watch
from tests.pictures import plain
from wall.core.moderation import Status, Verdict

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]

THROUGH = Verdict(status=Status.APPROVED)
IS_ON_TOP = """element => {
    const box = element.getBoundingClientRect()
    return element.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2))
}"""


@pytest_asyncio.fixture(loop_scope="session", params=[True, False], ids=["escaping alone", "as people have it"])
async def watch(request, chromium):
    """A browser: one that heeds no policy of pages, and one as people have it, which complains of nothing either."""
    async with Watch.opened(chromium, bypass_csp=request.param) as watch:
        yield watch


@pytest_asyncio.fixture(loop_scope="session")
async def posts(hall, room):
    """Return a function that makes forty posts with all payloads in them, and a picture of ours to be described."""
    picture = await hall.services["pictures"].keep_bytes(plain(), kind="photo")

    def posts(name):
        return [pictured(post, picture) for post in shouting(PAYLOADS, room.event, hall.time, name=name)]

    return posts


async def check(watch, page, address, *ours):
    """Check that a page is where it was and looks as it did, and that nothing happened in it."""
    await page.wait_for_load_state("networkidle")
    assert (watch.ran, watch.asked, watch.forbidden) == (set(), [], [])
    assert [one for one in watch.said if one.startswith("dialog")] == []
    assert page.url == address
    for place in ours:
        assert await page.locator(place).first.evaluate(IS_ON_TOP), place


async def test_the_live_page_shows_words(room, posts, watch):
    await room.take_in(posts("before"), THROUGH)
    page = await room.live(watch)
    await expect(page.locator("article.post")).to_have_count(40)

    await room.take_in(posts("meanwhile"), THROUGH)

    await expect(page.locator("article.post")).to_have_count(80)
    await page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    await check(watch, page, f"{room.hall.base}/{room.slug}", ".live__title a", ".post__author")


async def test_the_screen_shows_words(room, posts, watch):
    """The page holds all posts when it comes; of those that come later, it hangs a few at a time."""
    await room.take_in(first := posts("before"), THROUGH)
    page = await room.screen(watch)
    await expect(page.locator("poster-wall[data-ready]")).to_be_attached()

    await room.take_in(later := posts("meanwhile"), THROUGH)
    await room.decide("remove", first)

    hung = page.locator(", ".join(f"#post-{post.id}" for post in later)).first
    await expect(hung).to_be_visible()
    await check(watch, page, f"{room.hall.base}/{room.slug}/screen", ".rail__title")


async def test_the_desk_shows_words(room, posts, watch):
    """The page has sixty cards at most: the last of those that come later are seen as the first ones go."""
    await room.take_in(first := posts("before"), Verdict())
    page = await room.desk(watch)
    await expect(page.locator(".card")).to_have_count(40)

    await room.take_in(later := posts("meanwhile"), Verdict())
    await expect(page.locator(".card")).to_have_count(60)
    await room.decide("reject", first[20:])
    await expect(page.locator(f"#card-{later[-1].id}")).to_be_attached()
    for key in ("y", "n", "j", "t"):
        await page.keyboard.press(key)
    await expect(page.locator(".decide__said")).not_to_be_empty()
    await page.locator(".stage .more__button").click()
    await page.locator(".stage [data-rule-menu]").click()
    await page.keyboard.press("Escape")
    await page.keyboard.press("m")
    await expect(page.locator("dialog[open]")).to_be_visible()
    await page.keyboard.press("Escape")

    await check(watch, page, f"{room.hall.base}/{room.slug}/moderate", ".decide__approve", ".line__title")
