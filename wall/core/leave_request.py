"""A request to leave an author out of an event, by handle. Anybody may ask; nothing holds until a moderator says so."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from wall.core.text import clean, clean_name
from wall.core.words import _
from wall.errors import InvalidInput

LONGEST_WORDS = 500  # graphemes
MOST_LINES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveRequest:
    """Who is to be left out, as whoever asked wrote it: a kind of source, a handle there, and why they ask."""

    kind: str
    handle: str
    words: str
    asked_at: datetime

    @property
    def id(self) -> str:
        """The same for everybody who asks about the same handle, so that asking again is no second request."""
        return hashlib.sha256(f"{self.kind} {self.handle.casefold()}".encode()).hexdigest()[:20]


def leave_request(kind: str, handle: str, words: str, *, now: datetime) -> LeaveRequest:
    """Return a request as it is kept; raises InvalidInput without a handle."""
    name = clean_name(handle)
    if not name:
        raise InvalidInput(_("Write the handle that is to be left out."), field="handle")
    return LeaveRequest(
        kind=kind, handle=name, words=clean(words, limit=LONGEST_WORDS, lines=MOST_LINES), asked_at=now
    )
