import re
from pathlib import Path

import httpx2
import pytest
import pytest_asyncio

from tests.cast import NOW
from tests.waiting import until
from tests.web.roads import events, through, websocket
from tests.web.site import Site
from wall.core.source import SourceSettings
from wall.store.fares import Happened

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "metrics.md"
OF_INGEST = "wall_ingest_sources"
"""Told by ingest workers alone, at an address of their own."""


@pytest_asyncio.fixture
async def served(redis_server, tmp_path):
    async with Site(tmp_path, redis_server.url, max_streams_per_address=2).listening() as served:
        yield served


async def numbers(served):
    async with httpx2.AsyncClient(base_url=served.base, trust_env=False) as client:
        answer = await client.get("/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


async def test_what_is_told_is_documented_with_its_type_and_no_metric_is_missing(served):
    async with httpx2.AsyncClient(base_url=served.base, trust_env=False) as client:
        answer = await client.get("/metrics")
    told = re.findall(r"^# TYPE (\w+) (\w+)$", answer.text, re.MULTILINE)

    assert told
    documented = re.findall(r"^\| `(\w+)` \| (\w+) \|", REFERENCE.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(told) == set(documented) - {(OF_INGEST, "gauge")}


async def test_streams_are_counted_by_road_and_role_and_so_is_their_end(served, event):
    async with (
        events(served.base, f"/{event.slug}/stream.sse") as (_, told),
        websocket(served.base, f"/{event.slug}/stream") as socket,
    ):
        await anext(told)
        await socket.recv()
        during = await numbers(served)
    await until(lambda: served.services["doors"].open == 0)
    after = await numbers(served)

    assert during['wall_streams{road="sse",role="viewer"}'] == 1
    assert during['wall_streams{road="websocket",role="viewer"}'] == 1
    assert after['wall_streams{road="websocket",role="viewer"}'] == 0
    assert after['wall_streams_ended_total{road="websocket",cause="gone"}'] == 1
    assert after['wall_streams_ended_total{road="sse",cause="gone"}'] == 1


async def test_each_delivery_counts_and_so_does_its_lag(served, store, event):
    start = await store.feeds.tip(event.slug, "public")
    for text in "abc":
        await through(store, event, text)

    async with events(served.base, f"/{event.slug}/stream.sse?cursor={start}") as (_, told):
        await anext(told)
        await anext(told)
        counted = await numbers(served)

    assert counted['wall_writes_total{road="sse"}'] == 2  # hello, and all three together
    assert counted['wall_deliveries_total{road="sse"}'] == 3
    assert counted['wall_updates_coalesced_total{road="sse"}'] == 2
    assert counted["wall_lag_seconds_count"] == 1


async def test_a_resync_is_counted_by_what_was_wrong_with_the_cursor(served, store, event):
    tip = await store.feeds.tip(event.slug, "public")
    for cursor in ("nonsense", "other:3", f"{tip.epoch}:99"):
        async with events(served.base, f"/{event.slug}/stream.sse?cursor={cursor}") as (_, told):
            await anext(told)
            await anext(told)

    counted = await numbers(served)

    causes = {
        cause: counted[f'wall_resyncs_total{{cause="{cause}"}}'] for cause in ("unreadable", "history", "ahead")
    }
    assert causes == {"unreadable": 1, "history": 1, "ahead": 1}


async def test_a_refusal_is_counted_by_its_bound(served, event):
    async with (
        events(served.base, f"/{event.slug}/stream.sse") as (_, one),
        events(served.base, f"/{event.slug}/stream.sse") as (_, two),
    ):
        await anext(one)
        await anext(two)
        async with events(served.base, f"/{event.slug}/stream.sse"):
            counted = await numbers(served)

    assert counted['wall_streams_refused_total{cause="address"}'] == 1


async def test_the_hub_counts_what_it_lost_and_whether_it_is_caught_up(served, event):
    hub = served.services["hub"]
    async with events(served.base, f"/{event.slug}/stream.sse") as (_, told):
        await anext(told)
        following = await numbers(served)
        for connection in list(hub.store.database.servers.redis.connection_pool._in_use_connections):
            connection._writer.close()
        await until(lambda: hub.measures.losses.values)
        await until(lambda: hub.caught_up)

    counted = await numbers(served)

    assert following["wall_hub_feeds"] == 1
    assert counted["wall_redis_losses_total"] == 1
    assert counted["wall_hub_caught_up"] == 1


async def test_what_sources_brought_and_how_they_fare_is_counted_by_kind(served, store, event):
    await store.sources.save(event.slug, SourceSettings(id="n1", kind="nostr"))
    before = await numbers(served)
    happened = Happened(now=NOW, kind="nostr", state="failing", error="Away.", posts=3, reasons=["No date."])
    await store.sources.note(event.slug, "n1", happened)

    after = await numbers(served)

    def grown(name, labels='{kind="nostr"}'):
        return after[name + labels] - before.get(name + labels, 0)

    assert grown("wall_source_posts_total") == 3
    assert grown("wall_source_set_aside_total") == grown("wall_source_errors_total") == 1
    assert grown("wall_sources", '{kind="nostr",state="failing"}') == 1
    assert not [name for name in after if event.slug in name]


async def test_a_message_that_was_lost_counts_as_a_catch_up(served, store, event):
    channels = served.services["hub"].channels
    async with events(served.base, f"/{event.slug}/stream.sse") as (_, told):
        await anext(told)
        await through(store, event, "lost")
        await anext(told)
        channels[event.slug, "public"].ring.tip -= 1
        channels[event.slug, "public"].ring._values.pop()
        await through(store, event, "after the gap")
        await anext(told)

    counted = await numbers(served)

    assert counted["wall_hub_catch_ups_total"] == 1


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("127.0.0.1", 200),
        ("10.1.2.3", 200),
        ("fd00::1", 200),
        ("198.41.0.4", 403),
        ("2001:500::1", 403),
        ("x", 403),
    ],
)
async def test_only_machines_of_our_own_network_read_the_numbers(served, address, status):
    async def from_afar(scope, receive, send):
        await served.app({**scope, "state": dict(served.services), "client": (address, 50000)}, receive, send)

    transport = httpx2.ASGITransport(app=from_afar)
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        answer = await client.get("/metrics")

    assert answer.status_code == status
