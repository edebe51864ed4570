"""Posts from a guest book: a JSON list of entries at an address, the newest anywhere in it."""

import asyncio
import random
from collections.abc import AsyncGenerator, Mapping, Sequence
from datetime import datetime
from typing import ClassVar
from urllib.parse import urlsplit

from wall.core import markup
from wall.core.event import Event
from wall.core.link import safe_href
from wall.core.post import Author, Post, SourceRef
from wall.core.text import clean_name
from wall.core.words import _
from wall.errors import InvalidInput, InvalidPost
from wall.sources.base import Batch, Checkpoint, Context, Health, Option, SetAside, SourceEvent, Upsert
from wall.sources.implied import implied
from wall.sources.payload import identifier, mapping, mappings, milliseconds, moment, string
from wall.sources.remembered import Remembered

REMEMBERED = 1000


class Guestbook:
    """One guest book, asked again and again."""

    kind: ClassVar[str] = "guestbook"
    title: ClassVar[str] = _("Guest book")
    pushed: ClassVar[bool] = False
    blind_spots: ClassVar[Sequence[str]] = (_("Deletes: the book does not tell of them."),)
    options: ClassVar[Sequence[Option]] = (
        Option(name="address", label=_("Address"), help=_("Of the book's JSON, with https://."), required=True),
    )
    poll_seconds: ClassVar[tuple[float, float]] = (15.0, 30.0)

    def __init__(self, context: Context) -> None:
        self.context = context
        self.address = self.check(context.settings.options)["address"]
        self.source = SourceRef(id=context.settings.id, kind=self.kind)
        self.seen: Remembered[str, str] = Remembered(REMEMBERED)

    @classmethod
    def check(cls, options: Mapping[str, str]) -> Mapping[str, str]:
        address = safe_href(options.get("address", ""))
        if not address:
            raise InvalidInput(_("This is not the address of a guest book."), field="address")
        return {"address": address}

    async def posts(self, since: str | None) -> AsyncGenerator[Batch, None]:
        yield [Health("healthy", f"Reading the guest book of {urlsplit(self.address).netloc}.")]
        while True:
            answer = await self.context.fetch.get(self.address, accept=("application/json",))
            events = self.new(mapping(answer.json()).get("entries"))
            if events:
                # What was seen once is known in the store, so a restart may read the book from its beginning.
                yield [*events, Checkpoint("read")]
            await asyncio.sleep(random.uniform(*self.poll_seconds))

    def new(self, entries: object) -> list[SourceEvent]:
        """Return the entries that are new or changed, each once; what is no entry is set aside once."""
        found: list[SourceEvent] = []
        for entry in mappings(entries):
            key, state = string(entry, "id"), repr(entry)
            if self.seen.get(key) == state:
                continue
            self.seen[key] = state
            try:
                post = parse_entry(entry, self.address, self.source, self.context.event, self.context.now())
            except InvalidPost as error:
                found.append(SetAside(error.message))
                continue
            found.append(Upsert(post))
        return found


def parse_entry(entry: Mapping[str, object], address: str, source: SourceRef, event: Event, now: datetime) -> Post:
    """Return an entry as a post of the event; raises InvalidPost when it says nothing, or not what it is."""
    book, number = urlsplit(address).netloc, identifier(entry, "id")
    marked = markup.from_text(string(entry, "text"))
    if not marked.text:
        raise InvalidPost("An entry has no text.")
    name = clean_name(string(entry, "name")) or book
    return Post(
        uid=f"guestbook:{book}/{number}",
        source=source,
        author=Author(uid=f"guestbook:{book}/{name.lower()}", handle=book, name=name),
        text=marked.text,
        spans=marked.spans,
        tags=implied(event, markup.tags(marked)),
        created_at=min(moment(entry.get("written")) or now, now),
        received_at=now,
        revision=milliseconds(moment(entry.get("changed"))),
    )
