from datetime import timedelta

from tests.conftest import NOW
from wall.store.turned_away import Cause


async def test_tries_are_counted_by_their_cause_and_the_last_one_is_remembered(store, event):
    for why, minutes in (("room", 0), ("pace address", 1), ("room", 2)):
        await store.turned_away.count(event.slug, why, now=NOW + timedelta(minutes=minutes))

    at = int(NOW.timestamp())
    assert await store.turned_away.all(event.slug) == [
        Cause("room", 2, at + 120),
        Cause("pace address", 1, at + 60),
    ]
