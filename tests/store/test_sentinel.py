"""One Redis that is replaced by another: by Sentinel, or behind the address that we know."""

import signal

import pytest

from tests.audience import THROUGH, converged, hubs, persist, put_through, watching
from tests.cast import NOW, a_decision, a_post
from tests.servers import Forwarder, pair, until, watched_pair
from wall.core.event import Event
from wall.core.moderation import Status
from wall.errors import StoreUnavailable
from wall.store import open_store
from wall.store.submission import Submission

EVENT = Event(slug="conf", title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))


@pytest.fixture
async def stores():
    """Opens stores, and closes them after the test."""
    opened = []

    def opening(url, **options):
        opened.append(open_store(url, **options))
        return opened[-1]

    yield opening
    for store in opened:
        await store.database.close()


async def behind(forwarder, server):
    """Put another server behind the address, as a failover does."""
    forwarder.target = server
    forwarder.cut()


class TestSentinel:
    async def test_everybody_goes_on_when_the_primary_is_killed(self, tmp_path, stores):
        async with watched_pair(tmp_path) as (primary, replica, sentinel):
            url = f"redis+sentinel://127.0.0.1:1,{sentinel.address}/wall"
            store, other = stores(url), stores(url)
            await store.events.create(EVENT)

            async def kill_at_thirty(number):
                if number == 30:
                    primary.kill()

            async with (
                hubs(store, other) as (hub, second),
                watching(hub, "conf", many=25) as half,
                watching(second, "conf", many=25) as rest,
            ):
                ids = await put_through(store, "conf", many=100, before_each=kill_at_thirty)
                kept = await converged(store, "conf", half + rest)

            assert set(ids[30:]) <= set(kept)
            assert [viewer.faults for viewer in half + rest if viewer.faults] == []
            await until(lambda: leads(replica))

    async def test_a_service_that_no_sentinel_knows_is_unavailable(self, tmp_path, stores):
        async with watched_pair(tmp_path) as (_, _, sentinel):
            store = stores(f"redis+sentinel://{sentinel.address}/other")

            with pytest.raises(StoreUnavailable):
                await store.events.all()


class TestConfirmation:
    async def test_a_decision_is_confirmed_once_the_replica_has_it(self, tmp_path, stores):
        async with pair(tmp_path) as (primary, replica):
            store = stores(f"redis://{primary.address}", replicas=1)
            standing = await waiting(store)

            decision = a_decision("approve", standing)

            after = await persist(lambda: store.posts.decide("conf", decision, now=NOW))

            primary.kill()
            await replica.command("REPLICAOF", "NO", "ONE")
            heir = stores(f"redis://{replica.address}")
            assert await heir.posts.get("conf", standing.post.id) == after

    async def test_a_decision_that_no_replica_has_is_not_confirmed_until_one_has(self, tmp_path, stores):
        async with pair(tmp_path) as (primary, replica):
            store = stores(f"redis://{primary.address}", replicas=1)
            standing = await waiting(store)
            decision = a_decision("approve", standing)
            replica.process.send_signal(signal.SIGSTOP)

            # The second comes over a connection that has written nothing, and so has nothing of its own to wait for.
            for asked in (store, stores(f"redis://{primary.address}", replicas=1)):
                with pytest.raises(StoreUnavailable, match="send it again"):
                    await asked.posts.decide("conf", decision, now=NOW)
            replica.process.send_signal(signal.SIGCONT)
            after = await persist(lambda: store.posts.decide("conf", decision, now=NOW))

            assert after.status is Status.APPROVED
            assert len(await store.feeds.after("conf", "public", 0, limit=10)) == 1

    async def test_without_that_setting_nobody_waits_for_a_replica(self, tmp_path, stores):
        async with pair(tmp_path) as (primary, replica):
            store = stores(f"redis://{primary.address}")
            standing = await waiting(store)
            replica.process.send_signal(signal.SIGSTOP)

            after = await store.posts.decide("conf", a_decision("approve", standing), now=NOW)

            assert after.status is Status.APPROVED


class TestBehindOneAddress:
    async def test_a_replica_that_lacks_what_was_told_begins_another_history(self, tmp_path, stores):
        async with pair(tmp_path) as (primary, replica), Forwarder(primary) as forwarder:
            store = stores(f"redis://{forwarder.address}")
            await store.events.create(EVENT)
            async with hubs(store) as (hub,), watching(hub, "conf", many=50) as viewers:
                first = await put_through(store, "conf", many=10)
                await until(lambda: same_feed(primary, replica))
                await replica.command("REPLICAOF", "NO", "ONE")
                await put_through(store, "conf", many=5)
                await converged(store, "conf", viewers)
                epochs = {viewer.cursor.epoch for viewer in viewers}

                await behind(forwarder, replica)
                second = await put_through(store, "conf", many=8)  # the offset passes what was told before
                kept = await converged(store, "conf", viewers)

            assert kept == first + second
            assert all(viewer.resyncs for viewer in viewers)
            assert epochs.isdisjoint({viewer.cursor.epoch for viewer in viewers})
            assert [viewer.faults for viewer in viewers if viewer.faults] == []

    async def test_a_viewer_of_before_is_told_so_by_a_hub_that_came_after(self, tmp_path, stores):
        async with pair(tmp_path) as (primary, replica):
            before, after = stores(f"redis://{primary.address}"), stores(f"redis://{replica.address}")
            await before.events.create(EVENT)
            await put_through(before, "conf", many=3)
            await until(lambda: same_feed(primary, replica))
            await replica.command("REPLICAOF", "NO", "ONE")
            await put_through(before, "conf", many=2)
            told = await before.feeds.tip("conf", "public")
            await put_through(after, "conf", many=4)

            async with hubs(after) as (hub,), hub.join("conf", "public", "json", told) as viewer:
                assert await hub.owed(viewer) is None

    async def test_a_read_only_replica_is_unavailable_until_a_primary_is_there(self, tmp_path, stores):
        async with pair(tmp_path) as (primary, replica), Forwarder(primary) as forwarder:
            store = stores(f"redis://{forwarder.address}")
            await store.events.create(EVENT)
            standing = await waiting(store)
            await until(lambda: same_feed(primary, replica))
            await behind(forwarder, replica)

            with pytest.raises(StoreUnavailable):
                await persist_reading(store)
            forwarder.target = primary  # connections to the replica stay as they are
            after = await persist(lambda: store.posts.decide("conf", a_decision("approve", standing), now=NOW))

            assert after.status is Status.APPROVED


async def waiting(store):
    """A post that waits for a moderator."""
    post = a_post()
    await store.posts.submit("conf", [Submission(post, type(THROUGH)())], now=NOW)
    return await store.posts.get("conf", post.id)


async def persist_reading(store):
    """Read until the address answers again, then write."""
    await persist(lambda: store.posts.counts("conf"))
    await store.authors.trust("conf", "ap:1", by="mia")


async def leads(server):
    return (await server.command("ROLE"))[0] == b"master"


async def same_feed(primary, replica):
    return await primary.command("XLEN", "wall:{conf}:feed:desk") == await replica.command(
        "XLEN", "wall:{conf}:feed:desk"
    )
