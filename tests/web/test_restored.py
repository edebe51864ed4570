"""Whoever organises is told that the wall was put back to an earlier time."""

from datetime import timedelta

import pytest_asyncio

from tests.cast import NOW
from wall.store.keys import RESTORED

WORDS = "What was decided, removed or erased"


@pytest_asyncio.fixture
async def restored(store):
    await store.database.command("DEL", RESTORED)
    yield store.restoring
    await store.database.command("DEL", RESTORED)


async def test_for_a_week_it_is_said_on_the_pages_of_events(wall, owner, event, restored):
    browser = await wall.browser_of(owner)
    pages = ("/organise", f"/organise/{event.slug}")
    assert [WORDS in (await browser.get(page)).text for page in pages] == [False, False]

    await restored.renew(NOW - timedelta(hours=3), now=NOW)
    for page in pages:
        text = (await browser.get(page)).text
        assert WORDS in text
        assert "This wall was restored (09:30) and is as it was at 06:30." in text

    wall.time = NOW + timedelta(days=7)
    assert [WORDS in (await browser.get(page)).text for page in pages] == [False, False]


async def test_of_a_redis_of_ones_own_nobody_knows_from_when_it_is(wall, owner, event, restored):
    await restored.renew(None, now=NOW)

    text = (await (await wall.browser_of(owner)).get(f"/organise/{event.slug}")).text

    assert "This wall was put back to an earlier time (09:30)." in text
    assert WORDS in text
