"""Writes transcripts out: a format's text as bytes, a little at a time, with each picture's bytes where it stands."""

import asyncio
import base64
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from wall.core.event import Event
from wall.core.transcript.asked import Asked
from wall.core.transcript.formats import FORMATS, Format, FormatName
from wall.core.transcript.line import Head
from wall.core.transcript.page import KEPT
from wall.core.transcript.plan import Plan
from wall.media.files import PictureFiles
from wall.web import language
from wall.web.networks import NETWORKS
from wall.web.transcribing import Transcriber
from wall.web.transcript_styles import styles
from wall.web.when import days, whole_day

CHUNK = 64 * 1024
GONE = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
"""An empty picture, for one that was deleted between a look and the next."""


@dataclass(frozen=True, slots=True)
class Order:
    """A transcript that somebody ordered: of which event, what of it, called how, in which format, and its plan."""

    event: Event
    asked: Asked
    about: str
    format: FormatName
    plan: Plan

    @property
    def kind(self) -> Format:
        return FORMATS[self.format]

    @property
    def filename(self) -> str:
        begins = self.plan.first
        day = f"-{begins.astimezone(ZoneInfo(self.event.timezone)):%Y-%m-%d}" if begins else ""
        return f"{self.event.slug}-transcript{day}.{self.format}"


def head_of(order: Order, *, address: str, now: datetime) -> Head:
    """Return what a writer is told of a whole transcript, in the language that is spoken now."""
    event, plan, zone = order.event, order.plan, ZoneInfo(order.event.timezone)
    first, last = plan.first, plan.last
    told = f"{event.title}{order.about}"
    letters = plan.letters.union(told, *(one.title for part in plan.sections for one in part.sessions))
    spoken = language.current()
    return Head(
        title=event.title,
        about=order.about,
        days=days(first.astimezone(zone).date(), last.astimezone(zone).date()) if first and last else "",
        hashtags=event.hashtags,
        sections=plan.sections,
        posts=plan.posts,
        people=plan.people,
        zone=zone,
        language=spoken,
        address=f"{address}/{event.slug}",
        made=now,
        say=language.say,
        day=whole_day,
        networks=NETWORKS,
        accent=event.accent,
        styles=styles(letters | letters_of(spoken)) if order.format == "html" else "",
        recording=order.asked.recording,
        initials=order.asked.initials,
        mark=order.asked.mark,
    )


def letters_of(spoken: str) -> frozenset[str]:
    """Return a letter for each script that the words of a page in this language are in."""
    return frozenset("ا" if spoken == "ar" else "a")


async def written(transcriber: Transcriber, order: Order, *, now: datetime) -> AsyncIterator[bytes]:
    """Yield a transcript, 64 kB or one picture at a time."""
    head = head_of(order, address=transcriber.address, now=now)
    writer = order.kind.writer(head)
    text = [writer.begin()]
    size = len(text[0])
    section = None
    lines = transcriber.lines(order.event, order.plan, order.asked, threaded=order.kind.threaded)
    async for of, line in lines:
        if of is not section:
            section = of
            text.append(writer.section(of))
        text.append(writer.line(line))
        size += len(text[-1])
        if size >= CHUNK or line.kept:
            async for part in filled("".join(text), transcriber.pictures):
                yield part
            text, size = [], 0
    text.append(writer.end())
    async for part in filled("".join(text), transcriber.pictures):
        yield part


async def filled(text: str, pictures: PictureFiles) -> AsyncIterator[bytes]:
    """Yield text with the bytes of pictures in the places of their marks, one after the other."""
    parts: Sequence[str] = KEPT.split(text)
    for place, part in enumerate(parts):
        if place % 2 == 0:
            yield part.encode()
            continue
        path = pictures.open(part, "thumb")
        data = await asyncio.to_thread(read, path) if path else None
        source = f"data:image/webp;base64,{base64.b64encode(data).decode()}" if data else GONE
        yield f'src="{source}"'.encode()


def read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
