"""JSON that somebody bent: what a network sends, with one thing in it that nobody who reads it expected."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from wall.core.post import Post
from wall.errors import InvalidInput, InvalidPost, SourceError
from wall.store.codec import unkeepable

ODD = (
    None, True, False, 0, -1, 1, 7.5, -0.0, 1e308, float("inf"), float("nan"), 2**31, 2**63, 2**64, 10**400,
    "", " ", "x", "0", "-1", "1e9", "NaN", "\x00", "\ud800", "\udfff\ud800", "\u202e", "\U000e0041", "\uffff", "ﷺ", "👨‍👩‍👧‍👦" * 90,
    "a" * 70_000, "\n" * 9000, "e" + "\u0301" * 900, "<" * 3000, "&#x110000;&#xd800;&#0;", "[" * 5000, "<p>" * 4000,
    "%", "%(x)s{x}", "\\u0000", "//", "http://[", "http://[::1]:99999/", "https://x.example:port/", "javascript:x", "data:,x",
    "at://", "did:", "@@", "#", "9999-12-31T23:59:59.999999+14:00", "0001-01-01T00:00:00-14:00", "2026-02-30T25:61:61Z", "P1Y", "٣",
    [], [[]], [None], [[[[[]]]]], ["x"] * 500, [{}], [[{}]], {}, {"": ""}, {"x": {"x": []}}, {"\ud800": 1},
)  # fmt: skip
"""Values of every type there is in JSON, and the worst of each."""


@dataclass(frozen=True, slots=True)
class JsonReader:
    """Something of ours that reads JSON, and an example in which every field is filled that it looks at."""

    read: Callable[[Any], object]
    whole: Any

    @property
    def name(self) -> str:
        return self.read.__name__


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to every value in a JSON value, itself included."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in inner:
        yield from places(one, (*path, name))


def bent(value: Any, path: tuple[Any, ...], odd: Any) -> Any:
    """Return a value with something else at a place in it."""
    if not path:
        return odd
    made = deepcopy(value)
    inner = made
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = odd
    return made


def without(value: Any, path: tuple[Any, ...]) -> Any:
    """Return a value without what is at a place in it."""
    made = deepcopy(value)
    inner = made
    for name in path[:-1]:
        inner = inner[name]
    del inner[path[-1]]
    return made


def read(reader: JsonReader, payload: Any) -> list[Post] | None:
    """Return the posts that come of JSON, None where it is refused in words.

    Each can be kept, or the acceptor can tell why not.
    """
    try:
        found = reader.read(payload)
    except (InvalidPost, InvalidInput, SourceError):
        return None
    made = [getattr(one, "post", one) for one in (found if isinstance(found, list) else [found])]
    posts = [one for one in made if isinstance(one, Post)]
    assert "" not in map(unkeepable, posts)
    return posts
