"""A recording played back: JSON Lines, each a post, an edit, a delete or a count of reposts at its time."""

import asyncio
import time
from bisect import bisect_right
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from wall.core import markup
from wall.core.event import Event
from wall.core.language import language
from wall.core.link import safe_href
from wall.core.post import Author, Media, Post, SourceRef
from wall.core.source import Place
from wall.core.text import clean, clean_name
from wall.core.words import _
from wall.errors import InvalidInput, InvalidPost, SourceError
from wall.sources.base import Batch, Checkpoint, Context, Delete, Health, Option, SetAside, SourceEvent, Upsert
from wall.sources.implied import implied
from wall.sources.payload import identifier, loads, mapping, mappings, string

OPS = ("post", "edit", "delete", "reposts")
OWN_PICTURE = "rehearsal:"  # pictures that come with the program, by name
MOST_MEDIA = 8
MOST_REPOSTS = 1_000_000_000
LONGEST_LINE = 256_000  # characters
FASTEST, SLOWEST = 1000.0, 0.01
LATEST = 1e8  # seconds
MOST_AT_ONCE = 50
BEFORE = timedelta(minutes=10)
"""What a recording begins with is as old as if it had rested for so long: it is what was there, and no wave."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a recording: its second from the start, and what happens then."""

    at: float
    op: str
    uid: str
    content: Mapping[str, Any]


class Replay:
    """Plays a recording from its beginning, or from where it was."""

    kind: ClassVar[str] = "replay"
    title: ClassVar[str] = _("Recording")
    pushed: ClassVar[bool] = False
    # It reads files of the machine, which are no business of who organises one event.
    owner_only: ClassVar[bool] = True
    options: ClassVar[Sequence[Option]] = (
        Option(
            name="path",
            label=_("File"),
            help=_("A recording in JSON Lines, on the machine of the wall."),
            required=True,
        ),
        Option(
            name="begin",
            label=_("Begin"),
            help=_("Second of the recording to begin at; what came before comes at once, as written before."),
            default="0",
        ),
        Option(
            name="pause",
            label=_("Longest pause"),
            help=_(
                "Seconds after which a quiet stretch, such as a night, is passed over. Empty keeps it as it was."
            ),
        ),
        Option(name="speed", label=_("Speed"), help=_("1 is as it was; 10 is ten times as fast."), default="1"),
    )

    def __init__(self, context: Context) -> None:
        self.context = context
        options = self.check(context.settings.options)
        self.path, self.speed = Path(options["path"]), float(options["speed"])
        self.begin, self.pause = float(options["begin"]), float(options["pause"])

    @classmethod
    def describe(cls, position: str) -> Place | None:
        return Place(_("line %(number)s of the recording", number=position[:9])) if position.isdecimal() else None

    @classmethod
    def check(cls, options: Mapping[str, str]) -> Mapping[str, str]:
        path = options.get("path", "").strip()
        if not path or "\0" in path:
            raise InvalidInput(_("Name the recording's file."), field="path")
        return {
            "path": path,
            "speed": f"{number(options, 'speed', 1.0, FASTEST)}",
            "begin": f"{number(options, 'begin', 0.0, LATEST)}",
            "pause": f"{number(options, 'pause', LATEST, LATEST)}",
        }

    async def posts(self, since: str | None) -> AsyncGenerator[Batch, None]:
        played = int(since[:9]) if since and since.isdecimal() else 0
        texts = await asyncio.to_thread(read, self.path, played)
        lines = [parsed(text, number) for number, text in enumerate(texts, start=played + 1)]
        dues = self.dues(lines, resumed=played > 0)
        yield [Health("healthy", "Playing the recording.")]
        start = time.monotonic()
        done = 0
        while done < len(lines):
            await asyncio.sleep(max(0.0, start + dues[done] - time.monotonic()))
            due = bisect_right(dues, time.monotonic() - start)
            batch = lines[done : max(done + 1, min(due, done + MOST_AT_ONCE))]
            done += len(batch)
            yield [*map(self.event, batch), Checkpoint(str(played + done))]
        yield [Health("healthy", "The recording is over.")]
        await asyncio.Event().wait()

    def dues(self, lines: Sequence[Line | SetAside], *, resumed: bool) -> list[float]:
        """Return after how many seconds each line is due; a recording that goes on does so at once."""
        reached = None if resumed else self.begin
        due, dues = 0.0, []
        for line in lines:
            if isinstance(line, Line):
                reached = line.at if reached is None else reached
                due += min(self.pause, max(0.0, line.at - reached) / self.speed)
                reached = max(reached, line.at)
            dues.append(due)
        return dues

    def age(self, line: Line) -> timedelta:
        """Return how long ago a line was written that comes at once, since it was before the beginning."""
        early = self.begin - line.at
        return BEFORE + timedelta(seconds=early) if early > 0 else timedelta()

    def event(self, line: Line | SetAside) -> SourceEvent:
        if isinstance(line, SetAside):
            return line
        if line.op == "delete":
            return Delete(line.uid)
        now = self.context.now()
        try:
            return Upsert(parse_post(line, self.context.settings.id, self.context.event, now, age=self.age(line)))
        except InvalidPost as error:
            return SetAside(error.message)


