"""Whether somebody's anger passes or lasts: observed over the hours, never foretold.

How angry a first post sounds says nothing about whether its author stays angry (AUC .49, docs/insight.md); that they
come back hours later and are unhappy still does. What is observed is one person's, across the accounts that are theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

MINUTE, HOUR = 60, 3_600

State = Literal["", "new", "flare", "passed", "lasting", "settled"]

TOGETHER = 30 * MINUTE
"""Posts no further apart are of one episode."""
APART = 2 * HOUR
"""Episodes that begin so far apart say that it lasts."""
QUIET = 6 * HOUR
"""So long after the last unhappy word it has passed."""
SURE = 0.5
"""From here on a post counts as unhappy."""
BOTH = 0.72
"""How sure two posts of two episodes must be together, one times the other, that it lasts."""


@dataclass(frozen=True, slots=True)
class Sounding:
    """A post of somebody: when it was written (seconds), and how sure it is that they were unhappy.

    1 and 0 are a moderator's word.
    """

    post: str
    at: int
    sure: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How it stands with somebody. `episodes` are when each began and ended, `posts` what they are told by.

    `again` says that they were unhappy once more after an answer of ours.
    """

    state: State = ""
    episodes: tuple[tuple[int, int], ...] = ()
    posts: tuple[str, ...] = ()
    again: bool = False

    @property
    def last(self) -> int:
        return self.episodes[-1][1] if self.episodes else 0


def course(
    soundings: Sequence[Sounding], *, now: int, answered: Sequence[int] = (), closed: int | None = None
) -> Course:
    """Return how it stands with the author of posts.

    `answered` are when we answered them, `closed` when a moderator said that it is settled; a later complaint opens it.
    """
    posts = sorted(soundings, key=lambda one: (one.at, one.post))
    unhappy = [one for one in posts if one.sure >= SURE]
    if not unhappy:
        return Course()
    found = episodes(unhappy)
    again = any(one.sure >= BOTH and any(time < one.at for time in answered) for one in unhappy)
    return Course(
        state=state(found, posts, now=now, again=again, closed=closed),
        episodes=tuple((one[0].at, one[-1].at) for one in found),
        posts=tuple(one.post for one in unhappy),
        again=again,
    )


def episodes(unhappy: Sequence[Sounding]) -> list[list[Sounding]]:
    """Return unhappy posts in order of time as episodes."""
    found: list[list[Sounding]] = []
    for one in unhappy:
        if found and one.at - found[-1][-1].at <= TOGETHER:
            found[-1].append(one)
        else:
            found.append([one])
    return found


def state(
    found: Sequence[Sequence[Sounding]], posts: Sequence[Sounding], *, now: int, again: bool, closed: int | None
) -> State:
    first, last = found[0][0].at, found[-1][-1].at
    if closed is not None and closed >= last:
        return "settled"
    if again or lasts(found):
        return "lasting"
    if now - last >= QUIET or any(one.at > last for one in posts):
        return "passed"
    return "new" if now - first < TOGETHER else "flare"


def lasts(found: Sequence[Sequence[Sounding]]) -> bool:
    """Tell whether two episodes that began far enough apart are both surely unhappy."""
    strongest = [(one[0].at, max(post.sure for post in one)) for one in found]
    return any(
        later - earlier >= APART and sure * still >= BOTH
        for (earlier, sure), (later, still) in combinations(strongest, 2)
    )


def warmth(soundings: Sequence[Sounding], *, now: int, half_life: int) -> float:
    """Return how warm it still is: unhappy posts, each worth half as much after every half-life."""
    each = [one.sure * 0.5 ** ((now - one.at) / half_life) for one in soundings if one.sure >= SURE]
    return float(sum(each))
