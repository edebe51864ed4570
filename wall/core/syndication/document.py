"""A page of entries as Atom and JSON Feed both want it: every address whole, every time aware UTC."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A picture beside an entry: its address here, and what it shows in words."""

    url: str
    media_type: str
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: `url` is its own page here and its id for good, `html` what it says, `text` the same without markup.

    `title` is for readers that want one; `titled` whether it is a real one, not the first words again. `original` is
    where else it stands, `summary` a warning that comes before what it says.
    """

    url: str
    title: str
    html: str
    text: str
    published: datetime
    updated: datetime
    author: str
    author_url: str | None = None
    author_picture: str | None = None
    original: str | None = None
    summary: str = ""
    language: str | None = None
    categories: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    titled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One page: `home` is the page that people read instead, `url` this one, `first` the newest, `older` the next."""

    title: str
    home: str
    url: str
    first: str
    updated: datetime
    language: str
    entries: tuple[Entry, ...]
    older: str | None = None
