"""Who took up whose posts at an event: by passing on, answering and mentioning, out of its ledger."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wall.core.ledger import NONE, Chosen, Ledger, TieKind

Places = NDArray[np.int64]

WORTH: dict[TieKind, int] = {"amplified by": 3, "answers": 2, "mentions": 1}
TAKEN_UP: tuple[TieKind, ...] = ("amplified by", "answers")
"""What amplifies somebody; to be mentioned is less."""


@dataclass(frozen=True, slots=True)
class Acts:
    """What people did with posts of others: one entry an act. `actors` and `authors` are places of names.

    `rows` are the posts that were passed on, -1 for other acts; `worth` is what an act counts.
    """

    actors: Places
    authors: Places
    rows: Places
    worth: Places

    @property
    def taking_up(self) -> NDArray[np.bool_]:
        return np.asarray(self.worth >= min(WORTH[kind] for kind in TAKEN_UP))


def acts(ledger: Ledger, chosen: Chosen | None = None) -> Acts:
    """Return every act with a post on the wall, or with those chosen; what people do with their own posts is none."""
    within = ledger.on_wall if chosen is None else chosen
    of_post = ledger.rows["author"].astype(np.int64)
    parts = []
    for kind, worth in WORTH.items():
        ties = ledger.of_kind(kind, within)
        rows, to = ties["row"].astype(np.int64), ties["to"].astype(np.int64)
        if kind == "mentions":
            to = known_as(ledger)[to]
        actors, authors = (to, of_post[rows]) if kind == "amplified by" else (of_post[rows], to)
        passed_on = rows if kind == "amplified by" else np.full(rows.size, -1)
        parts.append((actors, authors, passed_on, np.full(rows.size, worth)))
    actors, authors, rows, worths = (np.concatenate(column) for column in zip(*parts, strict=True))
    others = (actors != authors) & (actors != NONE) & (authors != NONE)
    return Acts(actors[others], authors[others], rows[others], worths[others])


def known_as(ledger: Ledger) -> Places:
    """Return which author each handle is, by its place; NONE for one that nobody here goes by."""
    found = np.full(len(ledger.names["handle"]), NONE)
    ties = ledger.of_kind("known as", ledger.on_wall)
    found[ties["to"]] = ledger.rows["author"][ties["row"]]
    return found


@dataclass(frozen=True, slots=True)
class Pairs:
    """Acts by who and whose: each pair once, with what it weighs. Those who repeat themselves count little more."""

    actors: Places
    authors: Places
    weights: NDArray[np.float64]


def pairs(all_acts: Acts) -> Pairs:
    """Return acts as pairs; a pair weighs its worth, times one and the binary logarithm of how often."""
    keys = np.stack((all_acts.actors, all_acts.authors, all_acts.worth))
    each, times = np.unique(keys, axis=1, return_counts=True)
    weights = each[2] * (1 + np.log2(times))
    both, which = np.unique(each[0] << 32 | each[1], return_inverse=True)
    return Pairs(both >> 32, both & 0xFFFFFFFF, np.bincount(which, weights, minlength=both.size).astype(float))
