"""Which post to answer first: points that add up, each a reason in words, so that a moderator can foretell the order.

Safety comes before all else, what lasts before what passes, and how much somebody is listened to decides among equals
only. Nothing here is shown to the public.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from wall.core.influence import Band
from wall.core.lasting import HOUR, MINUTE, State
from wall.core.words import Words, _, ngettext

Progress = Literal["open", "answered", "waiting", "closed"]
"""Where a case stands: nobody answered yet, we did, we wait for their word, or nothing is left to do."""

PROMPT, LATE = 15 * MINUTE, 60 * MINUTE
MANY = 3
"""So many different people are no accident."""

LASTING: dict[State, int] = {"lasting": 4, "new": 1, "passed": -3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is known of somebody who may want an answer; `since` is when the oldest post without an answer was written.

    `asks` says that they ask something of us, `problem` what can be mended, as they call it, `safety` which word of
    danger or access they used. `affected` are the people with the same problem, `rising` those who took the post up
    within half an hour. `helped` says that somebody else answered, `elsewhere` that they speak to a speaker.
    """

    post: str
    since: int
    asks: bool = False
    problem: str = ""
    safety: str = ""
    state: State = ""
    affected: int = 1
    rising: int = 0
    helped: bool = False
    elsewhere: bool = False
    band: Band = "low"


@dataclass(frozen=True, slots=True)
class Reason:
    """Points, and what for."""

    points: int
    words: Words


@dataclass(frozen=True, slots=True)
class Turn:
    """A case with the reasons for its place."""

    case: Case
    reasons: tuple[Reason, ...]

    @property
    def points(self) -> int:
        return sum(one.points for one in self.reasons)


def triage(cases: Iterable[Case], *, now: int) -> list[Turn]:
    """Return cases in the order in which they want an answer; of equals, the oldest first."""
    turns = [Turn(case, tuple(reasons(case, now=now))) for case in cases]
    return sorted(turns, key=place)


def place(turn: Turn) -> tuple[bool, int, bool, int, str]:
    case = turn.case
    return not case.safety, -turn.points, case.band != "high", case.since, case.post


def reasons(case: Case, *, now: int) -> list[Reason]:
    """Return what speaks for a case and against it, the weightiest first."""
    found = [
        Reason(points, words)
        for points, words in (*urgent(case), *standing(case), *time(case, now), *around(case))
    ]
    return sorted(found, key=lambda one: -abs(one.points))


def urgent(case: Case) -> Iterable[tuple[int, Words]]:
    if case.safety:
        yield 10, _("It is about safety or access: “%(word)s”", word=case.safety)
    if case.asks:
        yield 3, _("It asks us something")
    if case.problem:
        yield 3, _("It names something that can be mended: “%(word)s”", word=case.problem)


def standing(case: Case) -> Iterable[tuple[int, Words]]:
    match case.state:
        case "lasting":
            yield LASTING["lasting"], _("They were unhappy before, hours ago or after our answer")
        case "new":
            yield LASTING["new"], _("Their first unhappy words, within half an hour")
        case "passed":
            yield LASTING["passed"], _("It seems to have passed by itself")


def time(case: Case, now: int) -> Iterable[tuple[int, Words]]:
    waits = now - case.since
    if waits > LATE:
        hours = round(waits / HOUR)
        yield 2, ngettext("Unanswered for about %(num)s hour", "Unanswered for about %(num)s hours", hours)
    elif waits > PROMPT:
        minutes = waits // MINUTE
        yield 1, ngettext("Unanswered for %(num)s minute", "Unanswered for %(num)s minutes", minutes)


def around(case: Case) -> Iterable[tuple[int, Words]]:
    if case.affected >= MANY:
        yield (
            3,
            ngettext("%(num)s person has the same problem", "%(num)s people have the same problem", case.affected),
        )
    if case.rising >= MANY:
        yield (
            2,
            ngettext(
                "%(num)s person took it up within half an hour",
                "%(num)s people took it up within half an hour",
                case.rising,
            ),
        )
    if case.helped:
        yield -2, _("Somebody else answered already")
    if case.elsewhere:
        yield -1, _("It speaks to a speaker rather than to us")
    if case.band == "high":
        yield 0, _("Many people listen to them: it goes before its equals")
