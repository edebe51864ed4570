"""Viewers of the ordinary roads who do not read: what they cost, how they come back, and that nobody else notices."""

import asyncio
import json
import socket
from contextlib import asynccontextmanager

import pytest

from tests.waiting import until
from tests.web.roads import events, through, websocket
from tests.web.site import Site
from wall.web import follow, line
from wall.web.line import KERNEL_BYTES

SMALLEST_BUFFER = 2048  # bytes
BIG = "x" * 40_000
UPGRADE = (
    "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n"
    "sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
)
ROADS = {"websocket": ("stream", UPGRADE), "sse": ("stream.sse", "")}


@pytest.fixture(params=["websocket", "sse"])
def road(request):
    return request.param


@pytest.fixture
def lines(monkeypatch):
    """The lines of the viewers that come, as they come."""
    lines = []

    class Noted(line.Line):
        def __init__(self, connection):
            super().__init__(connection)
            lines.append(self)

    monkeypatch.setattr(follow, "Line", Noted)
    return lines


@asynccontextmanager
async def deaf(site, event, road):
    """The socket of a viewer that asks for a stream, and reads only what the test reads."""
    name, headers = ROADS[road]
    loop = asyncio.get_running_loop()
    with socket.socket() as viewer:
        viewer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALLEST_BUFFER)
        viewer.setblocking(False)
        await loop.sock_connect(viewer, ("127.0.0.1", site.port))
        before = site.services["doors"].open
        request = f"GET /{event.slug}/{name} HTTP/1.1\r\nhost: 127.0.0.1:{site.port}\r\n{headers}\r\n"
        await loop.sock_sendall(viewer, request.encode())
        await until(lambda: site.services["doors"].open > before)
        yield viewer


async def read(viewer, *, to):
    """Read until some bytes were read, or the end."""
    heard = b""
    while to not in heard and (more := await asyncio.get_running_loop().sock_recv(viewer, 65536)):
        heard += more
    return heard


async def test_who_lags_costs_little_and_fetches_the_wall_anew_instead_of_a_backlog(
    redis_server, tmp_path, store, event, road, lines
):
    async with (
        asyncio.timeout(60),
        Site(tmp_path, redis_server.url, max_backlog=10_000).listening() as site,
        deaf(site, event, road) as viewer,
    ):
        await until(lambda: lines)
        (held,) = lines
        while not held.waiting:
            await through(store, event, BIG)
        most = held.waiting
        for number in range(20):
            await through(store, event, f"{number} " + "y" * 2_000)
        tip = await store.feeds.tip(event.slug, "public")
        await until(lambda: site.services["hub"].channels[event.slug, "public"].tip == tip)
        waiting = held.waiting

        heard = await read(viewer, to=b'"resync"')
        await through(store, event, "after")
        after = await read(viewer, to=b"after")

        kernel = held.transport.get_extra_info("socket").getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)
        assert waiting <= most < 3 * len(BIG)
        assert kernel <= 2 * KERNEL_BYTES
        assert b"yyy" not in heard
        assert b'"posted"' in after
        assert site.services["measures"].resyncs.values == {("slow",): 1}


async def test_who_takes_nothing_for_long_is_cut_off_and_counted(
    redis_server, tmp_path, monkeypatch, store, event, road
):
    monkeypatch.setattr(follow, "PATIENCE_SECONDS", 0.1)
    monkeypatch.setattr(follow, "CLOSE_SECONDS", 0.1)
    async with (
        asyncio.timeout(60),
        Site(tmp_path, redis_server.url).listening() as site,
        deaf(site, event, road) as viewer,
    ):
        ended = site.services["measures"].ended.values
        while not ended:
            await through(store, event, BIG)
        await until(lambda: site.services["doors"].open == 0)

        assert await read(viewer, to=b"what is never sent")
        assert ended == {(road, "too_slow"): 1}


async def test_who_reads_again_in_time_is_told_why_it_ends(
    redis_server, tmp_path, monkeypatch, store, event, lines
):
    monkeypatch.setattr(follow, "PATIENCE_SECONDS", 0.1)
    monkeypatch.setattr(follow, "CLOSE_SECONDS", 30)
    async with (
        asyncio.timeout(60),
        Site(tmp_path, redis_server.url).listening() as site,
        deaf(site, event, "websocket") as ws,
        deaf(site, event, "sse") as sse,
    ):
        ended = site.services["measures"].ended.values
        while len(ended) < 2:
            await through(store, event, BIG)

        assert await read(ws, to=b"\x88\x02\x0f\xa8")  # 4008 as a close frame
        assert b'{"type":"close","code":4008}' in await read(sse, to=b"\r\n0\r\n\r\n")


async def test_half_of_them_stalled_the_others_are_told_everything_in_order(
    redis_server, tmp_path, monkeypatch, store, event
):
    monkeypatch.setattr(follow, "PATIENCE_SECONDS", 0.5)
    async with (
        asyncio.timeout(60),
        Site(tmp_path, redis_server.url).listening() as site,
        deaf(site, event, "websocket"),
        deaf(site, event, "websocket"),
        deaf(site, event, "sse"),
        deaf(site, event, "sse"),
        websocket(site.base, f"/{event.slug}/stream") as by_websocket,
        events(site.base, f"/{event.slug}/stream.sse") as (_, by_events),
    ):
        ended = site.services["measures"].ended.values
        frames = (json.loads(text) async for text in by_websocket), (one["data"] async for one in by_events)
        told = []
        while ended != {("websocket", "too_slow"): 2, ("sse", "too_slow"): 2}:
            await through(store, event, BIG)
            told.append([await next_offset(one) for one in frames])

        assert told == [[offset, offset] for offset in range(1, len(told) + 1)]


async def next_offset(frames):
    async for frame in frames:
        if frame["type"] == "updates":
            (update,) = frame["updates"]
            return update["offset"]
    raise AssertionError("The stream ended.")
