import asyncio
from datetime import timedelta

import pytest

from tests.cast import NOW
from wall.core.source import SourceHealth, SourceSettings
from wall.errors import NotFound

NOSTR = SourceSettings(id="n1", kind="nostr", options={"relays": "wss://relay.example"})


async def lease_left(store, event):
    return await store.database.command("PTTL", f"wall:{{{event.slug}}}:source:n1:lease")


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
        await store.sources.note(event.slug, "n1", state="healthy", posts=3, now=NOW)

        await store.sources.delete(event.slug, "n1")

        assert await store.sources.all(event.slug) == []
        assert await store.sources.health(event.slug, "n1") == SourceHealth()
        assert await store.sources.position(event.slug, "n1") is None


class TestHealth:
    async def test_nothing_is_known_of_a_source_not_read_yet(self, store, event):
        assert await store.sources.health(event.slug, "n1") == SourceHealth()

    async def test_posts_are_counted_and_the_last_one_timed(self, store, event):
        await store.sources.note(event.slug, "n1", state="healthy", detail="Reading.", posts=3, now=NOW)
        await store.sources.note(event.slug, "n1", set_aside=1, now=NOW + timedelta(minutes=1))

        health = await store.sources.health(event.slug, "n1")
        assert (health.state, health.detail) == ("healthy", "Reading.")
        assert (health.posts, health.set_aside, health.last_post_at) == (3, 1, NOW)

    async def test_the_last_error_stays_when_all_is_well_again(self, store, event):
        await store.sources.note(
            event.slug, "n1", state="failing", error="No answer.", next_try_at=NOW + timedelta(seconds=5), now=NOW
        )

        health = await store.sources.note(event.slug, "n1", state="healthy", now=NOW + timedelta(minutes=1))

        assert (health.state, health.next_try_at) == ("healthy", None)
        assert (health.last_error, health.last_error_at) == ("No answer.", NOW)


class TestLeases:
    async def test_one_worker_at_a_time_has_the_lease(self, store, event):
        answers = await asyncio.gather(
            *(store.sources.take_lease(event.slug, "n1", f"worker-{number}", seconds=30) for number in range(6))
        )

        assert sum(answers) == 1

    async def test_the_holder_renews_it(self, store, event):
        await store.sources.take_lease(event.slug, "n1", "one", seconds=1)

        assert await store.sources.take_lease(event.slug, "n1", "one", seconds=60)
        assert await lease_left(store, event) > 30_000
        assert not await store.sources.take_lease(event.slug, "n1", "two", seconds=60)

    async def test_a_lease_given_back_is_free(self, store, event):
        await store.sources.take_lease(event.slug, "n1", "one", seconds=60)

        await store.sources.release_lease(event.slug, "n1", "one")

        assert await store.sources.take_lease(event.slug, "n1", "two", seconds=60)

    async def test_nobody_gives_back_the_lease_of_another(self, store, event):
        await store.sources.take_lease(event.slug, "n1", "one", seconds=60)

        await store.sources.release_lease(event.slug, "n1", "two")

        assert not await store.sources.take_lease(event.slug, "n1", "two", seconds=60)

    async def test_the_lease_of_a_dead_worker_runs_out(self, store, event):
        await store.sources.take_lease(event.slug, "n1", "dead", seconds=0.001)

        async with asyncio.timeout(10):
            while not await store.sources.take_lease(event.slug, "n1", "two", seconds=60):
                pass

        assert not await store.sources.take_lease(event.slug, "n1", "dead", seconds=60)

    async def test_each_source_has_its_own_lease(self, store, event):
        await store.sources.take_lease(event.slug, "n1", "one", seconds=60)

        assert await store.sources.take_lease(event.slug, "n2", "two", seconds=60)


async def test_a_delivery_is_taken_in_once(store, event):
    answers = await asyncio.gather(
        *(store.sources.first_delivery(event.slug, "w1", "msg_1", seconds=60) for _ in range(5))
    )

    assert sum(answers) == 1
    assert await store.sources.first_delivery(event.slug, "w1", "msg_2", seconds=60)
    assert await store.sources.first_delivery(event.slug, "w2", "msg_1", seconds=60)
