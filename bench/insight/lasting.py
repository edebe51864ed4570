"""How well “lasting” is told from “passed”: our rule, and the plain one, against what people said of the same posts.

    python -m bench.insight.lasting Tweets.csv

The file is the US airline posts of February 2015 with labels by people (14,485 different posts); docs/insight.md says
where it is. Whoever complains in two episodes that begin two hours apart, by those labels, is lastingly unhappy. The
weights of core/complaint.py were measured on one half of the authors; the other half says what they are worth.
"""

import argparse
import csv
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zlib import crc32

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from bench.figures import table
from wall.core.complaint import sureness, unhappy_rate
from wall.core.lasting import Sounding, course

NOT_WORDS = re.compile(r"@\w+|https?://\S+|#")
SOUNDS = -0.05
LATER = 2**32


@dataclass(frozen=True, slots=True)
class Labelled:
    """A post: who wrote it when, its words and their mood, and whether people called it unhappy."""

    author: str
    at: int
    text: str
    mood: float
    unhappy: bool


Rule = Callable[[Labelled], float]


def read(path: Path) -> list[Labelled]:
    vader = SentimentIntensityAnalyzer()
    posts = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            text = NOT_WORDS.sub("", row["text"])
            at = datetime.strptime(row["tweet_created"], "%Y-%m-%d %H:%M:%S %z").timestamp()
            mood = vader.polarity_scores(text)["compound"]
            posts[row["tweet_id"]] = Labelled(
                row["name"], int(at), text, mood, row["airline_sentiment"] == "negative"
            )
    return list(posts.values())


def lasting(posts: Sequence[Labelled], rule: Rule) -> set[str]:
    """Return who is lastingly unhappy by a rule that says how sure it is of a post."""
    by_author = defaultdict(list)
    for number, one in enumerate(posts):
        by_author[one.author].append(Sounding(str(number), one.at, rule(one)))
    return {name for name, theirs in by_author.items() if course(theirs, now=LATER).state == "lasting"}


def row(title: str, posts: Sequence[Labelled], rule: Rule) -> list[str]:
    truth, found = lasting(posts, lambda one: float(one.unhappy)), lasting(posts, rule)
    right = len(truth & found)
    precision, recall = right / len(found), right / len(truth)
    return [title, f"{precision:.3f} ({right} of {len(found)})", f"{recall:.3f} ({right} of {len(truth)})"]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("posts", type=Path, help="the file Tweets.csv")
    posts = read(options.parse_args().posts)
    rate = unhappy_rate(sum(one.mood <= SOUNDS for one in posts), len(posts))
    held_out = [one for one in posts if crc32(one.author.encode()) % 2]

    def ours(one: Labelled) -> float:
        return sureness(one.mood, one.text, rate=rate)

    def plain(one: Labelled) -> float:
        return float(one.mood <= SOUNDS)

    print(f"{len(posts)} posts by {len({one.author for one in posts})} people.")
    unhappy = sum(one.unhappy for one in posts) / len(posts)
    print(f"Unhappy: {unhappy:.3f} by people, {rate:.3f} estimated from how many sound so.\n")
    rows = [
        row("mood alone, everybody", posts, plain),
        row("mood alone, other half", held_out, plain),
        row("ours, everybody", posts, ours),
        row("ours, other half", held_out, ours),
    ]
    print(table(["", "precision", "recall"], rows))


if __name__ == "__main__":
    main()
