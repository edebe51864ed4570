"""What is said in a room of Matrix: its messages, their newer words, and what is taken back."""

import asyncio
import json
import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any, ClassVar

from wall.core.post import SourceRef
from wall.core.source import Place, SourceSettings
from wall.core.text import clean_name
from wall.core.words import _
from wall.errors import InvalidInput, InvalidPost, SourceError
from wall.sources.base import Batch, Checkpoint, Context, Delete, Health, Option, SetAside, SourceEvent, Upsert
from wall.sources.matrix.event import (
    ENCRYPTED,
    ENCRYPTION,
    MEMBER,
    MESSAGE,
    USER,
    Member,
    Reading,
    author_uid,
    parse_member,
    parse_message,
    redacted,
    replacing,
    uid,
    with_words_of,
)
from wall.sources.matrix.server import CANNOT_READ, Server
from wall.sources.payload import LONGEST_ID, identifier, loads, mapping, mappings, string
from wall.sources.remembered import Remembered
from wall.sources.servers import addresses
from wall.sources.yes_no import yes_or_no

REMEMBERED = 5000
MOST_PAGES = 50
MOST_EVENTS = 1000  # in one answer
LONGEST_TOKEN = 2000  # characters
ROOM = re.compile(r"[#!][^\s/:]{1,200}(?::[^\s/]{1,200})?")


