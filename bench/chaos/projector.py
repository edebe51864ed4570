"""A real Chromium before the wall: what stands on its screen, and whether the wall stands behind that."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager, suppress

from playwright.async_api import Error, Page

from bench.chaos.line import Line
from tests.browser.chromium import running_chromium
from tests.waiting import until

HALL = {"width": 1920, "height": 1080}
OPEN_SECONDS, SETTLE_SECONDS, ANSWER_SECONDS = 60.0, 30.0, 5.0
STANDING = """() => [...document.querySelectorAll("article.post")]
  .filter((post) => post.checkVisibility()).map((post) => post.dataset.id)"""


class Projector:
    """A page of a screen. `line` is what leads it to the wall."""

    def __init__(self, page: Page, line: Line) -> None:
        self.page = page
        self.line = line

    async def standing(self) -> list[str]:
        """Return the posts that are to be seen, by id; none of a page that does not answer."""
        with suppress(Error, TimeoutError):  # it is just loading itself anew
            async with asyncio.timeout(ANSWER_SECONDS):
                return list(await self.page.evaluate(STANDING))
        return []

    async def wrong(self, approved: Collection[str]) -> Counter[str]:
        """Return what is wrong with it, once it had time to come to rest."""
        with suppress(AssertionError):
            await until(lambda: self._is_right(approved), seconds=SETTLE_SECONDS)
        standing = await self.standing()
        found = of_screen(standing, approved)
        if found.total():
            print(f"  Chromium shows {standing or 'no post'}: {await self.words()}")
        return found

    async def words(self) -> str:
        """Return what the page says, shortened, so that somebody can see what it came to."""
        with suppress(Error, TimeoutError):
            async with asyncio.timeout(ANSWER_SECONDS):
                return " ".join((await self.page.inner_text("body")).split())[:300]
        return "it does not answer"

    async def _is_right(self, approved: Collection[str]) -> bool:
        return not of_screen(await self.standing(), approved).total()


def of_screen(standing: Sequence[str], approved: Collection[str]) -> Counter[str]:
    """Count what stands on a screen and is not approved; and a screen without any post, where some are.

    Which of those that are approved stand there is up to its pacing.
    """
    empty = bool(approved) and not standing
    return Counter({"wrong on a screen": sum(id not in approved for id in standing) + empty})


@asynccontextmanager
async def projector(slug: str, line: Line, token: str) -> AsyncIterator[Projector]:
    """Open a screen by its link in a browser of its own, and wait until it is one."""
    async with running_chromium() as browser:
        page = await browser.new_page(viewport=HALL)
        await page.goto(f"{line.url}/{slug}/screen/open#{token}")
        await page.wait_for_url(f"**/{slug}/screen", timeout=OPEN_SECONDS * 1000)
        yield Projector(page, line)
