"""Erasing an event: who wants it, and what is remembered of one that was erased."""

from dataclasses import dataclass
from datetime import datetime, timedelta

CONFIRM_WITHIN = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Who wants an event erased, since when; where two must want it, somebody else confirms it within a day."""

    by: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """An event that was erased: its address, when and by whom, and who confirmed it.

    Until it is `done`, `pictures` are those of its own that may still be files here.
    """

    slug: str
    at: datetime
    by_name: str
    second: str = ""
    pictures: tuple[str, ...] = ()
    done: bool = False
