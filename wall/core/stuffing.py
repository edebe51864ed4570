"""Votes that may be one person's: seen by where they came from and how they came together, and told in words.

Nobody's vote is taken away for it. A hall behind one address looks the same, so a moderator is told and decides.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from wall.core.words import _

FEWEST = 5
"""Fewer votes than this prove nothing."""
TOGETHER = timedelta(minutes=2)
MORE_THAN_USUAL = 2.0
"""An address stands out that has so many times the share it has among all votes of the event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One person's vote for a question. `mark` tells addresses apart and says none of them."""

    by: str
    at: datetime
    mark: str


def suspicions(votes: Mapping[str, Sequence[Vote]]) -> dict[str, list[str]]:
    """Return what is odd about the votes of each question, by its id; nothing for one that is like the others."""
    usual = Counter(one.mark for some in votes.values() for one in some)
    total = usual.total()
    given = Counter(one.by for some in votes.values() for one in some)
    found: dict[str, list[str]] = {}
    for id, some in votes.items():
        words = [*from_one_address(some, usual, total), *newcomers(some, given)]
        if words:
            found[id] = words
    return found


def from_one_address(votes: Sequence[Vote], usual: Counter[str], total: int) -> list[str]:
    """Say that many votes came from one address, which is no other's for the rest of the event."""
    counted = Counter(one.mark for one in votes)
    for mark, count in counted.most_common(1):
        share, elsewhere = count / len(votes), (usual[mark] - count) / max(1, total - len(votes))
        if count >= FEWEST and share >= 0.5 and share > MORE_THAN_USUAL * elsewhere:
            return [
                _(
                    "%(count)s of %(votes)s votes came from one address, which is rare among the other votes.",
                    count=count,
                    votes=len(votes),
                )
            ]
    return []


def newcomers(votes: Sequence[Vote], given: Counter[str]) -> list[str]:
    """Say that many came within minutes from people who voted for nothing else."""
    times = sorted(one.at for one in votes if given[one.by] == 1)
    most = max((bisect_right(times, time + TOGETHER) - place for place, time in enumerate(times)), default=0)
    if most < FEWEST or most * 2 < len(votes):
        return []
    minutes = int(TOGETHER.total_seconds() // 60)
    return [
        _(
            "%(most)s of %(votes)s votes came within %(minutes)s minutes, from people who voted for nothing else.",
            most=most,
            votes=len(votes),
            minutes=minutes,
        )
    ]
