import asyncio
import json
import os
import signal
import socket
import sys
from contextlib import asynccontextmanager

import httpx2
import pytest
from websockets.exceptions import ConnectionClosed

from tests.web.roads import SOON_SECONDS, events, through, websocket
from wall.web.doors import Doors
from wall.web.drain import Drain
from wall.web.frames import Close

LEAVE_SECONDS = 5.0


@asynccontextmanager
async def process(redis_url, folder):
    """A `backchannel web` of its own, once it is ready; yields the process and its address."""
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    sock.listen(128)
    base = f"http://127.0.0.1:{sock.getsockname()[1]}"
    environment = os.environ | {"WALL_REDIS_URL": redis_url, "WALL_DATA_DIR": str(folder)}
    started = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "wall", "web", "--fd", str(sock.fileno()), pass_fds=[sock.fileno()], env=environment
    )
    sock.close()
    try:
        async with asyncio.timeout(30), httpx2.AsyncClient(base_url=base, trust_env=False, timeout=30) as client:
            while (await client.get("/readyz")).status_code != 200:
                await asyncio.sleep(0.02)
        yield started, base
    finally:
        if started.returncode is None:
            started.kill()
        await started.wait()


class Viewer:
    """Somebody who follows from a cursor, and remembers every offset told and how it ended."""

    def __init__(self, slug, cursor):
        self.slug = slug
        self.cursor = cursor
        self.offsets = []
        self.others = []

    def hear(self, frame):
        if frame["type"] == "updates":
            self.offsets += [update["offset"] for update in frame["updates"]]
            self.cursor = frame["cursor"]
        elif frame["type"] not in ("hello", "beat"):
            self.others.append(frame)

    async def by_websocket(self, base, *, until=None):
        async with websocket(base, f"/{self.slug}/stream?cursor={self.cursor}") as stream:
            while until is None or self.cursor != until:
                try:
                    self.hear(json.loads(await stream.recv()))
                except ConnectionClosed:
                    return stream.close_code
        return None

    async def by_events(self, base, *, until=None):
        async with events(base, f"/{self.slug}/stream.sse?cursor={self.cursor}") as (_, told):
            async for one in told:
                if one["data"]["type"] == "close":
                    return one["data"]["code"]
                self.hear(one["data"])
                if self.cursor == until:
                    return None
        return None


@pytest.mark.thorough
async def test_a_process_told_to_stop_sends_its_viewers_to_another_that_goes_on_where_they_were(
    redis_server, tmp_path, store, event
):
    start = await store.feeds.tip(event.slug, "public")
    viewers = [Viewer(event.slug, str(start)) for _ in range(25)]
    async with (
        asyncio.timeout(60),
        process(redis_server.url, tmp_path) as (leaving, here),
        process(redis_server.url, tmp_path) as (_, there),
    ):
        following = [
            asyncio.create_task(viewer.by_websocket(here) if number < 20 else viewer.by_events(here))
            for number, viewer in enumerate(viewers)
        ]
        for number in range(10):
            await through(store, event, f"before {number}")
        while any(len(viewer.offsets) < 10 for viewer in viewers):
            await asyncio.sleep(0.01)

        leaving.send_signal(signal.SIGTERM)
        for number in range(10):
            await through(store, event, f"meanwhile {number}")
        async with asyncio.timeout(LEAVE_SECONDS):
            codes = await asyncio.gather(*following)
            await leaving.wait()
        tip = str(await store.feeds.tip(event.slug, "public"))
        await asyncio.gather(
            *(
                viewer.by_websocket(there, until=tip) if number % 2 else viewer.by_events(there, until=tip)
                for number, viewer in enumerate(viewers)
            )
        )

    assert codes == [Close.RESTARTING] * 25
    assert [viewer.offsets for viewer in viewers] == [list(range(1, 21))] * 25
    assert [viewer.others for viewer in viewers] == [[]] * 25


@pytest.mark.thorough
async def test_a_request_under_way_is_answered_before_the_process_goes(redis_server, tmp_path, event):
    async with process(redis_server.url, tmp_path) as (leaving, base):
        reader, writer = await asyncio.open_connection("127.0.0.1", int(base.rsplit(":", 1)[1]))
        writer.write(
            f"POST /{event.slug}/posts HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 2\r\n\r\n{{".encode()
        )
        async with websocket(base, f"/{event.slug}/stream") as stream:
            await stream.recv()
            leaving.send_signal(signal.SIGTERM)
            with pytest.raises(ConnectionClosed):
                await stream.recv()

        writer.write(b"}")
        async with asyncio.timeout(SOON_SECONDS):
            answer = await reader.read()
            await leaving.wait()
        writer.close()

    assert answer.startswith(b"HTTP/1.1 404")


async def test_who_comes_while_a_process_leaves_is_sent_away_at_once():
    drain = Drain(Doors(most=1, most_per_address=1))
    drain.begin()

    assert await drain.told() is Close.RESTARTING


async def test_a_stream_that_ended_is_not_told_any_more():
    drain = Drain(Doors(most=1, most_per_address=1))
    gone, here = drain.told(), drain.told()
    gone.cancel()
    await asyncio.sleep(0)

    drain.begin()

    assert gone.cancelled()
    assert here.result() is Close.RESTARTING
