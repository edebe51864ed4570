"""Public posts whose moods people have judged, read from wherever their repositories lie below one folder."""

import csv
import io
import re
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal["negative", "neutral", "positive"]
KINDS: tuple[Kind, ...] = ("negative", "neutral", "positive")
MEAN_EITHER_WAY = 0.5


@dataclass(frozen=True, slots=True)
class Judged:
    """A post and what people call it."""

    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class PublicSet:
    """One set: what it is, in which repository, the file's name there, and how it is read."""

    name: str
    repository: str
    file: str
    read: Callable[[Path], Iterator[Judged]]

    def found(self, folder: Path) -> list[Judged] | None:
        """Return what the set holds, each text once; None where its file is nowhere below the folder."""
        path = next(iter(sorted(folder.rglob(self.file))), None)
        return list({one.text: one for one in self.read(path)}.values()) if path else None


def semeval(path: Path) -> Iterator[Judged]:
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        *_ids, kind, text = line.split("\t", 3)
        if kind in KINDS and text != "Not Available":
            yield Judged(re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text), kind)


def vader(path: Path) -> Iterator[Judged]:
    with tarfile.open(path) as archive:
        member = archive.extractfile("hutto_ICWSM_2014/tweets_GroundTruth.txt")
        lines = member.read().decode("utf-8", "replace").splitlines() if member else []
    for line in lines:
        _id, mean, text = line.split("\t", 2)
        rated = float(mean)
        yield Judged(
            text,
            "negative" if rated <= -MEAN_EITHER_WAY else "positive" if rated >= MEAN_EITHER_WAY else "neutral",
        )


def airline(path: Path) -> Iterator[Judged]:
    yield from columns(path, "text", "airline_sentiment")


def gop(path: Path) -> Iterator[Judged]:
    yield from columns(path, "text", "sentiment")


def sxsw(path: Path) -> Iterator[Judged]:
    yield from columns(path, "tweet_text", "is_there_an_emotion_directed_at_a_brand_or_product")


def columns(path: Path, text: str, kind: str) -> Iterator[Judged]:
    raw = path.read_bytes()
    try:
        decoded = raw.decode("utf-8")
    except UnicodeDecodeError:
        decoded = raw.decode("latin-1")
    for row in csv.DictReader(io.StringIO(decoded, newline=None)):
        said = (row[kind] or "").split(" ")[0].lower()
        found = "neutral" if said == "no" else said
        if found in KINDS and row[text]:
            yield Judged(row[text], found)


SETS = (
    PublicSet("SemEval 2013", "felipebravom/AffectiveTweets", "twitter-test-gold-B.tsv", semeval),
    PublicSet("VADER's own", "cjhutto/vaderSentiment", "hutto_ICWSM_2014.tar.gz", vader),
    PublicSet("airlines", "AbhinavBahuguna2002/Sentiment-Analysis-of-Tweets", "Tweets.csv", airline),
    PublicSet(
        "SXSW 2011", "LilianToo/NLP-Sentiment-Analysis-Project", "judge-1377884607_tweet_product_company.csv", sxsw
    ),
    PublicSet("#GOPDebate", "anchshar/RNN-sentiment-analysis", "GOP_REL_ONLY.csv", gop),
)
