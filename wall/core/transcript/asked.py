"""What somebody asks a transcript of: which part of an event, and in which manner."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from wall.core.excerpt import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was written from `begins` on and before `ends` (None: open), during a session, or of an edition of a chat.

    With `initials`, nobody is named. `recording` is when the recording begins that captions are for. A `mark` at the
    beginning of a table tells some spreadsheets how its letters are written.
    """

    begins: datetime | None = None
    ends: datetime | None = None
    span: Span | None = None
    edition: int | None = None
    initials: bool = False
    pictures: bool = True
    mark: bool = False
    recording: datetime | None = None

    def has(self, written: datetime, tags: Collection[str]) -> bool:
        """Tell whether something that was written then, with the keys of these hashtags, is asked for."""
        if self.begins is not None and written < self.begins:
            return False
        if self.ends is not None and written >= self.ends:
            return False
        return self.span is None or self.span.covers(written, tags)
