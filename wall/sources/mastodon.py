"""Posts from the fediverse: hashtag timelines of several servers that speak Mastodon's API, and a live stream."""

import asyncio
import json
import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from functools import partial
from typing import Any, ClassVar
from urllib.parse import urlencode

from wall.core.post import SourceRef
from wall.core.source import SourceSettings
from wall.core.text import clean_name
from wall.errors import InvalidInput, SourceError
from wall.sources.asking import (
    FIRST_PAGES,
    MOST_SWEPT,
    PAGES,
    WINDOW,
    between,
    spellings,
    tell,
    wait_after,
)
from wall.sources.base import Batch, Context, Delete, Option, SourceEvent
from wall.sources.mastodon_reading import Reading
from wall.sources.mastodon_server import Page, Server
from wall.sources.mastodon_words import explained
from wall.sources.merge import Put, merged
from wall.sources.payload import mapping, moment
from wall.sources.places import Places
from wall.sources.servers import addresses, host_of
from wall.sources.websocket import connected

LARGEST_FRAME = 4 * 1024 * 1024  # bytes
SWEPT_AT_ONCE = 20  # statuses a server can be asked for in one request

HANDLE = re.compile(r"[^@\s/]+@[^@\s/]+\.[^@\s/]+")


class Mastodon:
    """Several servers, each polled by itself; a post seen on two is one."""

    kind: ClassVar[str] = "mastodon"
    title: ClassVar[str] = "Mastodon and the fediverse"
    pushed: ClassVar[bool] = False
    options: ClassVar[Sequence[Option]] = (
        Option(
            name="servers",
            label="Servers",
            help="Host names such as mastodon.social, several if you like: each shows only what it has heard of.",
            required=True,
        ),
        Option(
            name="token",
            label="Access token",
            help="Optional. Makes posts arrive at once: on your server under Preferences → Development, "
            "new application, permission read:statuses. Best of an account that follows and mutes nobody.",
            secret=True,
        ),
        Option(name="token_server", label="Server of the token", help="Only needed with several servers."),
    )
    poll_seconds: ClassVar[tuple[float, float]] = (10.0, 15.0)
    sweep_seconds: ClassVar[tuple[float, float]] = (60.0, 120.0)
    longest_wait_seconds: ClassVar[float] = 60.0

    def __init__(self, context: Context) -> None:
        self.context = context
        options = self.check(context.settings.options)
        self.servers = [
            Server(
                address,
                fetch=context.fetch,
                now=context.now,
                token=options["token"] if address == options["token_server"] else "",
            )
            for address in servers(options["servers"])
        ]
        self.live = [server for server in self.servers if server.headers]
        self.hashtags = spellings(context.event)

    @classmethod
    def known_as(cls, handle: str, settings: SourceSettings) -> tuple[str, ...]:
        name = clean_name(handle).removeprefix("@").lower()
        if not HANDLE.fullmatch(name):
            raise InvalidInput("Write the whole handle, such as @name@server.example.", field="handle")
        return (f"acct:{name}",)

    @classmethod
    def check(cls, options: Mapping[str, str]) -> Mapping[str, str]:
        named = servers(options.get("servers", ""))
        token = options.get("token", "").strip()
        if not token.isascii() or not token.isprintable() or " " in token:
            raise InvalidInput("This is not an access token.", field="token")
        owner = servers(options.get("token_server", ""), field="token_server") if token else []
        if token and not owner:
            owner = named
        if token and (len(owner) != 1 or owner[0] not in named):
            raise InvalidInput("Say which one of the servers the token is for.", field="token_server")
        if not named:
            raise InvalidInput("Name at least one server, such as mastodon.social.", field="servers")
        return {"servers": " ".join(named), "token": token, "token_server": "".join(owner)}

    async def posts(self, since: str | None) -> AsyncGenerator[Batch, None]:
        reading = Reading(SourceRef(id=self.context.settings.id, kind=self.kind))
        places = Places([server.host for server in self.servers] + [stream_of(server) for server in self.live])
        readers = [partial(self.poll, server, reading, places) for server in self.servers]
        readers += [partial(self.stream, server, reading, places) for server in self.live]
        readers += [partial(self.sweep, reading)]
        async with aclosing(merged(readers)) as batches:
            async for batch in batches:
                yield batch

    async def poll(self, server: Server, reading: Reading, places: Places, put: Put) -> None:
        """Read one server's timelines again and again."""
        attempt, pages = 0, FIRST_PAGES
        while True:
            try:
                reading.domains[server.host] = (await server.instance()).domain
                for hashtag in self.hashtags:
                    await self.read_window(server, hashtag, pages, reading, put)
                if newest := reading.newest_id(server.host):
                    await server.learn_whether_it_shows(newest)
            except SourceError as error:
                attempt += 1
                await tell(put, places.went_wrong(server.host, explained(server, error)))
                await asyncio.sleep(self.wait(attempt, error))
                continue
            attempt, pages = 0, PAGES
            await tell(put, places.went_well(server.host))
            await asyncio.sleep(between(self.poll_seconds))

    async def read_window(self, server: Server, hashtag: str, pages: int, reading: Reading, put: Put) -> None:
        """Read a timeline from its newest down to what is known and old enough for nothing to appear below."""
        max_id = None
        for _ in range(pages):
            page = await server.timeline(hashtag, max_id=max_id)
            known = all(reading.knows(server.host, status) for status in page.statuses)
            await tell(put, reading.take_all(server.host, page.statuses, self.context.now()))
            if page.next_id is None or (known and self.is_old(page)):
                return
            max_id = page.next_id

    def is_old(self, page: Page) -> bool:
        oldest = moment(mapping(page.statuses[-1]).get("created_at")) if page.statuses else None
        return oldest is None or oldest < self.context.now() - WINDOW

    async def stream(self, server: Server, reading: Reading, places: Places, put: Put) -> None:
        """Listen to one server's live stream, connecting again whenever it ends. Polling goes on beside it."""
        name = stream_of(server)
        attempt = 0
        while True:
            try:
                instance = await server.instance()
                reading.domains[server.host] = instance.domain
                first, *others = self.hashtags
                url = f"{instance.streaming}/api/v1/streaming?{urlencode({'stream': 'hashtag', 'tag': first})}"
                async with connected(
                    self.context.fetch, url, name=name, limit=LARGEST_FRAME, headers=server.headers
                ) as socket:
                    for hashtag in others:
                        await socket.send(json.dumps({"type": "subscribe", "stream": "hashtag", "tag": hashtag}))
                    await tell(put, places.went_well(name))
                    while True:
                        frame = await socket.recv()
                        attempt = 0
                        events = reading.take_frame(server.host, frame, self.context.now())
                        await tell(put, events)
            except SourceError as error:
                attempt += 1
                await tell(put, places.went_wrong(name, explained(server, error, live=True)))
                await asyncio.sleep(self.wait(attempt, error))

    async def sweep(self, reading: Reading, put: Put) -> None:
        """Look again and again for posts that were deleted or edited, among those that matter."""
        while True:
            await asyncio.sleep(between(self.sweep_seconds))
            sought = reading.to_look_for(await self.context.known(MOST_SWEPT))
            for server in self.servers:
                try:
                    if server.shows_single:
                        await self.look_for(server, sought.get(server.host, {}), reading, put)
                except SourceError:
                    continue  # polling meets the same trouble, and tells of it

    async def look_for(self, server: Server, sought: Mapping[str, str], reading: Reading, put: Put) -> None:
        ids = list(sought)
        for start in range(0, len(ids), SWEPT_AT_ONCE):
            some = ids[start : start + SWEPT_AT_ONCE]
            found = {str(mapping(one).get("id")): one for one in await existing(server, some)}
            events: list[SourceEvent] = []
            for local_id in some:
                # What an answer leaves out may be there all the same: not every server can be asked for several.
                payload = found.get(local_id) or await server.status(local_id)
                if payload is None:
                    events.append(Delete(sought[local_id]))
                else:
                    events += reading.take(server.host, payload, self.context.now())
            await tell(put, events)

    def wait(self, attempt: int, error: SourceError) -> float:
        return wait_after(attempt, error, longest=self.longest_wait_seconds)


async def existing(server: Server, ids: Sequence[str]) -> Sequence[Any]:
    """Return those of the statuses that a server shows when asked for several; none if it cannot be asked so."""
    try:
        return await server.statuses(ids)
    except SourceError as error:
        if error.status is not None and error.status < 500 and error.status != 429:
            return []
        raise


def servers(text: str, *, field: str = "servers") -> list[str]:
    """Return the addresses of the servers named; raises InvalidInput."""
    return addresses(text, field=field, secure="https", plain="http")


def stream_of(server: Server) -> str:
    return f"the live stream of {host_of(server.address)}"
