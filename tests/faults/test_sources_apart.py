"""G15: sources whose servers hang, drip, never end, lead in circles or refuse do not keep the posts of another waiting."""

import asyncio
import json
from contextlib import asynccontextmanager, suppress

import pytest

from tests.audience import task
from tests.cast import NOW
from tests.conftest import slugs
from tests.program import free_port
from tests.raw_server import RawServer, answer
from tests.sources.fediverse import TOKEN, fediverse, status
from tests.waiting import until
from wall.accept import Acceptor
from wall.core.event import Event
from wall.core.source import SourceSettings
from wall.ingest import Worker
from wall.media import Pictures
from wall.sources.fetch import Fetch
from wall.store.keys import EVENT_SLUGS

TAG = " <a href='https://s.example/tags/pyconex' class='mention hashtag'>#PyConEx</a>"
POSTS = 10
SOON_SECONDS = 10
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/rss+xml\r\n"


async def never_answer(_):
    await asyncio.Event().wait()


async def drip(writer):
    writer.write(HEAD + b"content-length: 100000\r\n\r\n")
    while True:
        writer.write(b"<")
        await writer.drain()
        await asyncio.sleep(0.5)


async def never_end(writer):
    writer.write(HEAD + b"\r\n")
    while True:
        writer.write(b"<!-- more -->" * 1000)
        await writer.drain()


BAD = {
    "/hangs": never_answer,
    "/drips": drip,
    "/never-ends": never_end,
    "/circles": answer(status="302 Found", headers=["Location: /circles"]),
    "/broken": answer(b"<h1>Oops</h1>", status="500 Internal Server Error"),
    "/refuses": answer(status="429 Too Many Requests", headers=["Retry-After: 3600"]),
}


@asynccontextmanager
async def bad_servers():
    """A server for each trouble, on an address of this machine of its own."""
    bad, port = RawServer(), free_port()
    bad.answers = BAD
    addresses = {path: f"127.0.0.{place}" for place, path in enumerate(BAD, start=2)}
    bad.addresses = {path: f"http://{address}:{port}{path}" for path, address in addresses.items()}
    serving = set()

    async def serve(reader, writer):
        serving.add(asyncio.current_task())
        try:
            with suppress(ConnectionError, asyncio.CancelledError):
                await bad.serve(reader, writer)
        finally:
            writer.transport.abort()

    listener = await asyncio.start_server(serve, list(addresses.values()), port)
    try:
        yield bad
    finally:
        listener.close()
        for one in serving:
            one.cancel()
        await asyncio.gather(*serving)


@pytest.fixture
async def event(store):
    """The only event that workers know of."""
    await store.database.command("DEL", EVENT_SLUGS)
    event = Event(slug=next(slugs), title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))
    await store.events.create(event)
    return event


async def test_the_posts_of_a_good_source_come_while_six_others_are_in_trouble(store, event, tmp_path):
    good = [status(number, f"Good {number}{TAG}", tags=[{"name": "pyconex"}]) for number in range(1, POSTS + 1)]
    late = status(99, f"Late{TAG}", tags=[{"name": "pyconex"}])

    async def waiting():
        return (await store.feeds.snapshot(event.slug, "desk", limit=100)).standings

    async def came(number):
        return len(await waiting()) == number

    async def in_trouble():
        healths = [await store.sources.health(event.slug, f"bad{path[1:]}") for path in BAD]
        return [one.state for one in healths if one.state in ("failing", "degraded")]

    async with (
        bad_servers() as bad,
        fediverse(*good) as server,
        Fetch(private_addresses=True, user_agent="tests") as fetch,
    ):
        for path, address in bad.addresses.items():
            settings = SourceSettings(id=f"bad{path[1:]}", kind="feed", options={"address": address})
            await store.sources.save(event.slug, settings)
        options = {"servers": server.address, "token": TOKEN, "token_server": server.address}
        await store.sources.save(event.slug, SourceSettings(id="good", kind="mastodon", options=options))
        worker = Worker(
            store,
            Acceptor(store, Pictures(tmp_path, fetch), now=lambda: NOW),
            fetch,
            now=lambda: NOW,
            random=lambda: 1.0,
        )
        async with task(worker.run()):
            await until(lambda: came(POSTS), seconds=SOON_SECONDS)
            await until(lambda: len(set(bad.paths)) == len(BAD))
            await server.send("update", json.dumps(late))
            await until(lambda: came(POSTS + 1), seconds=SOON_SECONDS)
            # The control: they are in trouble, and those that hold us up hold one connection each.
            await until(in_trouble)
            assert bad.open <= len(BAD)
            assert (await store.sources.health(event.slug, "good")).state == "healthy"
