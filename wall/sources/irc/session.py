"""One connection to a channel of IRC: lines in, answers and what was said out. No socket, no clock in here."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from wall.errors import SourceError
from wall.sources.base import Health, SetAside
from wall.sources.irc.history import History, Mark, kept_by, mark_of
from wall.sources.irc.line import Line, folded, serialise
from wall.sources.irc.refusal import OPERATORS, refusal, said
from wall.sources.irc.registration import Registration, Terms

PATIENCE = timedelta(seconds=60)  # to be let in
KICK_WAITS = (timedelta(minutes=1), timedelta(minutes=10))
KICKS_COUNT_FOR = timedelta(hours=1)
NICKSERV_WAIT = timedelta(seconds=10)
NICKSERV_TRIES = 3
HISTORY_SENDER = "HistServ"  # tells of comings and goings among what was said
CTCP = "\x01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Somebody said something in the channel; `batch` tells apart what was told again together."""

    nick: str
    text: str
    mark: Mark
    account: str = ""
    bot: bool = False
    batch: str = ""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A message was redacted."""

    msgid: str


Occurrence = Said | TakenBack | SetAside | Health


class Session:
    """Reads one channel: send what `answers` returns, give it each line, and the time now and then.

    `covered` is the place up to which nothing is missing, as far as the server can tell.
    """

    def __init__(self, terms: Terms, *, since: Mark | None, now: datetime) -> None:
        self.terms = terms
        self.channel = folded(terms.channel)
        self.registration = Registration(terms)
        self.out = self.registration.start()
        self.covered = since
        self.newest = since
        self.let_in_by: datetime | None = now + PATIENCE
        self.join_at: datetime | None = None
        self.joined = False
        self.caught_up = False
        self.kicks: list[datetime] = []
        self.nickserv_tries = 0
        self.history = History(terms.channel, self.registration.features)

    @property
    def registered(self) -> bool:
        return self.registration.greeted

    def answers(self) -> bytes:
        """Return what to send now."""
        out, self.out = self.out, []
        return b"".join(out)

    def tick(self, now: datetime) -> None:
        """Join when it is time to; raises SourceError when nobody let us in for long."""
        if self.join_at is not None and now >= self.join_at:
            self.join(now)
        if self.let_in_by is not None and now >= self.let_in_by:
            raise SourceError(f"{self.terms.host} does not let us into {self.terms.channel} in time.")

    def receive(self, line: Line, now: datetime) -> list[Occurrence]:
        """Take in a line, and return what happened. Raises SourceError when the server refuses."""
        if line.command == "477" and self.waits_for_nickserv(now):
            return []
        if trouble := refusal(line, self.registration.names):
            raise trouble
        own = bool(line.nick) and folded(line.nick) == folded(self.registration.nick)
        begun = self.registration.done
        self.out += self.registration.receive(line)
        if self.registration.done and not begun:
            self.join(now)
        if self.history.has_ended_page(line, now):
            return self.turn_page()
        match line.command:
            case "PING":
                self.out.append(serialise("PONG", *line.params[-1:]))
            case "PRIVMSG" if self.is_here(line):
                return self.hear(line, now)
            case "REDACT" if self.is_here(line) and line.param(1):
                return [TakenBack(line.param(1))]
            case "JOIN" if own and self.is_here(line):
                return self.enter()
            case "KICK" if self.is_here(line) and folded(line.param(1)) == folded(self.registration.nick):
                return self.leave(f"{line.nick or 'the server'} ({said(line.param(2))})", now)
            case "PART" if own and self.is_here(line):
                return self.leave("the server", now)
            case "FAIL" | "421" if self.history.awaiting and "CHATHISTORY" in line.params:
                return self.catch_up()
        return []

    def is_here(self, line: Line) -> bool:
        return folded(line.param(0)) == self.channel

    # Joining

    def join(self, now: datetime) -> None:
        self.join_at = None
        self.let_in_by = now + PATIENCE
        key = [self.terms.key] if self.terms.key else []
        self.out.append(serialise("JOIN", self.terms.channel, *key))

    def waits_for_nickserv(self, now: datetime) -> bool:
        """Tell whether NickServ may not have looked at our password yet."""
        if not self.registration.asks_nickserv or self.nickserv_tries >= NICKSERV_TRIES:
            return False
        self.nickserv_tries += 1
        self.join_at, self.let_in_by = now + NICKSERV_WAIT, None
        return True

    def enter(self) -> list[Occurrence]:
        self.joined, self.let_in_by = True, None
        if not kept_by(self.registration.caps):
            return self.catch_up()
        self.out.append(self.history.begin(self.covered))
        return []

    def turn_page(self) -> list[Occurrence]:
        request = self.history.go_on()
        if request is None:
            return self.catch_up()
        self.out.append(request)
        return []

    def catch_up(self) -> list[Occurrence]:
        self.history.awaiting, self.caught_up, self.covered = False, True, self.newest
        place = f"Reading {self.terms.channel} on {self.terms.host} as {self.registration.nick}."
        if kept_by(self.registration.caps):
            return [Health("healthy", place)]
        return [Health("healthy", place, ("It has no history: what is said while the wall is away is lost.",))]

    def leave(self, by: str, now: datetime) -> list[Occurrence]:
        """Go back after a kick, later each time; raises SourceError when we are not wanted."""
        self.joined = self.caught_up = self.history.awaiting = False
        self.kicks = [*(time for time in self.kicks if now - time < KICKS_COUNT_FOR), now]
        channel = self.terms.channel
        if len(self.kicks) > len(KICK_WAITS):
            raise SourceError(
                f"The wall was removed from {channel} {len(self.kicks)} times, last by {by}. {OPERATORS}",
                permanent=True,
            )
        wait = KICK_WAITS[len(self.kicks) - 1]
        self.join_at, self.let_in_by = now + wait, None
        minutes = int(wait.total_seconds() // 60)
        again = f"It goes back in {minutes} minute{'s' if minutes > 1 else ''}."
        return [Health("degraded", f"The wall was removed from {channel} by {by}. {again}")]

    # What is said

    def hear(self, line: Line, now: datetime) -> list[Occurrence]:
        if not line.nick or folded(line.nick) == folded(HISTORY_SENDER):
            return []
        mark = mark_of(line, now)
        if self.newest is None or mark.time >= self.newest.time:
            self.newest = mark
        if self.caught_up:
            self.covered = self.newest
        if len(line.params) < 2:
            return [SetAside("A message without words came from the channel.")]
        text = spoken(line.nick, line.param(1))
        if text is None:
            return []
        tags = line.tags
        return [
            Said(
                nick=line.nick,
                text=text,
                mark=mark,
                account=tags.get("account", ""),
                bot="bot" in tags,
                batch=tags.get("batch", ""),
            )
        ]


def spoken(nick: str, text: str) -> str | None:
    """Return the words of a message: an action as what somebody does, None for other requests between programs."""
    if not text.startswith(CTCP):
        return text
    verb, _, words = text.strip(CTCP).partition(" ")
    return f"{nick} {words}" if verb.upper() == "ACTION" and words.strip() else None
