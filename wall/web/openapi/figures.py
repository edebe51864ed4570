"""The figures of an event as programs are told them, as types."""

from msgspec import Struct


class Named(Struct):
    """How many posts something has, and of how many people they are."""

    name: str
    posts: int
    people: int


class Active(Struct):
    """Somebody who wrote much, as they call themselves; null who has nothing on the wall any more."""

    name: str | None
    posts: int


class Hour(Struct):
    """How many posts were written in the hour that began then."""

    at: str
    posts: int


class Moved(Struct):
    """A post, and how often it was answered, passed on or reacted to."""

    id: str
    number: int


class Wait(Struct):
    """How long something took, in seconds: of how many, the median, and what nine of ten stayed below."""

    number: int
    median: float
    most: float


class Decider(Struct):
    """Somebody of the team and how many posts they decided about; null who is not of it any more."""

    name: str | None
    decisions: int


class DeskFigures(Struct):
    """What became of all posts that came, by rules, delays and people; `decided` is of people alone."""

    came: int
    statuses: dict[str, int]
    decided: list[Decider]
    approval_rate: float | None
    to_decision: Wait


class Figures(Struct):
    """What is counted within `scope`, as it was asked for; while `counted` is false, posts are still being counted."""

    counted: bool
    scope: dict[str, str]
    posts: int
    people: int
    new: int
    replies: int
    questions: int
    pictured: int
    mentioning: int
    linking: int
    reposts: int
    reactions: int
    half: int
    eighty: int
    first: str | None
    last: str | None
    gini: float
    top: list[Active]
    hours: list[Hour]
    networks: list[Named]
    languages: list[Named]
    sessions: list[Named]
    where: list[Named]
    hashtags: list[Named]
    links: list[Named]
    mentioned: list[Named]
    most_replied: list[Moved]
    most_reposted: list[Moved]
    most_reacted: list[Moved]
    to_screen: Wait
    desk: DeskFigures
