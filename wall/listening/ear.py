"""What weighs words: a guess at their language (py3langid) and at their mood (VADER), each loaded when first needed."""

from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import version
from threading import Lock

from py3langid.langid import LanguageIdentifier, _load_identifier
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from wall.core.lesson import Lesson, Sounds
from wall.core.mood import Mood
from wall.core.spoken import letters, spoken, words_hash
from wall.core.tongue import FEWEST_LETTERS, MANY_LETTERS, SCORED, Guess, primary, tongue


class Tongues:
    """Tells languages apart. Only one thread at a time asks: which languages there are is set before each question."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.among: tuple[str, ...] = ()

    @cached_property
    def identifier(self) -> LanguageIdentifier:
        return _load_identifier(norm_probs=True)

    @cached_property
    def known(self) -> frozenset[str]:
        """The languages that can be told apart at all."""
        self.identifier.set_languages(None)
        self.among = ()
        return frozenset(self.identifier.labels) - {"zxx"}

    def guess(self, words: str, among: Sequence[str]) -> Guess | None:
        """Return which of some languages words are in; those that nobody can tell are left out."""
        with self.lock:
            able = tuple(sorted(self.known.intersection(among)))
            if len(able) < 2:
                return None
            if able != self.among:
                self.identifier.set_languages(able)
                self.among = able
            (first, likely), (_second, next), *_rest = self.identifier.rank(words)
        return Guess(first, likely, next)


class Ear:
    """Weighs words. It takes a second to load; run it in a thread."""

    def __init__(self) -> None:
        self.tongues = Tongues()

    @cached_property
    def model(self) -> str:
        return f"vader {version('vaderSentiment')}"

    @cached_property
    def lexicon(self) -> SentimentIntensityAnalyzer:
        return SentimentIntensityAnalyzer()

    def language(self, words: str, declared: str | None, among: Sequence[str]) -> str:
        """Return the language of a post; none is guessed at where that could change nothing."""
        number = letters(words)
        needed = MANY_LETTERS if primary(declared) else FEWEST_LETTERS
        guess = self.tongues.guess(words, among) if number >= needed else None
        return tongue(declared, guess, number)

    def sounds(self, words: str) -> Sounds:
        """Return what the lexicon says of words in English."""
        found = self.lexicon.polarity_scores(words)
        return Sounds(found["compound"], found["neg"], found["pos"])

    def mood(self, text: str, declared: str | None, among: Sequence[str], lesson: Lesson | None = None) -> Mood:
        """Return how a post sounds, by what an event taught where that is better."""
        words = spoken(text)
        language = self.language(words, declared, among)
        model = named(self.model, lesson)
        if language != SCORED:
            return Mood(language=language, model=model, words=words_hash(words))
        sounds = self.sounds(words)
        taught = lesson if lesson and lesson.better else None
        return Mood(
            language=language,
            model=model,
            words=words_hash(words),
            score=sounds.score,
            learned=taught.likely(words, sounds) if taught else None,
            taught=taught.posts if taught else 0,
        )


def named(model: str, lesson: Lesson | None) -> str:
    """Return by what a mood is guessed: another name wherever it may be guessed otherwise."""
    return f"{model} taught by {lesson.posts}" if lesson and lesson.better else model
