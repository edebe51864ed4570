"""The conversation of an event as a network: who took up whom, as a picture that is the same for the same posts."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wall.core.amplification import Pairs, Places, acts, pairs
from wall.core.ledger import EVERYTHING, Ledger, Scope

MOST_PEOPLE = 150
ROUNDS = 200
COOLING = 0.02
Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Somebody in the picture, from 0 to 1 across and down.

    `people` are those who took them up, `posts` what they wrote, `group` the number of those they talk with most.
    """

    author: str
    x: float
    y: float
    posts: int
    people: int
    group: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Strand:
    """One person taking up another, by their places among the speakers; `weight` grows slowly with how often."""

    actor: int
    author: int
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """The picture. `left_out` are people who are in the conversation and not in the picture."""

    speakers: tuple[Speaker, ...] = ()
    strands: tuple[Strand, ...] = ()
    left_out: int = 0


def conversation(ledger: Ledger, scope: Scope = EVERYTHING, *, most: int = MOST_PEOPLE) -> Conversation:
    """Return the network of those who are tied to most others, within a scope."""
    within = ledger.within(scope) & ledger.on_wall
    found = pairs(acts(ledger, within))
    size = len(ledger.names["author"])
    degree = np.bincount(found.actors, minlength=size) + np.bincount(found.authors, minlength=size)
    talking = np.flatnonzero(degree)
    kept = talking[np.lexsort((talking, -degree[talking]))][:most]
    if not kept.size:
        return Conversation()
    kept.sort()
    inner = among(found, kept)
    places = laid_out(kept.size, inner)
    group = groups(kept.size, inner)
    posts = np.bincount(ledger.rows["author"][within].astype(np.int64), minlength=size)
    people = np.bincount(found.authors, minlength=size)
    return Conversation(
        speakers=tuple(
            Speaker(
                author=ledger.name("author", int(place)),
                x=round(float(x), 4),
                y=round(float(y), 4),
                posts=int(posts[place]),
                people=int(people[place]),
                group=int(group[number]),
            )
            for number, (place, (x, y)) in enumerate(zip(kept, places, strict=True))
        ),
        strands=tuple(
            Strand(actor=actor, author=author, weight=round(weight, 2))
            for actor, author, weight in zip(
                inner.actors.tolist(), inner.authors.tolist(), inner.weights.tolist(), strict=True
            )
        ),
        left_out=int(talking.size - kept.size),
    )


def ties(shown: Conversation) -> list[Strand]:
    """Return who talks with whom, each two people once, whoever began."""
    weights: dict[tuple[int, int], float] = {}
    for one in shown.strands:
        both = min(one.actor, one.author), max(one.actor, one.author)
        weights[both] = weights.get(both, 0) + one.weight
    return [Strand(actor=one, author=other, weight=weight) for (one, other), weight in weights.items()]


def partners(shown: Conversation, *, most: int) -> list[list[int]]:
    """Return for each speaker whom they talk with, those most of it is with first, by their places."""
    found: list[list[tuple[float, int]]] = [[] for _speaker in shown.speakers]
    for tie in ties(shown):
        found[tie.actor].append((-tie.weight, tie.author))
        found[tie.author].append((-tie.weight, tie.actor))
    return [[place for _weight, place in sorted(one)[:most]] for one in found]


def among(found: Pairs, kept: Places) -> Pairs:
    """Return pairs of people who are both kept, by their places among them."""
    inside = np.isin(found.actors, kept) & np.isin(found.authors, kept)
    return replace(
        found,
        actors=np.searchsorted(kept, found.actors[inside]),
        authors=np.searchsorted(kept, found.authors[inside]),
        weights=found.weights[inside],
    )


def laid_out(size: int, inner: Pairs) -> Points:
    """Return where people stand, each from 0 to 1: those who talk come together, all others keep apart.

    By forces (Fruchterman and Reingold, “Graph drawing by force-directed placement”, 1991), from a fixed spiral, so
    that nothing is drawn by lot.
    """
    turns = np.arange(size) * np.pi * (3 - np.sqrt(5))
    points: Points = np.sqrt((np.arange(size) + 0.5) / size)[:, None] * np.stack(
        (np.cos(turns), np.sin(turns)), axis=1
    )
    length = np.sqrt(4 / max(size, 1))
    pull = np.zeros((size, size))
    np.add.at(pull, (inner.actors, inner.authors), np.sqrt(inner.weights))
    pull += pull.T
    for turn in range(ROUNDS):
        apart = points[:, None, :] - points[None, :, :]
        distance = np.maximum(np.linalg.norm(apart, axis=2), 0.01)
        push = length**2 / distance**2 - pull * distance / length
        np.fill_diagonal(push, 0)
        force = (apart * push[:, :, None]).sum(axis=1) - 0.5 * points
        strength = np.maximum(np.linalg.norm(force, axis=1, keepdims=True), 1e-9)
        points = points + force / strength * np.minimum(strength, 0.3 * (1 - turn / ROUNDS) + COOLING)
    low, high = points.min(axis=0), points.max(axis=0)
    return np.asarray((points - low) / np.maximum(high - low, 1e-9)) if size > 1 else np.full((1, 2), 0.5)


def groups(size: int, inner: Pairs) -> Places:
    """Return which group each is of, by numbers from the largest group on: the one that most of their talk is with.

    Labels are passed on (Raghavan, Albert and Kumara, 2007) in a fixed order, until nobody changes.
    """
    label = np.arange(size)
    weight = np.zeros((size, size))
    np.add.at(weight, (inner.actors, inner.authors), inner.weights)
    weight += weight.T
    for _turn in range(ROUNDS):
        before = label.copy()
        for one in range(size):
            if weight[one].any():
                heard = np.bincount(label, weight[one], minlength=size)
                label[one] = label[one] if heard[label[one]] == heard.max() else int(np.argmax(heard))
        if (label == before).all():
            break
    names, sizes = np.unique(label, return_counts=True)
    rank = {name: place for place, name in enumerate(names[np.lexsort((names, -sizes))].tolist())}
    return np.array([rank[name] for name in label.tolist()])
