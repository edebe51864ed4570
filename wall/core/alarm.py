"""The wave alarm: do posts, or rejections, come out of all proportion to how they came before?

Arrivals: the last minute against the thirty before it, by their median and their median absolute deviation (MAD),
which a wave cannot shift before it has lasted for half of them: the modified z-score of Iglewicz and Hoaglin (1993),
with 1.4826·MAD in place of the standard deviation, never taken as less than that of a Poisson process, √median.

Rejections: those of the last five minutes' decisions against the share in the half hour before, by the standard error
of a share.
"""

from collections import deque
from dataclasses import dataclass, field
from math import sqrt
from statistics import median
from typing import Literal

MINUTE = 60.0  # seconds
BEFORE_MINUTES = 30
DEVIATIONS = 6.0
LEAST_ARRIVALS = 15
"""In a minute: what one moderator reads in that time is no wave, however quiet it was before."""

REJECTIONS_MINUTES = 5
LEAST_REJECTIONS = 10
LEAST_SHARE = 0.5
SHARE_DEVIATIONS = 4.0
USUAL_SHARE = (1, 10)
"""One rejection in ten, as though ten decisions had been seen before the first one."""

KEPT_SECONDS = (BEFORE_MINUTES + REJECTIONS_MINUTES + 1) * MINUTE

What = Literal["arrivals", "rejections"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """What is out of the ordinary: how many came, how many usually do, and since when (seconds)."""

    what: What
    number: int
    usual: float
    since: float


@dataclass(slots=True)
class Watch:
    """What came to one event lately, and what is out of the ordinary about it. Times are seconds of any one clock."""

    arrivals: deque[float] = field(default_factory=deque)
    decisions: deque[tuple[float, bool]] = field(default_factory=deque)
    waves: dict[What, Wave] = field(default_factory=dict)

    def arrived(self, at: float) -> None:
        self.arrivals.append(at)

    def decided(self, at: float, *, rejected: bool) -> None:
        self.decisions.append((at, rejected))

    def look(self, now: float) -> list[Wave]:
        """Return what is out of the ordinary now. A wave is over once it is down to half of what raised it."""
        self._forget(now - KEPT_SECONDS)
        found = [self._arrivals(now), self._rejections(now)]
        self.waves = {wave.what: wave for wave in found if wave}
        return list(self.waves.values())

    def _arrivals(self, now: float) -> Wave | None:
        number, *before = self._per_minute(now)
        middle, limit = ordinary(before)
        was = self.waves.get("arrivals")
        if number < (limit / 2 if was else limit):
            return None
        return Wave(what="arrivals", number=number, usual=middle, since=was.since if was else now)

    def _rejections(self, now: float) -> Wave | None:
        start = now - REJECTIONS_MINUTES * MINUTE
        lately = [rejected for at, rejected in self.decisions if at > start]
        before = [rejected for at, rejected in self.decisions if at <= start]
        number = sum(lately)
        limit = many_rejections(before, len(lately))
        was = self.waves.get("rejections")
        if number < (limit / 2 if was else limit):
            return None
        usual = share(before) * len(lately)
        return Wave(what="rejections", number=number, usual=usual, since=was.since if was else now)

    def _per_minute(self, now: float) -> list[int]:
        """Return how many came in the last minute, and in each of those before it, newest first."""
        counts = [0] * (BEFORE_MINUTES + 1)
        for at in self.arrivals:
            minute = int((now - at) // MINUTE)
            if 0 <= minute <= BEFORE_MINUTES:
                counts[minute] += 1
        return counts

    def _forget(self, before: float) -> None:
        while self.arrivals and self.arrivals[0] < before:
            self.arrivals.popleft()
        while self.decisions and self.decisions[0][0] < before:
            self.decisions.popleft()


def ordinary(before: list[int]) -> tuple[float, float]:
    """Return the median of minutes, and the count from which another one is out of the ordinary."""
    middle = median(before)
    spread = median(abs(count - middle) for count in before)
    deviation = max(1.4826 * spread, sqrt(middle), 1.0)
    return middle, max(LEAST_ARRIVALS, middle + DEVIATIONS * deviation)


def share(before: list[bool]) -> float:
    """Return which share of decisions was a rejection, drawn to the usual one while there are few."""
    rejected, of = USUAL_SHARE
    return (sum(before) + rejected) / (len(before) + of)


def many_rejections(before: list[bool], decisions: int) -> float:
    """Return how many rejections among so many decisions are out of the ordinary."""
    usual = share(before)
    error = sqrt(decisions * usual * (1 - usual))
    return max(LEAST_REJECTIONS, LEAST_SHARE * decisions, usual * decisions + SHARE_DEVIATIONS * error)
