"""How a post sounds: an automatic guess that moderators check, and their word, which always wins.

Nothing is hidden or shown by it, and no audience is told of it (docs/insight.md).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

Says = Literal["unhappy", "not unhappy", "can't tell"]
SAYS: tuple[Says, ...] = get_args(Says)
Listens = Literal["no", "guess", "learn"]
LISTENS: tuple[Listens, ...] = get_args(Listens)

EITHER_WAY = 0.05
"""From so much on, either way, a score is a mood."""
STRONG = 0.5
UNSCORED = -128
"""The mood of a post that was not scored, as the ledger keeps it (core/ledger.py)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """What was guessed of a post: its `score` from -1 to 1, None where its `language` is none that is scored.

    `model` is by what, with its version and what it was taught; `words` the words that were weighed, as a hash. Where
    an event taught the guess, `learned` is how likely its moderators would call the post unhappy, from 0 to 1, and
    `taught` the number of posts that they said it of.
    """

    language: str
    model: str
    words: str
    score: float | None = None
    learned: float | None = None
    taught: int = 0

    @property
    def unhappy(self) -> bool:
        if self.score is None:
            return False
        return self.score <= -EITHER_WAY if self.learned is None else self.learned >= 0.5

    @property
    def strength(self) -> float:
        """How strongly it sounds unhappy, for ordering those that do: from 0 to 1."""
        if self.learned is not None:
            return self.learned
        return max(0.0, -self.score) if self.score is not None else 0.0

    @property
    def strong(self) -> bool:
        return self.score is not None and abs(self.score) >= STRONG


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What a moderator says of a post, and of which `words`: it ends when the author changes those."""

    says: Says
    by: str
    by_name: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Heard:
    """All that is known of how a post sounds."""

    mood: Mood | None = None
    said: Word | None = None

    @property
    def word(self) -> Word | None:
        """A moderator's word, unless the post says something else by now."""
        stale = self.said and self.mood and self.said.words != self.mood.words
        return None if stale else self.said

    @property
    def unhappy(self) -> bool:
        """Whether it belongs among the unhappy: by a moderator's word, else by the guess."""
        if self.word:
            return self.word.says == "unhappy"
        return bool(self.mood and self.mood.unhappy)

    @property
    def figure(self) -> int:
        """Its mood as the ledger keeps it, from -100 to 100, or UNSCORED.

        It is the score and a moderator's word, and never what was learned: else figures would move when that begins.
        """
        score = self.mood.score if self.mood else None
        word = self.word
        if word is None:
            return UNSCORED if score is None else round(100 * score)
        if word.says == "can't tell":
            return UNSCORED
        if word.says == "unhappy":
            return round(100 * min(score or 0.0, -STRONG))
        return round(100 * max(score or 0.0, 0.0))
