"""What came of a poll: its ballots, counted, as rows that can be shown and read out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from wall.core.ballot import all_choices
from wall.core.poll import Poll
from wall.core.words import _

WordState = Literal["shown", "waiting", "struck"]
MOST_SHOWN = 40
SIZES = 5
CROWD = 10
"""So many ballots of other browsers each, from one address within a minute, are worth a look."""


@dataclass(frozen=True, slots=True)
class Word:
    """How a word of a poll stands: as it was written when it was judged, and whether it may be seen."""

    said: str
    state: WordState = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What is kept of a poll's ballots: how many people voted, and how often each choice was made.

    `words` says how words stand, by their folded form; `crowds` how many first ballots came together.
    """

    voters: int = 0
    tally: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, Word] = field(default_factory=dict)
    crowds: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One answer: how many gave it, of 100 voters, and its size from 1 to 5 among the others."""

    choice: str
    label: str
    number: int
    percent: int
    size: int


@dataclass(frozen=True, slots=True)
class Results:
    """The rows of a poll in the order in which they are shown; `median` is of a scale that somebody voted on."""

    voters: int
    rows: tuple[Row, ...]
    median: float | None = None


def results(poll: Poll, counted: Counted) -> Results:
    """Return the results of a poll. Words come by their number, and only those that may be seen."""
    if poll.kind == "words":
        shown = {folded: word.said for folded, word in counted.words.items() if word.state == "shown"}
        return Results(counted.voters, ranked(shown, counted))
    labels = dict(zip(all_choices(poll), labels_of(poll), strict=True))
    rows = tuple(row(choice, label, counted) for choice, label in labels.items())
    return Results(counted.voters, rows, median(counted.tally) if poll.kind == "scale" else None)


def ranked(said: Mapping[str, str], counted: Counted, *, most: int = MOST_SHOWN) -> tuple[Row, ...]:
    """Return some words, the commonest first and the same always in the same order."""
    found = sorted(
        (folded for folded in said if counted.tally.get(folded)), key=lambda one: (-counted.tally[one], one)
    )
    return tuple(row(folded, said[folded], counted, among=said) for folded in found[:most])


def row(choice: str, label: str, counted: Counted, *, among: Iterable[str] | None = None) -> Row:
    number = counted.tally.get(choice, 0)
    largest = max((counted.tally.get(one, 0) for one in (among or counted.tally)), default=0)
    percent = (200 * number + counted.voters) // (2 * counted.voters) if counted.voters else 0
    return Row(choice, label, number, percent, -(-SIZES * number // largest) if number else 1)


def labels_of(poll: Poll) -> tuple[str, ...]:
    """Return how the answers of a poll are called; the ends of a scale have words of their own."""
    if poll.kind != "scale":
        return poll.options
    ends = {1: poll.low, poll.points: poll.high}
    return tuple(
        f"{point} – {ends[point]}" if ends.get(point) else str(point) for point in range(1, poll.points + 1)
    )


def median(tally: Mapping[str, int]) -> float | None:
    """Return the point in the middle of all that were chosen, or what is between the two in the middle."""
    points = sorted((int(point), number) for point, number in tally.items() if number > 0)
    total = sum(number for _, number in points)
    if not total:
        return None
    return (nth(points, (total - 1) // 2) + nth(points, total // 2)) / 2


def nth(points: Iterable[tuple[int, int]], place: int) -> int:
    """Return which point has a place, counted from 0, in a line of all ballots."""
    for point, number in points:
        if place < number:
            return point
        place -= number
    raise IndexError(place)


def recount(ballots: Iterable[Iterable[str]]) -> dict[str, int]:
    """Return the tally of ballots, counted one by one."""
    found: dict[str, int] = {}
    for ballot in ballots:
        for choice in ballot:
            found[choice] = found.get(choice, 0) + 1
    return found


def suspicion(counted: Counted) -> str:
    """Return, in words for the staff, what looks as if somebody voted often; empty when nothing does."""
    largest = max(counted.crowds, default=0)
    if largest < CROWD:
        return ""
    return _(
        "%(number)s of %(voters)s ballots came from one address within one minute, each by a browser that was "
        "new here, not ten minutes old. Where a hall with one network has just come in, that is usual; otherwise, "
        "somebody may have voted often.",
        number=largest,
        voters=counted.voters,
    )


def word_state(text: str) -> WordState:
    return next((state for state in get_args(WordState) if state == text), "waiting")
