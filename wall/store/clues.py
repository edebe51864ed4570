"""Clues: what posts on different networks have in common that may be one, each with the newest of them, for a while."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from wall.core.bridges import names, origin
from wall.core.post import Author, Post
from wall.core.sameness import addresses, name
from wall.store.keys import EventKeys

NAME_SECONDS = 24 * 3600
"""For so long a copy and what it was made from find each other."""
AUTHOR_SECONDS = 2 * 3600
KEPT = 16
"""Posts of one network that a clue keeps."""
ID_LENGTH = 20
MOST = 10
NAMED = "name "
AUTHOR = "author "


@dataclass(frozen=True, slots=True)
class Seen:
    """The clues of a post, and what each said when the post was held against others."""

    texts: Sequence[str] = ()
    said: Sequence[str] = ()


NONE_SEEN = Seen()


def clues(post: Post, bridges: Sequence[str], *, by_author: bool = True) -> tuple[str, ...]:
    """Return what a post is found by: what it goes by, what it was copied from and, `by_author`, who wrote it."""
    copied = origin(post, bridges)
    called = names(post) | {copied.name} if copied else names(post)
    named = tuple(NAMED + one for one in sorted(called))
    return (*named, *of_author(post.author))[:MOST] if by_author else named


@lru_cache(maxsize=2048)
def of_author(author: Author) -> tuple[str, ...]:
    if not author.handle:
        return ()
    return tuple(AUTHOR + one for one in (name(author), *sorted(addresses(author))) if one)


@lru_cache(maxsize=256)
def written_network(scheme: str) -> str:
    return "".join(filter(str.isalnum, scheme.lower()))[:12] or "none"


def network(post: Post) -> str:
    """Return a post's network as it is written in a clue."""
    return written_network(post.uid.partition(":")[0])


def candidates(post: Post, texts: Iterable[str], values: Mapping[str, str]) -> Iterator[str]:
    """Yield the ids of posts that a post may be one with, those it names first."""
    mine = network(post)
    for text in texts:
        if value := values.get(text):
            wanted = value if text.startswith(NAMED) else others(value, mine)
            yield from (id for id in ids_of(wanted) if id != post.id)


def ids_of(value: str) -> Iterator[str]:
    """Yield the ids of all posts that a clue names."""
    for part in filter(None, value.split(";")):
        yield from filter(None, part.partition(":")[2].split(","))


def is_all_of(value: str, network: str) -> bool:
    """Tell whether a clue says something of this network alone, as most do."""
    return value.startswith(f";{network}:") and ";" not in value[1:]


def others(value: str, network: str) -> str:
    """Return what a clue says of other networks, as clue.lua does."""
    if not value or is_all_of(value, network):
        return ""
    kept = [part for part in value.split(";") if part and not part.startswith(f"{network}:")]
    return "".join(f";{part}" for part in kept)


def added(value: str, network: str, id: str) -> str:
    """Return what a clue says once a post came, as clue.lua does."""
    if not value:
        return f";{network}:{id}"
    mine = next((part for part in value.split(";") if part.startswith(f"{network}:")), "")
    ids = [id, *ids_of(mine)][:KEPT]
    return f"{others(value, network)};{network}:{','.join(ids)}"


def written(keys: EventKeys, seen: Seen, network: str) -> dict[str, object]:
    """Return the clues of a post of a network as clue.lua takes them: by names first, then by its author."""
    found: dict[str, object] = {
        "network": network,
        "clues": [keys.clue(text) for text in seen.texts],
        "clue_names": sum(text.startswith(NAMED) for text in seen.texts),
        "clue_seconds": (NAME_SECONDS, AUTHOR_SECONDS),
        "clue_length": KEPT * (ID_LENGTH + 1) - 1,
    }
    if any(seen.said):
        found["clues_said"] = [
            said if text.startswith(NAMED) else others(said, network)
            for text, said in zip(seen.texts, seen.said, strict=True)
        ]
    return found
