"""What an exported event calls those who took part: numbers, which say nothing of their cookies or of each other."""

from collections.abc import Iterable, Mapping

from wall.core.participant import AUTHOR, participant_of


class Guests:
    """The participants who wrote something, numbered in the order in which they are met."""

    def __init__(self) -> None:
        self.numbers: dict[str, str] = {}

    def meet(self, author: str) -> str:
        """Return what an author is called, by uid: a number for a participant, and for others what they are."""
        if participant_of(author) is None:
            return author
        return self.numbers.setdefault(author, f"{AUTHOR}guest-{len(self.numbers) + 1:06}")

    def met(self, author: str) -> str | None:
        """Return what an author is called; None for a participant of whom nothing is told."""
        return author if participant_of(author) is None else self.numbers.get(author)


def nameless(ballots: Iterable[str]) -> list[tuple[str, str]]:
    """Return the ballots of a poll, each with a number that is of this poll alone."""
    return [(f"{number:06}", ballot) for number, ballot in enumerate(sorted(ballots), start=1)]


def nameless_votes(votes: Mapping[str, Mapping[str, str]]) -> dict[str, list[tuple[str, str]]]:
    """Return, by question, the votes for it: who voted for two has one number there, which counts them once.

    `votes` has, by question and participant, when each was given.
    """
    given: dict[str, list[tuple[str, str]]] = {}
    for question in sorted(votes):
        for voter, at in votes[question].items():
            given.setdefault(voter, []).append((question, at))
    found: dict[str, list[tuple[str, str]]] = {}
    # By what they gave: whoever gave the same is the same to us, so these numbers are the same the next time.
    for number, one in enumerate(sorted(given.values()), start=1):
        for question, at in one:
            found.setdefault(question, []).append((f"{number:06}", at))
    return found
