"""Viewers of the ordinary roads, and what happens on the wall meanwhile."""

import json
from contextlib import asynccontextmanager

import httpx2
from websockets.asyncio.client import connect

from tests.cast import NOW, a_post
from wall.core.moderation import Status, Verdict
from wall.store.submission import Submission

SOON_SECONDS = 10.0
THROUGH = Verdict(status=Status.APPROVED)


@asynccontextmanager
async def events(base, path, **headers):
    """Open a stream of server-sent events; yields the answer and its events as they come."""
    async with (
        httpx2.AsyncClient(base_url=base, trust_env=False, timeout=SOON_SECONDS) as client,
        client.stream("GET", path, headers=headers) as answer,
    ):
        yield answer, each_event(answer)


async def each_event(answer):
    """Yield each event as its fields, with the frame of its data parsed."""
    fields = {}
    async for line in answer.aiter_lines():
        if line:
            name, _, value = line.partition(": ")
            fields[name] = json.loads(value) if name == "data" else value
        elif fields:
            yield fields
            fields = {}


def websocket(base, path):
    return connect(base.replace("http", "ws") + path, compression=None, proxy=None, ping_interval=None)


async def through(store, event, text="Hello #PyConEx", **fields):
    """Bring a post onto the wall."""
    post = a_post(text, **fields)
    await store.posts.submit(event.slug, [Submission(post, THROUGH)], now=NOW)
    return await store.posts.get(event.slug, post.id)
