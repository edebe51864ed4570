import pytest_asyncio

from tests.conftest import slugs
from wall.core.event import Event
from wall.store.event_slugs import event_slugs, slugs_with
from wall.store.keys import EventKeys


@pytest_asyncio.fixture
async def other(store):
    other = Event(slug=next(slugs), title="Another", hashtags=("Another",), keys=("another",))
    await store.events.create(other)
    return other


async def test_all_events_are_there_in_order(store, event, other):
    found = await event_slugs(store.database)

    assert found == sorted(found)
    assert {event.slug, other.slug} <= set(found)


async def test_of_those_that_are_named_only_those_are_there_that_exist(store, event):
    assert await event_slugs(store.database, [event.slug, "gone-since"]) == [event.slug]
    assert await event_slugs(store.database, []) == []


async def test_those_of_which_there_is_something_at_a_key(store, event, other):
    await store.database.command("SADD", EventKeys(event.slug).untold, "1")

    assert await slugs_with(store.database, lambda keys: keys.untold, [event.slug, other.slug]) == [event.slug]
