"""Finding posts at the desk: by words, and by what kind of post it is. One filter, for the queue and what is decided.

The page filters what arrives by the same marks, which stand on the card; static/js/models/filter.js folds what is
searched for as `folded` does here, and both are held to tests/fixtures/folding.json.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Literal, get_args
from unicodedata import normalize

from wall.core import duplicates
from wall.core.moderation import Standing, answered_id
from wall.core.participant import PLACES, Place
from wall.core.post import Post
from wall.core.words import _
from wall.errors import InvalidInput

Pictures = Literal["", "some", "none", "undescribed"]
Writer = Literal["", "new", "trusted", "untrusted"]

NOT_SAID = "none"
LONGEST_SEARCH = 100
LONGEST_VALUE = 500

# Accents, and the points of Hebrew and Arabic, which are left out as often as not; and what nobody sees.
DROPPED = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1-\u05c7\u064b-\u0652\u0670\u0640\u200b-\u200f\u2060\ufeff]"
)
# A Greek question mark is a semicolon once a text is normalised.
QUESTION = re.compile(
    "[?\uff1f\u061f\u055e\u1367\u2047\u2048\u2049\u203d\u037e]|(?<=[\u0370-\u03ff\u1f00-\u1fff]);"
)
ADDRESSES = ("link",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which posts are wanted: all that is said here must hold, "" and False say nothing.

    `source` is a source's id or its kind, `language` a language or “none”, `by` an author's uid, `like` what
    `alikeness` returns, `thread` the id of a post: it, and what answers it. `place` is where its author says they are.
    """

    words: str = ""
    source: str = ""
    language: str = ""
    pictures: Pictures = ""
    question: bool = False
    reply: bool = False
    writer: Writer = ""
    by: str = ""
    like: str = ""
    thread: str = ""
    place: Place = ""

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    @classmethod
    def parse(cls, query: Mapping[str, str]) -> "Filter":
        """Return the filter that an address says; raises InvalidInput for a choice that there is not."""
        pictures, writer, place = (query.get(name, "") for name in ("pictures", "writer", "place"))
        if pictures not in get_args(Pictures) or writer not in get_args(Writer) or place not in PLACES:
            raise InvalidInput(_("This address asks for a filter that there is not."))
        return cls(
            words=" ".join(query.get("words", "").split())[:LONGEST_SEARCH],
            source=query.get("source", "")[:LONGEST_VALUE],
            language=query.get("language", "")[:LONGEST_VALUE].lower(),
            pictures=pictures,  # type: ignore[arg-type]
            question=query.get("question", "") not in ("", "no"),
            reply=query.get("reply", "") not in ("", "no"),
            writer=writer,  # type: ignore[arg-type]
            by=query.get("by", "")[:LONGEST_VALUE],
            like=query.get("like", "")[:LONGEST_VALUE],
            thread=query.get("thread", "")[:LONGEST_VALUE],
            place=place,
        )

    def query(self) -> dict[str, str]:
        """Return what says this filter in an address."""
        said = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: "yes" if value is True else value for name, value in said.items() if value}

    def wants(self, standing: Standing) -> bool:
        """Tell whether a post is wanted. The standing must know what it is marked with (`Authors.marked`)."""
        post = standing.post
        return (
            (not self.source or self.source in (post.source.id, post.source.kind))
            and (not self.by or self.by == post.author.uid)
            and (not self.language or self.language == spoken(post))
            and (not self.pictures or self.pictures in pictures_of(post).split())
            and (not self.writer or self.writer in writer_of(standing).split())
            and (not self.question or asks(post))
            and (not self.reply or post.reply_to is not None)
            and (not self.thread or self.thread in (post.id, answered_id(post)))
            and (not self.place or self.place == post.place)
            and (not self.like or is_like(self.like, post))
            and (not self.words or folded(self.words) in searched(post))
        )


def folded(text: str) -> str:
    """Return a text without case, accents and what is invisible, its blanks single."""
    plain = DROPPED.sub("", normalize("NFKD", text)).upper().lower().replace("ς", "σ")
    return " ".join(DROPPED.sub("", plain).split())


def searched(post: Post) -> str:
    """Return what a search looks into: words, content warning, name and handle, a line each."""
    author = post.author
    return "\n".join(map(folded, (post.text, post.content_warning or "", author.name, author.handle)))


def spoken(post: Post) -> str:
    """Return the language of a post without its region, or “none”."""
    return post.language.split("-")[0].lower() if post.language else NOT_SAID


def pictures_of(post: Post) -> str:
    """Return what there is to say of the pictures of a post, as words of a filter."""
    shown = [media for media in post.media if media.picture]
    if not shown:
        return "none"
    return "some" if all(media.heard for media in shown) else "some undescribed"


def writer_of(standing: Standing) -> str:
    """Return what there is to say of an author, as words of a filter."""
    return ("new " if standing.first_time else "") + ("trusted" if standing.trusted else "untrusted")


def asks(post: Post) -> bool:
    """Tell whether a post has a question mark of any script, those in addresses left out."""
    return QUESTION.search(duplicates.without(post, ADDRESSES)) is not None


def alikeness(post: Post) -> str:
    """Return what tells which posts say nearly the same, as an address has it; empty if this one says too little."""
    return duplicates.written(duplicates.sketch(post))


sketch_of = lru_cache(maxsize=100)(duplicates.read)


def is_like(alikeness: str, post: Post) -> bool:
    """Tell whether a post says nearly the same as the one that this is the alikeness of."""
    return duplicates.resemblance(sketch_of(alikeness), duplicates.sketch(post)) >= duplicates.LIKE
