"""Reactions: what people answer a post with at one tap. Each is given to a post once by everybody, or taken back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wall.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Reaction:
    """One of them: `key` is how it is kept, `name` what a screen reader says after the number (“12 applause”)."""

    key: str
    emoji: str
    name: str


REACTIONS = (
    Reaction("applause", "👏", "applause"),
    Reaction("love", "❤️", "love"),
    Reaction("laughter", "😂", "laughter"),
    Reaction("insight", "💡", "insight"),
    Reaction("doubt", "🤔", "doubt"),
    Reaction("agreement", "👍", "agreement"),
    Reaction("surprise", "😮", "surprise"),
    Reaction("celebration", "🎉", "celebration"),
)
USUAL = ("applause", "love", "laughter", "insight", "doubt")


def offered(keys: Iterable[str]) -> tuple[Reaction, ...]:
    """Return the reactions of these keys, in our order."""
    wanted = frozenset(keys)
    return tuple(one for one in REACTIONS if one.key in wanted)


def counted(counts: Mapping[str, int]) -> tuple[tuple[Reaction, int], ...]:
    """Return the reactions that a post has, each with how many, in our order."""
    return tuple((one, count) for one in REACTIONS if (count := counts.get(one.key, 0)) > 0)


def parse_reaction(key: str, allowed: Iterable[str]) -> Reaction:
    """Return the reaction of a key; raises InvalidInput for one that the event does not offer."""
    for one in offered(allowed):
        if one.key == key:
            return one
    raise InvalidInput("There is no such reaction here.", field="reaction")
