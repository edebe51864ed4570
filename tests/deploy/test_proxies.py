"""The proxies of deploy/proxy do what a wall needs of them, each in front of two real web processes."""

import asyncio
import json
import re
import signal
from contextlib import AsyncExitStack

import pytest
from websockets.exceptions import ConnectionClosed

from tests.deploy.proxies import behind, program
from tests.web.roads import each_event, through
from wall.web.frames import Close

pytestmark = pytest.mark.peer
SOON_SECONDS = 10
FORM = {"sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded"}


@pytest.fixture(params=["nginx", "caddy"])
def kind(request):
    if not program(request.param):
        pytest.skip(f"There is no {request.param} here; .ci/set-up proxies brings it.")
    return request.param


async def next_update(frames):
    async with asyncio.timeout(SOON_SECONDS):
        async for frame in frames:
            if frame["type"] == "updates":
                return frame["updates"][0]["post"]["text"]
    return None


async def test_pages_streams_and_uploads_pass(kind, redis_server, store, event, tmp_path):
    async with (
        behind(kind, redis_server.url, tmp_path) as front,
        front.client() as client,
        front.websocket(f"/{event.slug}/stream") as socket,
        client.stream("GET", f"/{event.slug}/stream.sse") as answer,
    ):
        sse = each_event(answer)
        await anext(sse)
        page = await client.get(f"/{event.slug}")
        static = await client.get(re.search(r"/static/[^\"']+\.svg", page.text)[0])
        await through(store, event, "As it happens")
        by_socket = await next_update(json.loads(frame) async for frame in socket)
        by_sse = await next_update(fields["data"] async for fields in sse)
        large = [
            await client.post("/language", content=b"x" * size, headers=FORM) for size in (400_000, 2_000_000)
        ]
        inward = [(await client.get(path)).status_code for path in ("/metrics", "/readyz")]

    assert (page.status_code, static.status_code) == (200, 200)
    assert page.headers.get("strict-transport-security") == ("max-age=31536000" if kind == "nginx" else None)
    assert by_socket == by_sse == "As it happens"
    assert large[0].status_code == 413
    assert large[1].status_code in (413, 502)  # which Caddy 2.6 says of what it cut off itself
    assert inward == [404, 404]


async def test_each_visitor_is_known_by_his_own_address_whatever_he_claims(kind, redis_server, event, tmp_path):
    async with (
        behind(kind, redis_server.url, tmp_path, WALL_MAX_STREAMS_PER_ADDRESS="1") as front,
        AsyncExitStack() as stack,
    ):
        path = f"/{event.slug}/stream"
        refused = 0
        for claimed in range(4):  # one fits into each of the two processes
            headers = {"x-forwarded-for": f"198.51.100.{claimed}"}
            socket = await stack.enter_async_context(front.websocket(path, additional_headers=headers))
            refused += await refusal(socket) == Close.TOO_MANY
        other = [
            await refusal(await stack.enter_async_context(front.websocket(path, local_addr=(f"127.0.0.{one}", 0))))
            for one in (2, 3)
        ]

    assert refused == 2
    assert other == [None, None]


async def refusal(socket):
    """Return the code that a stream is refused with, None when it begins."""
    try:
        await asyncio.wait_for(socket.recv(), SOON_SECONDS)
    except ConnectionClosed:
        return socket.close_code
    return None


async def test_nobody_notices_that_a_process_leaves(kind, redis_server, store, event, tmp_path):
    async with (
        behind(kind, redis_server.url, tmp_path) as front,
        front.client() as client,
        AsyncExitStack() as stack,
    ):
        sockets = [await stack.enter_async_context(front.websocket(f"/{event.slug}/stream")) for _ in range(4)]
        for socket in sockets:
            await socket.recv()
        leaving = next(iter(front.webs.values()))
        leaving.send_signal(signal.SIGTERM)
        statuses = []
        while leaving.returncode is None:
            statuses.append((await client.get(f"/{event.slug}/feed")).status_code)
        statuses += [(await client.get(f"/{event.slug}/feed")).status_code for _ in range(20)]
        await through(store, event, "Still here")
        ends = [await ending(socket) for socket in sockets]
        async with front.websocket(f"/{event.slug}/stream") as again:
            welcome = json.loads(await again.recv())

    assert set(statuses) == {200}
    assert sorted(map(str, ends)) == ["4001", "4001", "Still here", "Still here"]
    assert welcome["type"] == "hello"


async def ending(socket):
    """Return what a stream told next, or the code that it was closed with."""
    try:
        return await next_update(json.loads(frame) async for frame in socket) or int(socket.close_code)
    except ConnectionClosed:
        return int(socket.close_code)
