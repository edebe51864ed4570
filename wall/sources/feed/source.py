"""Posts from feeds: RSS, Atom and JSON Feed, asked for politely and read by a process that may be stopped."""

import asyncio
import json
import random
import sys
from collections.abc import AsyncGenerator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from wall.config import others_environment
from wall.core.link import safe_href
from wall.core.post import SourceRef
from wall.core.source import Place, SourceSettings
from wall.core.text import clean_name
from wall.core.words import _
from wall.errors import InvalidInput, InvalidPost, SourceError
from wall.sources.base import Batch, Checkpoint, Context, Health, Option, SetAside, SourceEvent, Upsert
from wall.sources.feed.entry import Entry, author_uid, parse_entry, parse_json, parse_xml
from wall.sources.feed.hubs import LARGEST_TOLD, Hubs, named
from wall.sources.fetch import MIB, Response
from wall.sources.payload import loads, mapping
from wall.sources.remembered import Remembered
from wall.sources.yes_no import yes_or_no

LARGEST_FEED = 2 * MIB
PARSE_SECONDS = 20.0  # on a busy machine; it counts the processor's seconds itself
REMEMBERED = 1000
VALIDATORS = {"etag": "if-none-match", "last-modified": "if-modified-since"}


class Feed:
    """One feed, such as a blog's or a podcast's."""

    kind: ClassVar[str] = "feed"
    title: ClassVar[str] = _("Feed (RSS, Atom, JSON Feed)")
    pushed: ClassVar[bool] = False
    blind_spots: ClassVar[Sequence[str]] = (_("Deletes: an entry that is gone from a feed was not deleted."),)
    options: ClassVar[Sequence[Option]] = (
        Option(
            name="address", label=_("Address"), help=_("The feed's own address, not the page's."), required=True
        ),
        Option(
            name="everything",
            label=_("Take all entries"),
            help=_("yes takes every entry; no only those with a hashtag of the event."),
            default="no",
        ),
    )
    poll_seconds: ClassVar[tuple[float, float]] = (60.0, 120.0)
    told_seconds: ClassVar[tuple[float, float]] = (840.0, 960.0)  # where a hub tells us, should it forget to
    look_seconds: ClassVar[float] = 2.0

    def __init__(self, context: Context) -> None:
        self.context = context
        options = self.check(context.settings.options)
        self.address = options["address"]
        self.everything = options["everything"] == "yes"
        self.source = SourceRef(id=context.settings.id, kind=self.kind)

    @classmethod
    def known_as(cls, handle: str, settings: SourceSettings) -> tuple[str, ...]:
        return (author_uid(cls.check(settings.options)["address"], clean_name(handle)),)

    @classmethod
    def describe(cls, position: str) -> Place | None:
        return (
            Place(_("its present version, which is asked for only once it changes"))
            if position_read(position)
            else None
        )

    @classmethod
    def check(cls, options: Mapping[str, str]) -> Mapping[str, str]:
        address = safe_href(options.get("address", ""))
        if not address:
            raise InvalidInput(
                _("This is not the address of a feed, such as https://example.org/feed.xml."), field="address"
            )
        everything = yes_or_no(options.get("everything", ""), field="everything")
        return {"address": address, "everything": everything}

    async def posts(self, since: str | None) -> AsyncGenerator[Batch, None]:
        validators = position_read(since)
        seen: Remembered[str, tuple[int, str]] = Remembered(REMEMBERED)
        hubs = Hubs(self.context.bell, self.context.fetch) if self.context.bell else None
        told: Health | None = None
        while True:
            response = await self.context.fetch.get(self.address, headers=validators, limit=LARGEST_FEED)
            events: list[SourceEvent] = []
            if response.status != 304:
                found, feed = await read_feed(response)
                events += self.new(found, seen)
                if hubs and len(response.body) <= LARGEST_TOLD:
                    await hubs.follow(named(response, feed), self.context.now())
                validators = {
                    ask: response.headers[has] for has, ask in VALIDATORS.items() if has in response.headers
                }
                events.append(Checkpoint(json.dumps(validators)))
            health = Health("healthy", f"Reading {urlsplit(self.address).netloc}.{await self.by_hubs(hubs)}")
            if health != told:
                events.append(health)
            if events:
                yield events
            told = health
            await self.wait(hubs)

    async def by_hubs(self, hubs: Hubs | None) -> str:
        """Return in words which hubs tell of what is new, having renewed what is to be."""
        if hubs is None:
            return ""
        await hubs.renew(self.context.now())
        telling = await hubs.telling(self.context.now())
        return f" Told of what is new by {telling}." if telling else ""

    async def wait(self, hubs: Hubs | None) -> None:
        """Wait for the next poll, or for a hub that rings before."""
        if hubs is None or not await hubs.telling(self.context.now()):
            await asyncio.sleep(random.uniform(*self.poll_seconds))
            return
        for _turn in range(int(random.uniform(*self.told_seconds) / self.look_seconds)):
            await asyncio.sleep(self.look_seconds)
            if await hubs.bell.rung():
                return

    def new(self, found: Sequence[Entry], seen: Remembered[str, tuple[int, str]]) -> list[SourceEvent]:
        """Return the entries that are new or changed and belong to the event, oldest first."""
        events: list[SourceEvent] = []
        event, now = self.context.event, self.context.now()
        for entry in reversed(found):
            try:
                post = parse_entry(
                    entry, self.address, everything=self.everything, event=event, source=self.source, now=now
                )
            except InvalidPost as error:
                if entry.guid not in seen:
                    events.append(SetAside(error.message))
                seen[entry.guid] = (0, "")
                continue
            state = post.revision, post.content_hash
            if event.may_want(post) and seen.get(post.uid) != state:
                seen[post.uid] = state
                events.append(Upsert(post))
        return events


async def read_feed(response: Response) -> tuple[list[Entry], Mapping[str, Any]]:
    """Return the entries of a feed of whichever format, and what it says of itself; raises SourceError."""
    if response.body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return parse_json(response.body), mapping(loads(response.body))
    found = mapping(loads(await read_apart(response.body)))
    if not found.get("version"):
        raise SourceError(f"What is at {urlsplit(response.url).netloc} is no feed.")
    return parse_xml(found), found


async def read_apart(body: bytes) -> bytes:
    """Return what parse.py makes of a feed, in a process of its own that is stopped when it takes too long."""
    script = str(Path(__file__).with_name("parse.py"))
    # With -P the folder of the script is no place to import from.
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        script,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=others_environment(),
    )
    try:
        async with asyncio.timeout(PARSE_SECONDS):
            output, _ = await process.communicate(body)
    except TimeoutError as error:
        raise SourceError("The feed takes too long to read; it is too large or made to be so.") from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        raise SourceError("The feed cannot be read; it is too large or made to be so.")
    return output


def position_read(since: str | None) -> dict[str, str]:
    """Return the headers that ask for what is newer; what cannot be read asks for all."""
    try:
        saved = mapping(json.loads(since or "{}"))
    except ValueError:
        return {}
    return {name: value for name, value in saved.items() if name in VALIDATORS.values() and isinstance(value, str)}
