"""What a member of a back channel gave the organiser's team to read, or asked of it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """One message as the team reads it: who said it, by id and name, and the words as they were then."""

    by: str
    name: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Messages that a member chose to show the team, and why. The rest of the thread stays where it is."""

    id: str
    post_id: str
    by: str
    by_name: str
    words: str
    messages: tuple[Reported, ...]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamAsk:
    """Somebody would like to talk with the team about a post; whoever of it comes in closes this."""

    id: str
    thread_id: str
    post_id: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """What is kept beside a thread for one who is in it, or asked into it: up to which message they have seen it."""

    thread_id: str
    seen: int = 0
