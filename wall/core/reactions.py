"""Reactions: what people answer a post with at one tap. Each is given to a post once by everybody, or taken back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wall.core.words import _
from wall.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Reaction:
    """One of them: `key` is how it is kept, `name` what a screen reader says after the number (“12 applause”).

    `title` is what the button is called.
    """

    key: str
    emoji: str
    name: str
    title: str


REACTIONS = (
    Reaction("applause", "👏", _("applause"), _("Applause")),
    Reaction("love", "❤️", _("love"), _("Love")),
    Reaction("laughter", "😂", _("laughter"), _("Laughter")),
    Reaction("insight", "💡", _("insight"), _("Insight")),
    Reaction("doubt", "🤔", _("doubt"), _("Doubt")),
    Reaction("agreement", "👍", _("agreement"), _("Agreement")),
    Reaction("surprise", "😮", _("surprise"), _("Surprise")),
    Reaction("celebration", "🎉", _("celebration"), _("Celebration")),
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
    raise InvalidInput(_("There is no such reaction here."), field="reaction")
