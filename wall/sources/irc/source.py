"""What is said in a channel of IRC: an own client, for servers of IRCv3 and for plain ones."""

import asyncio
import json
import random
from collections.abc import AsyncGenerator, Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from wall.core.post import SourceRef
from wall.core.source import Place, SourceSettings
from wall.core.text import clean_name
from wall.core.words import _
from wall.errors import InvalidInput, InvalidPost, SourceError
from wall.sources.base import Batch, Checkpoint, Context, Delete, Option, SetAside, SourceEvent, Upsert
from wall.sources.irc.history import Mark
from wall.sources.irc.line import folded, parse, serialise
from wall.sources.irc.message import account_uid, message_uid, nick_uid, parse_said
from wall.sources.irc.options import OPTIONS, cleaned, whereabouts
from wall.sources.irc.registration import Terms
from wall.sources.irc.session import Said, Session, TakenBack
from wall.sources.payload import loads, mapping, moment, string
from wall.sources.remembered import Remembered
from wall.sources.tcp import Lines, dialled

LOW_PORTS = (194, 443, 994)
LONGEST_LINE = 16 * 1024  # bytes; tags of 8191 and a message of 512, and what is in use besides
GLANCE_SECONDS = 5.0  # how often is looked whether it is time for something
QUIET_SECONDS = 60.0  # then we ask whether anybody is there
SILENT_SECONDS = 105.0  # then nobody is
BRIEF_SECONDS = 60.0  # a connection that breaks sooner is not opened again at once
REMEMBERED = 5000
FAREWELL = serialise("QUIT", "The wall is leaving.")


