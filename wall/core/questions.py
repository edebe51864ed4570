"""In which order questions are shown: by votes, so that none is buried for being late; or, without votes, in turn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt

from wall.core.question import QuestionState

Z = 1.96
"""Standard deviations on either side of a mean within which 95 of 100 lie."""
FEWEST = 8
"""A question is ranked as if so many voters had seen it at least, so that one vote of one is not a landslide."""
SLOT = 2
"""The place, counted from 0, that the newest question has if its votes give it none further up."""

MOST = 12
NEWEST = 4
TURN = timedelta(minutes=2)
"""After so long the others have moved on by as many as there is room for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How a question stands with the voters.

    `votes` are of different people. `exposed` is how many people voted for anything in its session since it was there,
    so it is about how many have had it before them; `since` is when it came.
    """

    id: str
    votes: int
    exposed: int
    since: datetime
    state: QuestionState = "open"

    @property
    def bound(self) -> float:
        return lower_bound(self.votes, max(self.exposed, FEWEST))


def lower_bound(votes: int, exposed: int) -> float:
    """Return the share of voters that surely want a question: the lower end of the Wilson score interval.

    Edwin B. Wilson, “Probable inference, the law of succession, and statistical inference”, Journal of the American
    Statistical Association 22 (1927). Five votes of the ten who were there since it came are worth more than ten of a
    hundred, and hardly less than fifty of a hundred: what counts is the share, held back as long as few have voted.
    """
    exposed = max(exposed, votes)
    if not exposed:
        return 0.0
    share = votes / exposed
    spread = Z * sqrt((share * (1 - share) + Z * Z / (4 * exposed)) / exposed)
    return max(0.0, (share + Z * Z / (2 * exposed) - spread) / (1 + Z * Z / exposed))


def ranked(tallies: Sequence[Tally]) -> list[Tally]:
    """Return questions in the order to ask them: the one being answered, then by votes, answered ones last.

    Among equals what fewest have seen comes first. The newest is within the first ones, so that it can be found at all.
    """
    answering = newest_first(one for one in tallies if one.state == "answering")
    waiting = sorted(
        (one for one in tallies if one.state == "open"),
        key=lambda one: (-one.bound, one.exposed, one.since, one.id),
    )
    answered = newest_first(one for one in tallies if one.state == "answered")
    newest = max(waiting, key=lambda one: (one.since, one.id), default=None)
    if newest and waiting.index(newest) > SLOT:
        waiting.remove(newest)
        waiting.insert(SLOT, newest)
    return [*answering, *waiting, *answered]


def newest_first(tallies: Iterable[Tally]) -> list[Tally]:
    return sorted(tallies, key=lambda one: (one.since, one.id), reverse=True)


def in_turn(ids: Sequence[str], now: datetime, *, most: int = MOST) -> list[str]:
    """Return some of the questions, which come oldest first: the newest, and between them others, the oldest first.

    Whatever the number, each is among them for its turn; every screen that asks in the same minutes is given the same.
    """
    if len(ids) <= most:
        return alternately(ids)
    newest, others = list(ids[-NEWEST:]), ids[:-NEWEST]
    room = most - NEWEST
    start = int(now.timestamp() // TURN.total_seconds()) * room % len(others)
    turn = [others[(start + place) % len(others)] for place in range(room)]
    return alternately([*turn, *newest])


def alternately(ids: Sequence[str]) -> list[str]:
    """Return the newest, the oldest, the next newest, and so on."""
    rest = list(ids)
    found: list[str] = []
    while rest:
        found.append(rest.pop(-1 if len(found) % 2 == 0 else 0))
    return found
