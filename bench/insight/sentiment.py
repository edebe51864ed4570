"""Moods against what people say: by the wall, by other offline packages where they are installed, and once it learned.

Of each set: how many are called right (accuracy), the mean of the F1 of all three moods (macro-F1), and of what is called
negative how much is (precision), of what is negative how much is found (recall).
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from random import Random
from statistics import fmean

from bench.figures import table
from bench.insight.public_sets import KINDS, SETS, Judged, Kind
from wall.core.lesson import Example, Lesson, learn
from wall.core.mood import EITHER_WAY
from wall.core.spoken import spoken
from wall.core.tongue import SCORED, UNKNOWN, tongues
from wall.listening.ear import Ear

LEARNED_FROM = (0, 50, 100, 200, 500)
TRIED_ON = 3_000
AMONG = tongues((), "en")
SENTENCES = "sentences"
"""The folder of lingua-py's test sentences, a file a language, if that is there, too."""

Method = Callable[[str], float]


def run(options: argparse.Namespace) -> None:
    ear = Ear()
    sets = {one.name: found for one in SETS if (found := one.found(options.data))}
    for one in SETS:
        if one.name not in sets:
            print(f"Not there: {one.file} of github.com/{one.repository}")
    if not sets:
        raise SystemExit("None of the public sets is below that folder; docs/insight.md says where they are.")
    print(f"\n{ear.model}, as the wall uses it: without handles, addresses and hashes.\n")
    print(by_method(sets, methods(ear)))
    print(
        "\nUnhappy or not, once so many posts of the set itself were learned from; used where it did better on them.\n"
    )
    print(by_lesson(sets, ear, options.draws))
    print("\nHow many posts are scored. Nothing but their words says in which language they are.\n")
    print(coverage(sets, ear))
    if sentences := languages(options.data, ear):
        print(
            "\nSentences of other languages, cut to sixty letters: told right, not told, and taken for English.\n"
        )
        print(sentences)


# Moods


def methods(ear: Ear) -> dict[str, Method]:
    """Return what gives a text a score, by name; below nothing it is negative."""
    found: dict[str, Method] = {
        "always neutral": lambda text: 0.0,
        "VADER, raw": lambda text: ear.sounds(text).score,
        "the wall": lambda text: ear.sounds(spoken(text)).score,
    }
    if find_spec("textblob"):
        blob = import_module("textblob").TextBlob
        found["textblob"] = lambda text: float(blob(text).sentiment.polarity)
    if find_spec("afinn"):
        afinn = import_module("afinn").Afinn(emoticons=True)
        found["afinn"] = lambda text: float(afinn.score(text))
    return found


def by_method(sets: dict[str, list[Judged]], methods: dict[str, Method]) -> str:
    rows = []
    for name, judged in sets.items():
        truth = [one.kind for one in judged]
        for title, method in methods.items():
            began = time.perf_counter()
            guessed = [kind_of(method(one.text)) for one in judged]
            rate = len(judged) / (time.perf_counter() - began)
            precision, recall = of_negative(truth, guessed)
            right = fmean(one == other for one, other in zip(truth, guessed, strict=True))
            shares = [f"{one:.2f}" for one in (right, macro_f1(truth, guessed), precision, recall)]
            speed = "" if title == "always neutral" else f"{rate:,.0f}"
            rows.append([name, f"{len(judged):,}", title, *shares, speed])
    head = ["set", "posts", "method", "accuracy", "macro-F1", "negative: precision", "recall", "posts/s"]
    return table(head, rows)


def kind_of(score: float) -> Kind:
    return "negative" if score <= -EITHER_WAY else "positive" if score >= EITHER_WAY else "neutral"


def macro_f1(truth: Sequence[object], guessed: Sequence[object]) -> float:
    return fmean(f1(truth, guessed, kind) for kind in dict.fromkeys([*truth, *guessed]))


def f1(truth: Sequence[object], guessed: Sequence[object], kind: object) -> float:
    both = sum(one == other == kind for one, other in zip(truth, guessed, strict=True))
    return 2 * both / max(1, sum(one == kind for one in truth) + sum(one == kind for one in guessed))


def of_negative(
    truth: Sequence[object], guessed: Sequence[object], kind: object = KINDS[0]
) -> tuple[float, float]:
    both = sum(one == other == kind for one, other in zip(truth, guessed, strict=True))
    called, are = sum(one == kind for one in guessed), sum(one == kind for one in truth)
    return both / max(1, called), both / max(1, are)


# Learning


def by_lesson(sets: dict[str, list[Judged]], ear: Ear, draws: int) -> str:
    rows = []
    for name, judged in sets.items():
        examples = [
            Example(words, ear.sounds(words), one.kind == "negative")
            for one in judged
            for words in [spoken(one.text)]
        ]
        for number in LEARNED_FROM:
            tried = [after_learning(examples, number, Random(draw)) for draw in range(draws if number else 1)]
            used = sum(one[0] for one in tried)
            means = [f"{fmean(one[at] for one in tried):.2f}" for at in (1, 2, 3)]
            gains = [f"{fmean(one[4] for one in tried):+.3f}", f"{min(one[4] for one in tried):+.3f}"]
            rows.append([name, str(number), f"{used} of {len(tried)}" if number else "", *means, *gains])
    head = ["set", "learned from", "used", "macro-F1", "negative: precision", "recall", "gain", "least gain"]
    return table(head, rows)


def after_learning(
    examples: list[Example], number: int, random: Random
) -> tuple[bool, float, float, float, float]:
    """Return whether what was learned is used, how well it does then on other posts, and what of that it gained."""
    drawn = random.sample(examples, min(len(examples), number + TRIED_ON))
    lesson, others = learn(drawn[:number]), drawn[number:]
    truth = [one.unhappy for one in others]
    lexicon = [one.sounds.score <= -EITHER_WAY for one in others]
    used = lesson is not None and lesson.better
    guessed = [sounds_unhappy(one, lesson) for one in others] if used else lexicon
    precision, recall = of_negative(truth, guessed, True)
    done = macro_f1(truth, guessed)
    return used, done, precision, recall, done - macro_f1(truth, lexicon)


def sounds_unhappy(example: Example, lesson: Lesson | None) -> bool:
    return lesson is not None and lesson.likely(example.words, example.sounds) >= 0.5


# Languages


def coverage(sets: dict[str, list[Judged]], ear: Ear) -> str:
    rows = []
    for name, judged in sets.items():
        found = Counter(ear.language(spoken(one.text), None, AMONG) for one in judged)
        others = len(judged) - found[SCORED] - found[UNKNOWN]
        shares = [f"{number / len(judged):.1%}" for number in (found[SCORED], found[UNKNOWN], others)]
        rows.append([name, f"{len(judged):,}", *shares])
    return table(["set (all English)", "posts", "scored", "language not told", "taken for another"], rows)


def languages(folder: Path, ear: Ear) -> str:
    """Return how well sentences of each language are told, "" where there are none."""
    rows = []
    for code in AMONG:
        path = next((one for one in folder.rglob(f"{code}.txt") if one.parent.name == SENTENCES), None)
        if path is None:
            continue
        lines = [line[:60] for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        found = Counter(ear.language(spoken(line), None, AMONG) for line in lines)
        shares = [f"{found[one] / len(lines):.1%}" for one in (code, UNKNOWN)]
        rows.append(
            [code, str(len(lines)), *shares, "" if code == SCORED else f"{found[SCORED] / len(lines):.1%}"]
        )
    return table(["language", "sentences", "told right", "not told", "taken for English"], rows) if rows else ""