class Irc:
    """One channel, read over one connection."""

    kind: ClassVar[str] = "irc"
    title: ClassVar[str] = _("IRC channel")
    pushed: ClassVar[bool] = False
    blind_spots: ClassVar[Sequence[str]] = (_("Edits and pictures, which IRC has not."),)
    options: ClassVar[Sequence[Option]] = OPTIONS
    patience: ClassVar[tuple[float, float]] = (15.0, 30.0)  # seconds; servers count how often we come

    def __init__(self, context: Context) -> None:
        self.context = context
        options = self.check(context.settings.options)
        self.secure, self.host, self.port = whereabouts(options["server"])
        self.terms = Terms(
            host=self.host, **{name: options[name] for name in Terms.__dataclass_fields__ if name in options}
        )
        self.everything = options["everything"] == "yes"
        self.bridges = frozenset(options["bridges"].split())
        self.place = f"{self.host}/{folded(self.terms.channel)}"
        self.source = SourceRef(id=context.settings.id, kind=self.kind, place=self.host)
        self.seen: Remembered[str, None] = Remembered(REMEMBERED)
        self.said_again: Remembered[tuple[str, ...], int] = Remembered(REMEMBERED)

    @classmethod
    def known_as(cls, handle: str, settings: SourceSettings) -> tuple[str, ...]:
        nick = clean_name(handle).removeprefix("@")
        if not nick or " " in nick:
            raise InvalidInput(_("Write the nick, in one word."), field="handle")
        host = whereabouts(cls.check(settings.options)["server"])[1]
        return nick_uid(host, nick), account_uid(host, nick)

    @classmethod
    def describe(cls, position: str) -> Place | None:
        mark = position_read(position)
        return Place(_("the channel"), mark.time) if mark else None

    @classmethod
    def check(cls, options: Mapping[str, str]) -> Mapping[str, str]:
        return cleaned(options)

    async def posts(self, since: str | None) -> AsyncGenerator[Batch, None]:
        clock = asyncio.get_running_loop()
        begun = clock.time()
        session = Session(self.terms, since=position_read(since), now=self.context.now())
        try:
            async with dialled(
                self.context.fetch,
                self.host,
                self.port,
                secure=self.secure,
                limit=LONGEST_LINE,
                low_ports=LOW_PORTS,
                farewell=FAREWELL,
            ) as lines:
                pulse = Pulse()
                while True:
                    await lines.write(session.answers())
                    arrived = await next_lines(lines)
                    await pulse.feel(lines, came=bool(arrived))
                    batch, trouble = self.understand(session, arrived)
                    if batch:
                        yield batch
                    if trouble:
                        raise trouble
        except SourceError as error:
            if error.permanent or error.retry_after is not None:
                raise
            brief = clock.time() - begun < BRIEF_SECONDS
            raise SourceError(
                error.message, retry_after=random.uniform(*self.patience) if brief else None
            ) from error

    def understand(
        self, session: Session, arrived: Sequence[bytes | None]
    ) -> tuple[list[SourceEvent], SourceError | None]:
        """Return what lines tell, up to what ended the conversation if something did."""
        now = self.context.now()
        events: list[SourceEvent] = []
        covered, caught_up = session.covered, session.caught_up
        trouble = None
        try:
            for data in arrived:
                events += self.take(session, data, now)
            session.tick(now)
        except SourceError as error:
            trouble = error
        if session.caught_up and session.covered and (session.covered != covered or not caught_up):
            events.append(Checkpoint(written(session.covered)))
        return events, trouble

    def take(self, session: Session, data: bytes | None, now: datetime) -> list[SourceEvent]:
        if data is None:
            return [SetAside("The server sent a line longer than any of IRC.")]
        try:
            line = parse(data)
            occurrences = session.receive(line, now) if line else []
        except InvalidPost as error:
            if not session.registered:
                raise SourceError(f"{self.host} does not speak IRC on port {self.port}.") from error
            return [SetAside(error.message)]
        events: list[SourceEvent] = []
        for occurrence in occurrences:
            match occurrence:
                case Said():
                    events += self.post(occurrence, now)
                case TakenBack(msgid):
                    events.append(Delete(message_uid(self.place, msgid)))
                case _:
                    events.append(occurrence)
        return events

    def post(self, said: Said, now: datetime) -> list[SourceEvent]:
        """Return a message as a post, if it is new and belongs to the event."""
        again = (folded(said.nick), said.text, f"{said.mark.time:%H%M%S}", said.batch)
        number = self.said_again.get(again, 0)
        try:
            post = parse_said(
                said,
                place=self.place,
                number=number,
                bridges=self.bridges,
                everything=self.everything,
                event=self.context.event,
                source=self.source,
                now=now,
            )
        except InvalidPost as error:
            return [SetAside(error.message)]
        self.said_again[again] = number + 1
        if post.uid in self.seen or not self.context.event.may_want(post):
            return []
        self.seen[post.uid] = None
        return [Upsert(post)]


async def next_lines(lines: Lines) -> list[bytes | None]:
    """Return what came, nothing when that takes longer than a glance."""
    try:
        async with asyncio.timeout(GLANCE_SECONDS):
            return await lines.read()
    except TimeoutError:
        return []


class Pulse:
    """When a server was last heard, and whether it was asked for a sign of life since."""

    def __init__(self) -> None:
        self.heard = asyncio.get_running_loop().time()
        self.asked = False

    async def feel(self, lines: Lines, *, came: bool) -> None:
        """Note whether something came; raises SourceError when nothing has for long, though we asked."""
        now = asyncio.get_running_loop().time()
        if came:
            self.heard, self.asked = now, False
        elif self.asked and now - self.heard > SILENT_SECONDS:
            raise SourceError(f"{lines.name} has fallen silent.")
        elif not self.asked and now - self.heard > QUIET_SECONDS:
            self.asked = True
            await lines.write(serialise("PING", "wall"))


def position_read(since: str | None) -> Mark | None:
    """Return up to where the channel was read; what cannot be read is read anew."""
    try:
        saved = mapping(loads(since or "{}"))
    except InvalidPost:
        return None
    time = moment(saved.get("time"))
    msgid = string(saved, "msgid")
    return Mark(time=time, msgid=msgid if msgid.isprintable() and " " not in msgid else "") if time else None


def written(mark: Mark) -> str:
    return json.dumps({"time": mark.time.isoformat(), "msgid": mark.msgid})
