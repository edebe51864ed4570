"""What an event's own moderators teach the guess about moods: a logistic regression on the posts that they corrected.

It starts from what the lexicon says and learns the words of this event. It is put to use only where, on posts that it
was not shown, it finds out more often what the moderators said than the lexicon alone does.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import exp

import numpy as np
from numpy.typing import NDArray

FEWEST = 50
FEWEST_OF_A_KIND = 10
NEWEST = 1_000
"""Corrections that are learned from; older ones say less."""
BETTER = 0.02
"""By so much the learned guess must be better, as macro-F1."""
FOLDS = 5
MOST_WORDS = 2_000
WORD_COST, LEXICON_COST = 0.5, 0.5
"""How much weights cost: so that a word must come often before it weighs much. bench.insight found these to do best."""
STEPS = 150
WORD = re.compile(r"[^\W\d_][\w'’]*")

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sounds:
    """What the lexicon says of some words: its score from -1 to 1, and what share of them is unkind, kind."""

    score: float
    bad: float
    good: float

    @property
    def values(self) -> tuple[float, float, float, float]:
        return 2 * self.score, 3 * self.bad, 3 * self.good, float(self.score <= -0.05)


@dataclass(frozen=True, slots=True)
class Example:
    """A post that a moderator spoke of."""

    words: str
    sounds: Sounds
    unhappy: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What was learned of so many posts, and how well it and the lexicon did on posts not shown before (macro-F1)."""

    posts: int
    learned: float
    lexicon: float
    weights: dict[str, float] = field(default_factory=dict)
    of_sounds: tuple[float, ...] = ()
    bias: float = 0.0

    @property
    def better(self) -> bool:
        """Whether it is put to use."""
        return self.learned >= self.lexicon + BETTER

    def likely(self, words: str, sounds: Sounds) -> float:
        """Return how likely moderators call a post unhappy, from 0 to 1."""
        found = features(words)
        total = self.bias + sum(
            weight * value for weight, value in zip(self.of_sounds, sounds.values, strict=True)
        )
        total += sum(self.weights.get(one, 0.0) for one in found) * scale(len(found))
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def learn(examples: Sequence[Example]) -> Lesson | None:
    """Return what the newest corrections teach, None while there are too few of them, or of either kind."""
    examples = examples[:NEWEST]
    unhappy = sum(one.unhappy for one in examples)
    if len(examples) < FEWEST or min(unhappy, len(examples) - unhappy) < FEWEST_OF_A_KIND:
        return None
    truth = np.array([one.unhappy for one in examples])
    lexicon = macro_f1(truth, np.array([one.sounds.score <= -0.05 for one in examples]))
    guessed = np.zeros(len(examples), dtype=bool)
    for fold in range(FOLDS):
        held = [one for at, one in enumerate(examples) if at % FOLDS != fold]
        taught = fitted(held)
        for at in range(fold, len(examples), FOLDS):
            guessed[at] = taught.likely(examples[at].words, examples[at].sounds) >= 0.5
    whole = fitted(examples)
    return Lesson(
        posts=len(examples),
        learned=macro_f1(truth, guessed),
        lexicon=lexicon,
        weights=whole.weights,
        of_sounds=whole.of_sounds,
        bias=whole.bias,
    )


def fitted(examples: Sequence[Example]) -> Lesson:
    """Return the weights that fit some examples, both kinds of which count the same."""
    found = [features(one.words) for one in examples]
    often = Counter(word for words in found for word in words)
    known = [word for word, number in often.most_common(MOST_WORDS) if number > 1]
    place = {word: at for at, word in enumerate(known)}
    sounds = np.array([one.sounds.values for one in examples])
    told = np.zeros((len(examples), len(known)))
    for row, words in enumerate(found):
        told[row, [place[word] for word in words if word in place]] = scale(len(words))
    values = np.hstack([told, sounds, np.ones((len(examples), 1))])
    costs = np.concatenate([np.full(len(known), WORD_COST), np.full(sounds.shape[1], LEXICON_COST), [0.0]])
    weights = descended(values, np.array([one.unhappy for one in examples], dtype=float), costs)
    return Lesson(
        posts=len(examples),
        learned=0,
        lexicon=0,
        weights={word: float(weights[at]) for word, at in place.items()},
        of_sounds=tuple(float(one) for one in weights[len(known) : -1]),
        bias=float(weights[-1]),
    )


def descended(values: Numbers, truth: Numbers, costs: Numbers) -> Numbers:
    """Return the weights of a logistic regression, by Nesterov's accelerated descent."""
    shares = np.where(truth > 0, 0.5 / max(1.0, truth.sum()), 0.5 / max(1.0, (1 - truth).sum())) * len(truth)
    steepest = 0.25 * float(np.linalg.norm(values * np.sqrt(shares)[:, None], 2)) ** 2 + float(costs.max())
    weights = ahead = np.zeros(values.shape[1])
    for turn in range(STEPS):
        guessed = 1 / (1 + np.exp(-np.clip(values @ ahead, -30, 30)))
        gradient = values.T @ (shares * (guessed - truth)) + costs * ahead
        before, weights = weights, ahead - gradient / steepest
        ahead = weights + turn / (turn + 3) * (weights - before)
    return weights


def features(words: str) -> set[str]:
    """Return the words and pairs of words that are learned from."""
    one = [word.casefold() for word in WORD.findall(words)]
    return {*one, *(f"{left} {right}" for left, right in pairwise(one))}


def scale(number: int) -> float:
    """Return how much each of so many words tells: long posts say no more than short ones."""
    return float((number or 1) ** -0.5)


def macro_f1(truth: NDArray[np.bool_], guessed: NDArray[np.bool_]) -> float:
    """Return the mean of both kinds' F1: 1 where all are told apart."""
    return float(np.mean([f1(truth == kind, guessed == kind) for kind in (True, False)]))


def f1(truth: NDArray[np.bool_], guessed: NDArray[np.bool_]) -> float:
    both = int((truth & guessed).sum())
    return 2 * both / max(1, int(truth.sum()) + int(guessed.sum()))