class Matrix:
    """One room, read with an account that is in it."""

    kind: ClassVar[str] = "matrix"
    title: ClassVar[str] = _("Matrix room")
    pushed: ClassVar[bool] = False
    blind_spots: ClassVar[Sequence[str]] = (_("Encrypted rooms, videos, files and stickers."),)
    options: ClassVar[Sequence[Option]] = (
        Option(
            name="server",
            label=_("Server"),
            help=_("The account's own server, such as matrix.example.org."),
            required=True,
        ),
        Option(
            name="room",
            directs=False,
            label=_("Room"),
            help=_("Such as #pyconde:example.org, not encrypted."),
            required=True,
        ),
        Option(
            name="token",
            label=_("Access token"),
            help=_("Of an account of the wall's own that is in the room."),
            required=True,
            secret=True,
        ),
        Option(
            name="everything",
            directs=False,
            label=_("Take all messages"),
            help=_("yes takes all that is said in the room; no only what has a hashtag of the event."),
            default="no",
        ),
        Option(
            name="bridges",
            directs=False,
            label=_("Relay bots"),
            expert=True,
            help=_("Accounts that pass on what others say, as <alice> Hello; alice is named as the author then."),
        ),
    )

    pause_seconds: ClassVar[float] = 0.5  # a room where much is said is asked less often than something happens

    def __init__(self, context: Context) -> None:
        self.context = context
        options = self.check(context.settings.options)
        self.named = options["room"]
        self.everything = options["everything"] == "yes"
        self.bridges = frozenset(options["bridges"].split())
        self.server = Server(context.fetch, options["server"], options["token"])
        self.members: Remembered[str, Member] = Remembered(REMEMBERED)
        self.messages: Remembered[str, Mapping[str, Any]] = Remembered(REMEMBERED)
        self.seen: Remembered[str, tuple[int, str]] = Remembered(REMEMBERED)

    @classmethod
    def known_as(cls, handle: str, settings: SourceSettings) -> tuple[str, ...]:
        user = clean_name(handle)
        if not USER.fullmatch(user):
            raise InvalidInput(_("Write the whole name, such as @mia:example.org."), field="handle")
        return (author_uid(user),)

    @classmethod
    def describe(cls, position: str) -> Place | None:
        return Place(_("a mark that the server set in the room")) if position_read(position) else None

    @classmethod
    def check(cls, options: Mapping[str, str]) -> Mapping[str, str]:
        servers = addresses(options.get("server", ""), field="server", secure="https", plain="http")
        if len(servers) != 1:
            raise InvalidInput(_("Give the name of one server, such as matrix.example.org."), field="server")
        room = options.get("room", "").strip()
        if not ROOM.fullmatch(room) or not room.isprintable():
            raise InvalidInput(_("This is not the name of a room, such as #pyconde:example.org."), field="room")
        token = options.get("token", "").strip()
        if (
            not token
            or len(token) > LONGEST_TOKEN
            or not token.isascii()
            or not token.isprintable()
            or " " in token
        ):
            raise InvalidInput(_("This is not an access token."), field="token")
        bridges = options.get("bridges", "").replace(",", " ").split()
        if not all(USER.fullmatch(name) for name in bridges):
            raise InvalidInput(_("Write whole names of accounts, such as @relay:example.org."), field="bridges")
        return {
            "bridges": " ".join(bridges),
            "server": servers[0],
            "room": room,
            "token": token,
            "everything": yes_or_no(options.get("everything", ""), field="everything"),
        }

    async def posts(self, since: str | None) -> AsyncGenerator[Batch, None]:
        room = await self.server.room_id(self.named)
        await self.server.check_room(room, self.named)
        source = SourceRef(id=self.context.settings.id, kind=self.kind, place=self.server.host)
        reading = Reading(
            room=room,
            event=self.context.event,
            source=source,
            everything=self.everything,
            picture=self.server.picture,
            bridges=self.bridges,
        )
        told: list[SourceEvent] = [Health("healthy", f"Reading {self.named} on {self.server.host}.")]
        token = position_read(since)
        while True:
            answer, token = await self.synced(room, token)
            events = [
                event
                for raw in await self.happened(room, answer, token)
                for event in await self.take(raw, reading)
            ]
            following = string(answer, "next_batch")
            if not following or len(following) > LONGEST_TOKEN:
                raise SourceError(f"{self.server.host} does not answer as a server of Matrix does.")
            if events or told or following != token:
                yield [*told, *events, Checkpoint(json.dumps({"since": following}))]
            token, told = following, []
            await asyncio.sleep(self.pause_seconds)

    async def synced(self, room: str, token: str | None) -> tuple[Mapping[str, Any], str | None]:
        """Return what happened since a place, and that place; from now on when the server has forgotten it."""
        try:
            return await self.server.sync(room, token), token
        except SourceError as error:
            if token is None or error.status != 400:
                raise
            return await self.server.sync(room, None), None

    async def happened(self, room: str, answer: Mapping[str, Any], since: str | None) -> list[Mapping[str, Any]]:
        """Return the events of the room, oldest first, with those that an answer leaves out."""
        joined = mapping(mapping(mapping(answer.get("rooms")).get("join")).get(room))
        self.learn(mapping(joined.get("state")).get("events"))
        timeline = mapping(joined.get("timeline"))
        events = list(mappings(timeline.get("events"), limit=MOST_EVENTS))
        start = string(timeline, "prev_batch")
        missing: list[Mapping[str, Any]] = []
        pages = MOST_PAGES if timeline.get("limited") is True and since is not None else 0
        while pages and start and since is not None:
            page = await self.server.messages(room, start=start, end=since)
            self.learn(page.get("state"))
            missing += mappings(page.get("chunk"), limit=MOST_EVENTS)
            start = string(page, "end") if page.get("chunk") else ""
            pages -= 1
        return [*reversed(missing), *events]

    def learn(self, state: object) -> None:
        for raw in mappings(state, limit=MOST_EVENTS):
            if raw.get("type") == MEMBER:
                user, member = parse_member(raw)
                self.members[user] = member
            self.refuse_encrypted(raw)

    def refuse_encrypted(self, raw: Mapping[str, Any]) -> None:
        if raw.get("type") in (ENCRYPTED, ENCRYPTION):
            raise SourceError(CANNOT_READ.format(room=self.named), permanent=True)

    async def take(self, raw: Mapping[str, Any], reading: Reading) -> list[SourceEvent]:
        """Return what one event of the room means for the wall."""
        self.learn([raw])
        if gone := redacted(raw):
            return [Delete(uid(reading.room, gone))] if len(gone) <= LONGEST_ID else []
        if raw.get("type") != MESSAGE or "state_key" in raw:
            return []
        try:
            message = await self.message(raw, reading.room)
            post = parse_message(message, self.members, reading, now=self.context.now())
        except InvalidPost as error:
            return [SetAside(error.message)]
        if post is None or not (self.context.event.may_want(post) or post.revision):
            return []
        state = post.revision, post.content_hash
        if self.seen.get(post.uid) == state:
            return []
        self.seen[post.uid] = state
        return [Upsert(post)]

    async def message(self, raw: Mapping[str, Any], room: str) -> Mapping[str, Any]:
        """Return the message that an event is, or has newer words for."""
        target = replacing(raw)
        if target is None:
            self.messages[identifier(raw, "event_id")] = raw
            return raw
        original = self.messages.get(target)
        if original is None:
            try:
                original = await self.server.event(room, target)
            except SourceError as error:
                if error.status not in (403, 404):
                    raise
                raise InvalidPost("Newer words came for a message that cannot be read.") from error
        changed = with_words_of(original, raw)
        self.messages[target] = changed
        return changed


def position_read(since: str | None) -> str | None:
    """Return the place in the room to go on from; what cannot be read is read anew."""
    try:
        token = string(mapping(loads(since or "{}")), "since")
    except InvalidPost:
        return None
    return token if token and len(token) <= LONGEST_TOKEN and token.isprintable() else None
