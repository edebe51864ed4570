"""What a source is given in these tests: an event, the time, a real client and what is known already."""

import asyncio
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import uvicorn

from wall.core.event import Event
from wall.core.matching import Terms
from wall.core.source import SourceSettings
from wall.sources.base import Amplified, Asked, Checkpoint, Context, Delete, Health, SetAside, Upsert

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
EVENT = Event(slug="pycon", title="PyCon DE", hashtags=("PyConDE",), keys=("pyconde",))
CONTINUED = replace(EVENT, terms=Terms(continuations=True))
"""The event, once it takes in what authors add to their own posts."""
WAIT_SECONDS = 20
GLANCE_SECONDS = 0.01


def context(fetch, *, known=(), to_ask=(), recall=(), event=EVENT, now=lambda: NOW, kind="test", **options):
    async def newest(limit):
        return list(known)[:limit]

    async def shown():
        return list(to_ask)

    async def taken_in():
        return list(recall)

    return Context(
        settings=SourceSettings(id="one", kind=kind, options=options),
        event=event,
        fetch=fetch,
        known=newest,
        now=now,
        to_ask=shown,
        recall=taken_in,
    )


async def nothing(events):
    pass


async def done(answer):
    """Return an answer, once it is there if it is to be waited for."""
    return await answer if asyncio.iscoroutine(answer) else answer


async def until(source, enough, since=None, *, meanwhile=nothing, patience=WAIT_SECONDS):
    """Read a source until what it yielded is enough, and return that; raises what the source raises.

    `meanwhile` is told again and again what there is so far. Raises TimeoutError after `patience` seconds.
    """
    events = []

    async def read():
        async with aclosing(source.posts(since)) as batches:
            async for batch in batches:
                events.extend(batch)

    reading = asyncio.create_task(read())
    try:
        async with asyncio.timeout(patience):
            while not enough(events):
                await meanwhile(events)
                await asyncio.wait((reading,), timeout=GLANCE_SECONDS)
                if reading.done():
                    await reading
    finally:
        reading.cancel()
        await asyncio.wait((reading,))
    return events


def once(enough, act):
    """Do something as soon as what a source yielded is enough, and only then."""
    left = [act]

    async def meanwhile(events):
        if left and enough(events):
            await done(left.pop()())

    return meanwhile


def of(kind, events):
    return [event for event in events if isinstance(event, kind)]


def posts(events):
    return [event.post for event in of(Upsert, events)]


def deletes(events):
    return of(Delete, events)


def set_aside(events):
    return of(SetAside, events)


def asked(events):
    return {event.uid for event in of(Asked, events)}


def amplifiers(events):
    return {one.uid for event in of(Amplified, events) for one in event.by}


def healths(events):
    return [(health.state, health.words) for health in of(Health, events)]


def last_position(events):
    return of(Checkpoint, events)[-1].position


@asynccontextmanager
async def serving(app):
    """Run an ASGI app on a free port of this machine, and give its `127.0.0.1:port`."""
    config = uvicorn.Config(
        app, host="127.0.0.1", port=0, log_level="critical", lifespan="off", ws="websockets-sansio"
    )
    server = uvicorn.Server(config)
    listener = config.bind_socket()
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield f"127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        server.force_exit = True
        await task
