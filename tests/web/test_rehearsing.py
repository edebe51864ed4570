"""Whoever organises is told while a rehearsal runs."""

from datetime import timedelta

from tests.cast import NOW
from wall.core.rehearsing import Rehearsing

WORDS = "A rehearsal runs on this wall with 300 viewers, from 09:30 until about 09:40."


async def test_it_is_said_on_the_pages_of_events_until_its_end(wall, owner, event, store):
    browser = await wall.browser_of(owner)
    pages = ("/organise", f"/organise/{event.slug}")
    await store.rehearsals.end()
    assert [WORDS in (await browser.get(page)).text for page in pages] == [False, False]

    began = Rehearsing(slug="rehearsal-1", began=NOW, ends=NOW + timedelta(minutes=10), viewers=300)
    assert await store.rehearsals.begin(began)

    assert [WORDS in (await browser.get(page)).text for page in pages] == [True, True]
    assert not await store.rehearsals.begin(began)
    await store.rehearsals.end()
    assert [WORDS in (await browser.get(page)).text for page in pages] == [False, False]
