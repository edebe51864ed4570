"""The servers of one source, how each fares, and what that makes of the whole."""

import random
from collections.abc import Sequence

from wall.core.backoff import delay
from wall.core.source import State
from wall.errors import SourceError
from wall.sources.base import Health

FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 60.0


class Places:
    """Keeps what is wrong with each of several servers; one failing is degraded, all failing is failing."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self.heard: set[str] = set()
        self.troubles: dict[str, SourceError] = {}
        self.shortfalls: dict[str, str] = {}
        self.told: Health | None = None

    def went_well(self, name: str) -> list[Health]:
        """Note that a server answers; returns the health if it is news."""
        return self.fell_short(name, "")

    def fell_short(self, name: str, words: str) -> list[Health]:
        """Note that a server answers, and in words what it keeps from us; returns the health if it is news."""
        self.heard.add(name)
        self.troubles.pop(name, None)
        self.shortfalls.pop(name, None)
        if words:
            self.shortfalls[name] = words
        return self.news()

    def went_wrong(self, name: str, error: SourceError) -> list[Health]:
        """Note what a server's trouble is; returns the health if it is news.

        Raises SourceError (permanent) once every server has refused for good.
        """
        self.troubles[name] = error
        if len(self.troubles) == len(self.names) and all(one.permanent for one in self.troubles.values()):
            raise SourceError(self.words(), permanent=True)
        return self.news()

    def news(self) -> list[Health]:
        health = self.health()
        if health == self.told:
            return []
        self.told = health
        return [health]

    def health(self) -> Health:
        blind_spots = tuple(
            dict.fromkeys(words for name, words in self.shortfalls.items() if name not in self.troubles)
        )
        if not self.troubles:
            state: State = "degraded" if blind_spots else "healthy"
            return Health(state, f"Reading {listed(sorted(self.heard))}.", blind_spots)
        if all(name in self.troubles for name in self.names):
            return Health("failing", self.words())
        others = [name for name in self.names if name not in self.troubles]
        rest = f" Still there: {listed(others)}." if others else ""
        return Health("degraded", f"{self.words()}{rest}", blind_spots)

    def words(self) -> str:
        return " ".join(dict.fromkeys(error.message for error in self.troubles.values()))


def listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def wait_seconds(
    attempt: int, error: SourceError | None = None, *, longest: float = LONGEST_WAIT_SECONDS
) -> float:
    """Return how long to wait before trying again: full jitter up to a minute, or what the server asked for."""
    if error is not None and error.retry_after is not None:
        return error.retry_after
    return delay(attempt, random.random, longest=longest, first=FIRST_WAIT_SECONDS)
