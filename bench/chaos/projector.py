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

    async def wrong(self, newest: Sequence[str], approved: Collection[str]) -> Counter[str]:
        """Return what is wrong with it, once it had time to come to rest."""
        with suppress(AssertionError):
            await until(lambda: self._is_right(newest, approved), seconds=SETTLE_SECONDS)
        return of_screen(await self.standing(), newest, approved)

    async def _is_right(self, newest: Sequence[str], approved: Collection[str]) -> bool:
        return not of_screen(await self.standing(), newest, approved).total()


def of_screen(standing: Sequence[str], newest: Sequence[str], approved: Collection[str]) -> Counter[str]:
    """Count what stands on a screen and is not approved, and the newest post of the wall, if it is missing."""
    missing = bool(newest) and newest[0] not in standing
    return Counter({"wrong on a screen": sum(id not in approved for id in standing) + missing})


@asynccontextmanager
async def projector(slug: str, line: Line, token: str) -> AsyncIterator[Projector]:
    """Open a screen by its link in a browser of its own, and wait until it is one."""
    async with running_chromium() as browser:
        page = await browser.new_page(viewport=HALL)
        await page.goto(f"{line.url}/{slug}/screen/open#{token}")
        await page.wait_for_url(f"**/{slug}/screen", timeout=OPEN_SECONDS * 1000)
        yield Projector(page, line)