def number(options: Mapping[str, str], name: str, default: float, most: float) -> float:
    """Return an option that is a number from 0 (for a speed, just above it) to `most`; raises InvalidInput."""
    try:
        value = float(options.get(name) or default)
    except ValueError:
        value = -1.0
    if not (SLOWEST if name == "speed" else 0.0) <= value <= most:
        raise InvalidInput(
            _("The %(name)s is a number up to %(most)s.", name=name, most=f"{most:.0f}"), field=name
        )
    return value


def read(path: Path, skipped: int) -> list[str]:
    """Return the lines of a recording after the first ones; raises SourceError."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError as error:
        raise SourceError(
            f"The recording {path.name} cannot be read: {error.strerror}.", permanent=True
        ) from error
    return lines[skipped:]


def parsed(text: str, number: int) -> Line | SetAside:
    try:
        return parse_line(text)
    except InvalidPost as error:
        return SetAside(f"Line {number}: {error.message}")


def parse_line(text: str) -> Line:
    """Return what a line says; raises InvalidPost."""
    if len(text) > LONGEST_LINE:
        raise InvalidPost("It is too long.")
    content = mapping(loads(text))
    at, op = content.get("at"), content.get("op", "post")
    if isinstance(at, bool) or not isinstance(at, int | float) or not 0 <= at < 10**8:
        raise InvalidPost("It does not say when it happens.", field="at")
    if op not in OPS:
        raise InvalidPost("Its “op” is none of post, edit, delete and reposts.", field="op")
    return Line(float(at), op, f"replay:{identifier(content, 'id')}", content)


def parse_post(line: Line, source_id: str, event: Event, now: datetime, *, age: timedelta = timedelta()) -> Post:
    """Return the post of a line, which shows as of the network it was recorded from, and was written so long ago."""
    content = line.content
    kind = clean_name(string(content, "kind")) or Replay.kind
    marked = markup.from_text(string(content, "text"))
    media = tuple(attached(content))
    if not marked.text and not media:
        raise InvalidPost("It has nothing to show.", field="text")
    author = mapping(content.get("author"))
    handle = clean_name(string(author, "handle"))
    warning = clean(string(content, "warning")) or None
    reply_to = content.get("reply_to")
    reposts = content.get("reposts")
    return Post(
        uid=line.uid,
        source=SourceRef(id=source_id, kind=kind),
        author=Author(
            uid=f"replay:{identifier(author, 'id')}",
            handle=handle,
            name=clean_name(string(author, "name")) or handle,
            avatar_url=picture(string(author, "avatar")),
        ),
        text=marked.text,
        spans=marked.spans,
        tags=implied(event, markup.tags(marked, warning=warning)),
        media=media,
        content_warning=warning,
        sensitive=content.get("sensitive") is True or warning is not None,
        language=language(string(content, "language")),
        reply_to=f"replay:{reply_to}" if isinstance(reply_to, str | int) else None,
        created_at=now - age,
        received_at=now,
        revision=round(line.at * 1000) if line.op == "edit" else 0,
        reposts=reposts if type(reposts) is int and 0 <= reposts <= MOST_REPOSTS else 0,
    )


def attached(content: Mapping[str, Any]) -> Iterator[Media]:
    for entry in mappings(content.get("media"), limit=MOST_MEDIA):
        if url := picture(string(entry, "url")):
            yield Media(kind="image", url=url, alt=clean(string(entry, "alt")) or None)


def picture(url: str) -> str | None:
    """Return a picture's address: one of the web, or one of our own by name."""
    return url if url.startswith(OWN_PICTURE) and url.isprintable() else safe_href(url)
