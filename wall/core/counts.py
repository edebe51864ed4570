"""Counting many small numbers at once: how often each occurs, with how many people, the most, the middle, the spread.

Places of names are small and close together, so that counting is one pass without sorting wherever that fits.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

TOP = 10
MOST_CELLS = 1 << 26
"""Cells that a table of marks may have, a byte each; pairs that would need more are sorted."""

Numbers = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Count:
    """How many posts something has, and of how many people they are."""

    posts: int = 0
    people: int = 0


@dataclass(frozen=True, slots=True)
class Wait:
    """How long something took, in seconds: half of all were faster than the median, nine of ten than `most`."""

    number: int = 0
    median: float = 0
    most: float = 0


def counted(values: Numbers) -> tuple[Numbers, Numbers]:
    """Return the values that there are, in order, and how often each."""
    if not values.size:
        return np.array([], dtype=np.int64), np.array([], dtype=np.int64)
    least = int(values.min())
    if int(values.max()) - least > 4 * values.size + 1_000:
        found, numbers = np.unique(values, return_counts=True)
        return found.astype(np.int64), numbers
    numbers = np.bincount(values if least == 0 else values - values.dtype.type(least))
    found = np.flatnonzero(numbers)
    return found + least, numbers[found]


def distinct(ones: Numbers, others: Numbers) -> tuple[Numbers, Numbers]:
    """Return each pair of two numbers below 2**32 once."""
    if not ones.size:
        return ones, others
    pairs = ones.astype(np.int64) << 32 | others
    if not (pairs[1:] > pairs[:-1]).all():
        pairs.sort()
        pairs = pairs[np.concatenate(([True], pairs[1:] != pairs[:-1]))]
    return pairs >> 32, pairs & 0xFFFFFFFF


def people_of(places: Numbers, authors: Numbers) -> Numbers:
    """Return of how many people each place is, by place."""
    width, height = int(authors.max()) + 1, int(places.max()) + 1
    if width * height > MOST_CELLS:
        return np.bincount(distinct(places, authors)[0], minlength=height)
    marks = np.zeros(width * height, dtype=bool)
    marks[places.astype(np.int64) * width + authors] = True
    return np.asarray(np.count_nonzero(marks.reshape(height, width), axis=1))


def most(places: Numbers, numbers: Numbers, *, many: int = TOP) -> list[tuple[int, int]]:
    """Return the places with the highest numbers, the highest first; of equals, the one known longer."""
    if numbers.size > 10 * many:
        high = np.flatnonzero(numbers >= np.partition(numbers, -many)[-many])
        places, numbers = places[high], numbers[high]
    order = np.lexsort((places, -numbers))[:many]
    return list(zip(places[order].tolist(), numbers[order].tolist(), strict=True))


def by(places: Numbers, authors: Numbers) -> dict[int, Count]:
    """Return posts and people for each place, the most posts first."""
    if not places.size:
        return {}
    found, posts = counted(places)
    people = people_of(places, authors)
    return {place: Count(number, int(people[place])) for place, number in most(found, posts, many=len(found))}


def most_used(
    places: Numbers, authors: Numbers, *, many: int = TOP, leaving_out: Collection[int] = ()
) -> list[tuple[int, Count]]:
    """Return the places of most people, with posts and people; of equals, that of more posts, the one known longer."""
    if not places.size:
        return []
    posts, people = np.bincount(places), people_of(places, authors)
    people[[place for place in leaving_out if place < people.size]] = 0
    found = np.flatnonzero(people)
    if found.size > 10 * many:
        found = found[people[found] >= np.partition(people[found], -many)[-many]]
    order = np.lexsort((found, -posts[found], -people[found]))[:many]
    return [(int(place), Count(int(posts[place]), int(people[place]))) for place in found[order]]


def reaching(descending: Numbers, percent: int) -> int:
    """Return how many of the most active wrote so many of a hundred posts."""
    return int(np.searchsorted(np.cumsum(descending) * 100, percent * descending.sum()) + 1)


def gini(descending: Numbers) -> float:
    """Return the Gini coefficient of numbers: 0 where all are equal, near 1 where one has everything."""
    ascending = descending[::-1].astype(float)
    size, total = ascending.size, ascending.sum()
    return float((2 * (np.arange(1, size + 1) * ascending).sum()) / (size * total) - (size + 1) / size)


def wait(seconds: Numbers) -> Wait:
    """Return how long it took; what would have ended before it began took no time."""
    known = np.maximum(seconds, 0)
    if not known.size:
        return Wait()
    median, late = np.percentile(known, (50, 90)).tolist()
    return Wait(int(known.size), median, late)
