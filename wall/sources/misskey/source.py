"""Posts from servers of the Misskey family: a live stream for the hashtags, and a poll that catches up."""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from functools import partial
from typing import Any, ClassVar

from wall.core.post import Post, SourceRef
from wall.core.source import Place, SourceSettings
from wall.core.words import _
from wall.errors import InvalidInput, InvalidPost, SourceError
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
from wall.sources.base import Amplified, Asked, Batch, Context, Delete, Option, SetAside, SourceEvent
from wall.sources.mastodon.reading import Reading, described
from wall.sources.mastodon.replies import Replies
from wall.sources.mastodon.source import Mastodon
from wall.sources.merge import Put, merged
from wall.sources.misskey.note import amplifiers, parse_note
from wall.sources.misskey.server import Server, explained
from wall.sources.payload import loads, mapping, moment, string
from wall.sources.places import Places
from wall.sources.replies import Pace, ask_about_posts
from wall.sources.servers import addresses
from wall.sources.threads import Threads
from wall.sources.websocket import connected

LARGEST_FRAME = 4 * 1024 * 1024  # bytes
CHANNEL = "wall"


class Misskey:
    """Several servers, each listened to and polled by itself; a post seen on two is one."""

    kind: ClassVar[str] = "misskey"
    title: ClassVar[str] = "Misskey, Sharkey, Firefish, Iceshrimp"
    pushed: ClassVar[bool] = False
    blind_spots: ClassVar[Sequence[str]] = (
        _("What its servers do not know of."),
        _("Notes for one server only, and of people who want to be read by members only."),
    )
    options: ClassVar[Sequence[Option]] = (
        Option(
            name="servers",
            label=_("Servers"),
            help=_(
                "Host names such as misskey.example, several if you like: each shows only what it has heard of."
            ),
            required=True,
        ),
    )
    poll_seconds: ClassVar[tuple[float, float]] = (20.0, 30.0)
    sweep_seconds: ClassVar[tuple[float, float]] = (60.0, 120.0)
    replies_seconds: ClassVar[tuple[float, float]] = (45.0, 60.0)
    longest_wait_seconds: ClassVar[float] = 60.0
    asking: ClassVar[Pace] = Pace()

    def __init__(self, context: Context) -> None:
        self.context = context
        named = self.check(context.settings.options)["servers"].split()
        self.servers = [Server(address, fetch=context.fetch) for address in named]
        self.hashtags = spellings(context.event)

    @classmethod
    def known_as(cls, handle: str, settings: SourceSettings) -> tuple[str, ...]:
        return Mastodon.known_as(handle, settings)  # one fediverse, one person

    @classmethod
    def describe(cls, position: str) -> Place | None:
        return described(position)

    @classmethod
    def check(cls, options: Mapping[str, str]) -> Mapping[str, str]:
        named = addresses(options.get("servers", ""), field="servers", secure="https", plain="http")
        if not named:
            raise InvalidInput(_("Name at least one server, such as misskey.io."), field="servers")
        return {"servers": " ".join(named)}

    async def posts(self, since: str | None) -> AsyncGenerator[Batch, None]:
        threads = Threads(self.context.event)
        reading = Reading(SourceRef(id=self.context.settings.id, kind=self.kind), parse_note, threads=threads)
        reading.domains = {server.host: server.address for server in self.servers}
        for post in reversed(await self.context.recall()):
            reading.find(post, [server.host for server in self.servers])
        places = Places([server.host for server in self.servers] + [stream_of(one) for one in self.servers])
        readers = [partial(self.poll, server, reading, places) for server in self.servers]
        readers += [partial(self.stream, server, reading, places) for server in self.servers]
        readers += [partial(self.sweep, reading)]
        if threads.on:
            ask = {server.host: server.replies for server in self.servers}
            readers += [partial(Replies(reading, threads, ask, self.context.now).follow, self.replies_seconds)]
        asks = partial(self.ask, reading), partial(self.ask_who_amplified, reading)
        readers += [partial(ask_about_posts, self.context, *asks, self.asking)]
        async with aclosing(merged(readers)) as batches:
            async for batch in batches:
                yield batch

    async def poll(self, server: Server, reading: Reading, places: Places, put: Put) -> None:
        """Read one server's newest notes again and again: what the stream left out while it was not there."""
        attempt, pages = 0, FIRST_PAGES
        while True:
            try:
                for hashtag in self.hashtags:
                    await self.read_window(server, hashtag, pages, reading, put)
            except SourceError as error:
                attempt += 1
                await tell(put, places.went_wrong(server.host, explained(server, error)))
                await asyncio.sleep(wait_after(attempt, error, longest=self.longest_wait_seconds))
                continue
            attempt, pages = 0, PAGES
            await tell(put, places.went_well(server.host))
            await asyncio.sleep(between(self.poll_seconds))

    async def read_window(self, server: Server, hashtag: str, pages: int, reading: Reading, put: Put) -> None:
        """Read from the newest down to what is known and old enough for nothing to appear below."""
        until_id = None
        for _turn in range(pages):
            notes = await server.tagged(hashtag, until_id=until_id)
            known = all(reading.knows(server.host, note) for note in notes)
            await tell(put, reading.take_all(server.host, notes, self.context.now()))
            until_id = string(mapping(notes[-1]), "id") if notes else ""
            if not until_id or (known and self.is_old(notes[-1])):
                return

    def is_old(self, note: object) -> bool:
        written = moment(mapping(note).get("createdAt"))
        return written is None or written < self.context.now() - WINDOW

    async def stream(self, server: Server, reading: Reading, places: Places, put: Put) -> None:
        """Listen to one server's live stream, connecting again whenever it ends."""
        name = stream_of(server)
        attempt = 0
        asked = {"channel": "hashtag", "id": CHANNEL, "params": {"q": [[hashtag] for hashtag in self.hashtags]}}
        while True:
            try:
                async with connected(
                    self.context.fetch, server.streaming, name=name, limit=LARGEST_FRAME
                ) as socket:
                    await socket.send(said("connect", asked))
                    await tell(put, places.went_well(name))
                    while True:
                        frame = await socket.recv()
                        attempt = 0
                        if note_id := await self.take_frame(server, frame, reading, put):
                            # From then on its changes and its end are told, too.
                            await socket.send(said("subNote", {"id": note_id}))
            except SourceError as error:
                attempt += 1
                await tell(put, places.went_wrong(name, explained(server, error, live=True)))
                await asyncio.sleep(wait_after(attempt, error, longest=self.longest_wait_seconds))

    async def take_frame(self, server: Server, frame: str | bytes, reading: Reading, put: Put) -> str | None:
        """Take in what a frame of the stream says; returns the id of the note in it, if there is one."""
        try:
            message = mapping(loads(frame))
        except InvalidPost as error:
            await tell(put, [SetAside(f"{server.host}: {error.message}")])
            return None
        body = mapping(message.get("body"))
        note_id, kind = string(body, "id"), string(body, "type")
        if message.get("type") == "channel" and kind == "note":
            note = mapping(body.get("body"))
            await tell(put, reading.take_all(server.host, [note], self.context.now()))
            return string(note, "id") or None
        if message.get("type") == "noteUpdated" and note_id and kind == "deleted":
            await tell(put, [Delete(reading.uid(server.host, note_id))])
        elif message.get("type") == "noteUpdated" and note_id and kind == "updated":
            await self.look_at(server, note_id, reading, put)
        return None

    async def sweep(self, reading: Reading, put: Put) -> None:
        """Look again and again for posts that were deleted or edited, among those that matter."""
        while True:
            await asyncio.sleep(between(self.sweep_seconds))
            sought = reading.to_look_for(await self.context.known(MOST_SWEPT))
            for server in self.servers:
                for note_id in sought.get(server.host, {}):
                    await self.look_at(server, note_id, reading, put)

    async def ask(self, reading: Reading, put: Put, post: Post) -> bool:
        """Ask who answered a post, at the server that is best asked about it."""
        servers = {server.host: server for server in self.servers}
        events: list[SourceEvent] = [Asked(post.uid)]
        if found := reading.find(post, servers):
            host, note_id = found
            notes = [one for one in await servers[host].replies(note_id) if mapping(one).get("replyId") == note_id]
            events = reading.take_thread(host, post, notes, self.context.now())
        await put(events)
        return found is not None

    async def ask_who_amplified(self, reading: Reading, put: Put, post: Post) -> bool:
        """Ask who passed a post on, where somebody did, as far as that is known."""
        servers = {server.host: server for server in self.servers}
        found = reading.find(post, servers)
        if found is None or not reading.was_amplified(post):
            return False
        host, note_id = found
        notes = [one for one in await servers[host].renotes(note_id) if mapping(one).get("renoteId") == note_id]
        await put([Amplified(post.uid, amplifiers(notes, servers[host].address, host))])
        return True

    async def look_at(self, server: Server, note_id: str, reading: Reading, put: Put) -> None:
        """Take in a note as it is now; one that is gone, or no longer for everybody, is deleted."""
        uid = reading.uid(server.host, note_id)
        try:
            payload: Any = await server.note(note_id)
        except SourceError:
            return  # polling meets the same trouble, and tells of it
        events: list[SourceEvent] = [Delete(uid)]
        if payload is not None:
            events = reading.take(server.host, payload, self.context.now())
            if reading.is_not_for_all(server.host, note_id):
                events = [Delete(uid)]
        await tell(put, events)


def stream_of(server: Server) -> str:
    return f"the live stream of {server.host}"


def said(kind: str, body: Mapping[str, Any]) -> str:
    return json.dumps({"type": kind, "body": body})
