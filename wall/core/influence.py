"""Whom others listen to at an event: what the event itself shows. Followers are displayed elsewhere, and never count.

Distinct people who took somebody's posts up come first, a place in the network second; one busy admirer, a ring that
boosts itself, or two hundred posts that nobody takes up come to little. It says what happened, and foretells nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from wall.core.amplification import Acts, Pairs, Places, acts, pairs
from wall.core.ledger import Ledger
from wall.core.rings import closed_rings

Band = Literal["low", "some", "high"]
Shares = NDArray[np.float64]

WEIGHTS = {"people": 0.45, "connectors": 0.20, "h": 0.15, "groups": 0.10, "position": 0.10}
"""Judgement, not fitted; docs/insight.md prints them."""
CONNECTS = 3
"""Whoever is taken up by so many is a connector."""
HIGH_SHARE, HIGH_PEOPLE, SOME_PEOPLE = 0.95, 5, 2
DAMPING, ROUNDS = 0.85, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence:
    """What the event shows of somebody: how many vetted people took them up, how many of those are connectors.

    `groups` are networks with their languages that those people come from, `h` how many posts were passed on by as many
    people, `score` what orders people and is never shown.
    """

    author: str
    band: Band = "low"
    people: int = 0
    connectors: int = 0
    groups: int = 0
    h: int = 0
    score: float = 0


def influences(ledger: Ledger, *, vetted: Iterable[str] = ()) -> list[Influence]:
    """Return everybody who posted, those whom most listen to first.

    `vetted` are people known to be real besides those with posts on the wall: of old accounts, or on a list of guests.
    """
    size = len(ledger.names["author"])
    writers = np.unique(ledger.rows["author"][ledger.on_wall]).astype(np.int64)
    real = known_real(ledger, vetted)
    counted = without_rings(acts(ledger), size)
    taken = taken_up(counted, real)
    people = np.bincount(taken.authors, minlength=size)
    widely = people[taken.actors] >= CONNECTS
    measures = {
        "people": people,
        "connectors": np.bincount(taken.authors[widely], minlength=size),
        "h": h_index(counted, real, size),
        "groups": groups(ledger, taken, size),
        "position": position(pairs(counted), real),
    }
    shares = [weight * percentile(measures[name], writers) for name, weight in WEIGHTS.items()]
    score = np.zeros(size)
    score[writers] = np.sum(shares, axis=0)
    order = writers[np.lexsort((writers, -people[writers], -score[writers]))]
    return [
        Influence(
            author=ledger.name("author", place),
            band=band(int(people[place]), above / max(len(order), 1)),
            people=int(people[place]),
            connectors=int(measures["connectors"][place]),
            groups=int(measures["groups"][place]),
            h=int(measures["h"][place]),
            score=round(float(score[place]), 4),
        )
        for above, place in enumerate(order.tolist())
    ]


def listeners(ledger: Ledger, authors: Iterable[str], *, vetted: Iterable[str] = ()) -> dict[str, frozenset[str]]:
    """Return which people took each of some authors up, of those whom `influences` counts as doing so."""
    taken = taken_up(without_rings(acts(ledger), len(ledger.names["author"])), known_real(ledger, vetted))
    found = {}
    for author in authors:
        place = ledger.place("author", author)
        actors = taken.actors[taken.authors == place] if place else taken.actors[:0]
        found[author] = frozenset(ledger.name("author", one) for one in actors.tolist())
    return found


def known_real(ledger: Ledger, vetted: Iterable[str]) -> NDArray[np.bool_]:
    """Return who has posts on the wall, or is vetted otherwise, by place."""
    real = np.zeros(len(ledger.names["author"]), dtype=bool)
    real[ledger.rows["author"][ledger.on_wall]] = True
    real[[place for name in vetted if (place := ledger.place("author", name)) is not None]] = True
    return real


def taken_up(counted: Acts, real: NDArray[np.bool_]) -> Pairs:
    """Return which real people took up whom."""
    return pairs(only(counted, counted.taking_up & real[counted.actors]))


def band(people: int, above: float) -> Band:
    """Return a band, by how many took somebody up, and which share of all stands above them."""
    if people >= HIGH_PEOPLE and above < 1 - HIGH_SHARE:
        return "high"
    return "some" if people >= SOME_PEOPLE else "low"


def only(some: Acts, chosen: NDArray[np.bool_]) -> Acts:
    return Acts(some.actors[chosen], some.authors[chosen], some.rows[chosen], some.worth[chosen])


def without_rings(some: Acts, size: int) -> Acts:
    """Return acts without those inside a ring that nobody outside it takes up."""
    ring = closed_rings(some.actors, some.authors, size)
    inside = (ring[some.actors] == ring[some.authors]) & (ring[some.actors] >= 0)
    return only(some, ~inside)


def h_index(some: Acts, real: NDArray[np.bool_], size: int) -> Places:
    """Return for each author how many of their posts were passed on by at least as many vetted people."""
    chosen = (some.rows >= 0) & real[some.actors]
    each = np.unique(np.stack((some.authors[chosen], some.rows[chosen], some.actors[chosen])), axis=1)
    posts, times = np.unique(each[:2], axis=1, return_counts=True)
    found = np.zeros(size, dtype=np.int64)
    order = np.lexsort((-times, posts[0]))
    authors, descending = posts[0][order], times[order]
    starts = np.searchsorted(authors, authors)
    rank = np.arange(authors.size) - starts + 1
    np.maximum.at(found, authors, np.where(descending >= rank, rank, 0))
    return found


def groups(ledger: Ledger, taken: Pairs, size: int) -> Places:
    """Return from how many groups the people come who took somebody up: a network, and a language there."""
    rows = ledger.rows[ledger.on_wall]
    group = np.zeros(size, dtype=np.int64)
    group[rows["author"]] = rows["network"].astype(np.int64) << 16 | rows["language"]
    each = np.unique(np.stack((taken.authors, group[taken.actors])), axis=1)
    return np.bincount(each[0], minlength=size)


def position(all_pairs: Pairs, real: NDArray[np.bool_]) -> Shares:
    """Return a place in the network by PageRank (Page and Brin, 1998) that begins with vetted people only.

    Those who hang on a single other have none.
    """
    size = real.size
    start = real / max(real.sum(), 1)
    out = np.bincount(all_pairs.actors, all_pairs.weights, minlength=size)
    flow = all_pairs.weights / out[all_pairs.actors]
    rank = start.copy()
    for _turn in range(ROUNDS):
        given = np.bincount(all_pairs.authors, flow * rank[all_pairs.actors], minlength=size)
        rank = DAMPING * (given + rank[out == 0].sum() * start) + (1 - DAMPING) * start
    return np.where(in_core(all_pairs, size), rank, 0)


def in_core(all_pairs: Pairs, size: int) -> NDArray[np.bool_]:
    """Return who is tied to two others at least who are so, too (the 2-core)."""
    low, high = np.minimum(all_pairs.actors, all_pairs.authors), np.maximum(all_pairs.actors, all_pairs.authors)
    keys = np.unique(low << 32 | high)
    ends: Sequence[Places] = (keys >> 32, keys & 0xFFFFFFFF)
    while True:
        degree = np.bincount(ends[0], minlength=size) + np.bincount(ends[1], minlength=size)
        firm = degree >= 2
        kept = firm[ends[0]] & firm[ends[1]]
        if kept.all():
            return np.asarray(firm)
        ends = tuple(end[kept] for end in ends)


def percentile(values: NDArray[np.generic], of: Places) -> Shares:
    """Return which share of those people has less, in their order; nothing at all is 0."""
    mine = values[of]
    ordered = np.sort(mine)
    return np.searchsorted(ordered, mine, side="left") / max(mine.size, 1)
