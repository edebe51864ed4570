"""The whole application, and browsers that notice whatever a stranger's words do in a page."""

import pytest_asyncio

from tests.attacks.watch import Watch
from tests.browser.wall import running_chromium
from tests.web.conftest import (  # noqa: F401 - the people and sites of the web tests
    mia,
    olga,
    other_event,
    owner,
    people,
    served,
    site,
)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium():
    async with running_chromium() as chromium:
        yield chromium


@pytest_asyncio.fixture(loop_scope="session")
async def unguarded(chromium):
    """A browser that heeds no policy of pages, so that escaping alone stands between words and scripts."""
    async with Watch.opened(chromium, bypass_csp=True) as watch:
        yield watch


@pytest_asyncio.fixture(loop_scope="session")
async def guarded(chromium):
    """A browser as people have it."""
    async with Watch.opened(chromium) as watch:
        yield watch
