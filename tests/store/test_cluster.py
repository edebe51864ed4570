"""A Cluster of three masters; that the store works there is shown by every other test of the store."""

import asyncio

import pytest
from redis.crc import key_slot

from tests.audience import converged, hubs, persist, put_through, watching
from tests.servers import begin_to_move_slot, move_key, move_slot, owns, three_masters
from wall.core.event import Event
from wall.errors import StoreUnavailable
from wall.store import open_store

SLUGS = [f"event-{number}" for number in range(12)]


@pytest.fixture
async def masters(tmp_path):
    """Three masters of this test's own, to be moved about and killed."""
    async with three_masters(tmp_path) as nodes:
        yield nodes


@pytest.fixture
async def store(masters):
    store = open_store(f"redis+cluster://127.0.0.1:1,{masters[0].address}")
    yield store
    await store.database.close()


async def test_events_live_on_every_master_and_are_listed_together(store, masters):
    for slug in SLUGS:
        await store.events.create(an_event(slug))

    assert {event.slug for event in await store.events.all()} == set(SLUGS)
    assert all([await living_on(node) for node in masters])


async def test_a_slot_that_moves_loses_and_repeats_nothing(store, masters):
    await store.events.create(an_event("conf"))

    async def move_at_thirty(number):
        if number == 30:
            moves.append(asyncio.create_task(move_slot(key("conf"), masters)))

    moves = []
    async with hubs(store) as (hub,), watching(hub, "conf", many=50) as viewers:
        ids = await put_through(store, "conf", many=100, before_each=move_at_thirty)
        source, target = await moves[0]
        kept = await converged(store, "conf", viewers)

    assert kept == ids
    assert [viewer.faults for viewer in viewers if viewer.faults] == []
    assert await source.command("CLUSTER", "COUNTKEYSINSLOT", key_slot(key("conf").encode())) == 0
    assert await target.command("CLUSTER", "COUNTKEYSINSLOT", key_slot(key("conf").encode())) > 100


async def test_posts_are_read_whole_while_their_slot_is_half_moved(store, masters):
    await store.events.create(an_event("conf"))
    ids = await put_through(store, "conf", many=20)
    source, target = await begin_to_move_slot(key("conf"), masters)
    for _ in range(15):
        await move_key(key("conf"), source, target)

    standings = await persist(lambda: store.posts.get_all("conf", ids))

    assert [standing.post.id for standing in standings] == ids


async def test_a_hub_that_loses_its_node_listens_to_another(store, masters):
    for slug in SLUGS:
        await store.events.create(an_event(slug))
    async with hubs(store) as (hub,):
        (heard,) = [node for node in masters if await node.command("PUBSUB", "NUMPAT")]
        slug = (await living_on(next(node for node in masters if node is not heard)))[0]
        async with watching(hub, slug, many=10) as viewers:
            heard.kill()

            ids = await put_through(store, slug, many=10)

            assert await converged(store, slug, viewers) == ids


async def test_a_master_that_is_gone_is_unavailable_and_the_others_go_on(store, masters):
    for slug in SLUGS:
        await store.events.create(an_event(slug))
    lost, left = (await living_on(masters[2]))[0], (await living_on(masters[0]))[0]

    masters[2].kill()

    with pytest.raises(StoreUnavailable):
        await store.events.get(lost)
    assert await persist(lambda: store.events.get(left)) == an_event(left)


def an_event(slug):
    return Event(slug=slug, title=slug, hashtags=("PyConEx",), keys=("pyconex",))


def key(slug):
    return f"wall:{{{slug}}}:event"


async def living_on(node):
    """The events whose slot a node has."""
    return [slug for slug in SLUGS if await owns(node, key_slot(key(slug).encode()))]
