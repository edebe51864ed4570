"""The stage view: what the desk tells those who speak, and until when they do."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from wall.core.programme import OVERRUN, Speaking
from wall.core.words import _
from wall.errors import InvalidInput, NotFound

MOST_MESSAGES = 4
LONGEST_MESSAGE = 140  # graphemes; more is not read at a glance
LONGEST_COUNTDOWN = timedelta(hours=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class StageMessage:
    """A message of the desk to the speakers; `seen_at` is when a stage view had painted it."""

    id: str
    text: str
    by_name: str
    at: datetime
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What every stage view of an event shows, the newest message first. `version` grows with each change."""

    messages: tuple[StageMessage, ...] = ()
    ends_at: datetime | None = None
    version: int = 0

    def told(self, message: StageMessage) -> "Stage":
        """Return the stage with one message more; one sent again is there already, and the oldest makes room."""
        if any(one.id == message.id for one in self.messages):
            return self
        return self._next(messages=(message, *self.messages)[:MOST_MESSAGES])

    def seen(self, ids: tuple[str, ...], *, at: datetime) -> "Stage":
        """Return the stage once messages have been painted; the first time counts."""
        messages = tuple(
            replace(one, seen_at=at) if one.id in ids and one.seen_at is None else one for one in self.messages
        )
        return self if messages == self.messages else self._next(messages=messages)

    def without(self, id: str) -> "Stage":
        """Return the stage with a message taken away; raises NotFound."""
        messages = tuple(one for one in self.messages if one.id != id)
        if messages == self.messages:
            raise NotFound(_("This message is no longer on the stage."))
        return self._next(messages=messages)

    def ending(self, at: datetime | None, *, now: datetime) -> "Stage":
        """Return the stage with another time at which the session ends, or none; raises InvalidInput."""
        if at is not None and not now - LONGEST_COUNTDOWN <= at <= now + LONGEST_COUNTDOWN:
            raise InvalidInput(_("A session ends within twelve hours."), field="ends_at")
        return self if at == self.ends_at else self._next(ends_at=at)

    def says_end(self, theirs: Speaking | None, now: datetime) -> bool:
        """Tell whether the desk's word on the end counts: for the session it was said of, and for none after it."""
        if self.ends_at is None or now >= self.ends_at + OVERRUN:
            return False
        return theirs is None or theirs.session.starts < self.ends_at

    def until(self, theirs: Speaking | None, now: datetime) -> datetime | None:
        """Return until when they speak: as the desk says, else by the programme, if that knows whose time it is."""
        if self.says_end(theirs, now):
            return self.ends_at
        return theirs.ends_at if theirs else None

    def _next(self, **changes: Any) -> "Stage":
        return replace(self, version=self.version + 1, **changes)
