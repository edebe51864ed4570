"""Which language a post is written in: as its network says, as a guess says, or nobody knows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wall.core.language import language
from wall.core.languages import LANGUAGES

UNKNOWN = "und"
SCORED = "en"
"""The one language whose moods are guessed."""
FEWEST_LETTERS = 10
MANY_LETTERS = 60
LEAST_SURE = 0.5
TIMES_AS_LIKELY = 2.0
CLEARLY = 0.97
USUAL = (
    "ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id", "it",
    "ja", "ko", "lt", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "tr", "uk", "vi", "zh",
)  # fmt: skip
"""What is looked for where nobody says what an event speaks. Fewer languages are told apart better."""


@dataclass(frozen=True, slots=True)
class Guess:
    """The language that words are most likely of, how likely that is, and how likely the next one is."""

    language: str
    likely: float
    next: float

    @property
    def sure(self) -> bool:
        return self.likely >= LEAST_SURE and self.likely >= TIMES_AS_LIKELY * self.next

    @property
    def clear(self) -> bool:
        return self.likely >= CLEARLY


def tongues(chosen: Sequence[str], spoken_there: str) -> tuple[str, ...]:
    """Return the languages to tell apart at an event: those chosen or the usual ones, its own and the interface's."""
    return tuple(sorted({*(chosen or USUAL), *LANGUAGES, spoken_there}))


def tongue(declared: str | None, guess: Guess | None, letters: int) -> str:
    """Return the language of a post, `und` where nobody knows.

    What its network says is what its author chose once, often for all posts: it holds, unless the text is long and
    clearly in another language. A guess about fewer than ten letters, or between two that are close, is none.
    """
    said = primary(declared)
    sure = guess if guess is not None and guess.sure and letters >= FEWEST_LETTERS else None
    if said is None:
        return sure.language if sure else UNKNOWN
    if sure and sure.clear and letters >= MANY_LETTERS:
        return sure.language
    return said


def primary(tag: str | None) -> str | None:
    """Return the language that a tag names, without region or script: `en` for `en-GB`."""
    found = language(tag)
    return SAME.get(code := found.partition("-")[0], code) if found else None


SAME = {"nb": "no", "nn": "no", "iw": "he", "in": "id"}


def known(codes: Iterable[str]) -> tuple[str, ...]:
    """Return language codes in their usual spelling, each once; what is none is left out."""
    return tuple(dict.fromkeys(code for one in codes if (code := primary(one))))
