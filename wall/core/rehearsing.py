"""That a rehearsal runs on this installation, as the staff is told."""

from dataclasses import dataclass
from datetime import datetime

PREFIX = "rehearsal-"
TITLE = "Rehearsal"
HASHTAG = "rehearsal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsing:
    """A rehearsal under way: the event of its own, since when and until about when, with how many viewers."""

    slug: str
    began: datetime
    ends: datetime
    viewers: int


def slug_at(now: datetime) -> str:
    """Return the slug of the event of a rehearsal that begins now."""
    return f"{PREFIX}{now:%Y%m%d-%H%M%S}"
