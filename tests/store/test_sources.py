import asyncio
from datetime import timedelta

import pytest

from tests.cast import NOW
from wall.core.source import SourceHealth, SourceSettings, Trouble
from wall.errors import NotFound
from wall.store.fares import Happened

NOSTR = SourceSettings(id="n1", kind="nostr", options={"relays": "wss://relay.example"})


class TestSettings:
    async def test_a_source_is_kept_as_it_was_saved(self, store, event):
        await store.sources.save(event.slug, NOSTR)

        assert await store.sources.get(event.slug, "n1") == NOSTR
        assert await store.sources.all(event.slug) == [NOSTR]

    async def test_a_source_of_another_event_is_not_found(self, store, event):
        await store.sources.save(event.slug, NOSTR)

        with pytest.raises(NotFound):
            await store.sources.get(f"{event.slug}-other", "n1")

    async def test_a_deleted_source_begins_anew_when_it_is_made_again(self, store, event):
        await store.sources.save(event.slug, NOSTR)
        await store.sources.note(event.slug, "n1", Happened(state="healthy", posts=3, now=NOW))

        await store.sources.delete(event.slug, "n1")

        assert await store.sources.all(event.slug) == []
        assert await store.sources.health(event.slug, "n1") == SourceHealth()
        assert await store.sources.position(event.slug, "n1") is None


def happened(now=NOW, **fields):
    return Happened(now=now, **fields)


class TestHealth:
    async def test_nothing_is_known_of_a_source_not_read_yet(self, store, event):
        assert await store.sources.health(event.slug, "n1") == SourceHealth()

    async def test_what_happens_adds_up(self, store, event):
        later = NOW + timedelta(minutes=1)
        first = happened(state="healthy", detail="Reading.", posts=3, lags=[2.0, 1.0, 4.0])
        await store.sources.note(event.slug, "n1", first)
        await store.sources.note(event.slug, "n1", happened(later, reasons=["No date."], edits=2, deletes=1))

        health = await store.sources.health(event.slug, "n1")
        assert (health.state, health.since, health.detail) == ("healthy", NOW, "Reading.")
        assert (health.posts, health.edits, health.deletes, health.set_aside) == (3, 2, 1, 1)
        assert (health.last_post_at, health.usual_lag) == (NOW, 2.0)
        assert health.reasons == [Trouble("No date.", 1, later, later)]

    async def test_of_lags_the_newest_are_kept(self, store, event):
        for newest in (100.0, 2.0, 1.0):
            await store.sources.note(event.slug, "n1", happened(lags=[newest] * 30))

        assert (await store.sources.health(event.slug, "n1")).lags == [1.0] * 30 + [2.0] * 20

    async def test_the_last_errors_stay_when_all_is_well_again(self, store, event):
        soon = NOW + timedelta(seconds=5)
        await store.sources.note(event.slug, "n1", happened(state="failing", error="Away.", next_try_at=soon))
        before = await store.sources.health(event.slug, "n1")

        await store.sources.note(event.slug, "n1", happened(soon, state="healthy", blind_spots=["Pictures."]))

        health = await store.sources.health(event.slug, "n1")
        assert (before.next_try_at, before.since) == (soon, NOW)
        assert (health.state, health.since, health.next_try_at) == ("healthy", soon, None)
        assert health.blind_spots == ["Pictures."]
        assert health.errors == before.errors == [Trouble("Away.", 1, NOW, NOW)]

    async def test_the_same_error_in_a_row_is_one_and_of_others_five_are_kept(self, store, event):
        for minute, words in enumerate(["a", "b", "c", "d", "e", "f", "f"]):
            error = happened(NOW + timedelta(minutes=minute), error=words)
            await store.sources.note(event.slug, "n1", error)

        health = await store.sources.health(event.slug, "n1")
        assert [(one.words, one.times) for one in health.errors] == [
            ("f", 2),
            ("e", 1),
            ("d", 1),
            ("c", 1),
            ("b", 1),
        ]
        assert health.errors[0].last_at - health.errors[0].first_at == timedelta(minutes=1)

    async def test_an_error_may_be_of_any_length_and_letters(self, store, event):
        await store.sources.note(event.slug, "n1", happened(error="\ud800\u202e" + "z" * 1_000_000))

        assert len((await store.sources.health(event.slug, "n1")).errors[0].words) <= 500

    async def test_hours_are_counted_back_from_now_and_older_ones_forgotten(self, store, event):
        for hours in (30, 23, 1, 0):
            await store.sources.note(event.slug, "n1", happened(NOW - timedelta(hours=hours), posts=hours + 1))

        health = await store.sources.health(event.slug, "n1")
        assert health.hourly(NOW) == [24, *[0] * 21, 2, 1]
        assert len(health.slots) == 3

    async def test_of_two_readers_what_happens_to_who_has_the_lease_counts(self, store, event):
        await store.leases.take(event.slug, "n1", "one", seconds=60)

        await store.sources.note(event.slug, "n1", happened(state="healthy", holder="one"))
        await store.sources.note(event.slug, "n1", happened(state="failing", holder="two", kind="nostr", posts=1))

        assert (await store.sources.health(event.slug, "n1")).state == "healthy"

    async def test_the_totals_of_a_kind_outlive_its_sources(self, store, event):
        before = (await store.sources.totals()).get(("nostr", "posts"), 0)
        await store.sources.note(event.slug, "n1", happened(kind="nostr", posts=2))
        await store.sources.note(event.slug, "n2", happened(kind="nostr", posts=3))

        await store.sources.delete(event.slug, "n1")

        assert (await store.sources.totals())["nostr", "posts"] == before + 5


async def test_a_delivery_is_taken_in_once(store, event):
    answers = await asyncio.gather(
        *(store.sources.first_delivery(event.slug, "w1", "msg_1", seconds=60) for _ in range(5))
    )

    assert sum(answers) == 1
    assert await store.sources.first_delivery(event.slug, "w1", "msg_2", seconds=60)
    assert await store.sources.first_delivery(event.slug, "w2", "msg_1", seconds=60)
