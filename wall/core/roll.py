"""The roll of an event: what stands on its wall, counted as it comes and goes, so that asking costs nothing."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest

from wall.core.answering import is_answer
from wall.core.finding import asks
from wall.core.moderation import Standing


@dataclass(frozen=True, slots=True)
class Said:
    """What the roll knows of a post: whose it is, how it came, since when it is there, whether it asks or is pinned."""

    id: str
    author: str
    network: str
    at: datetime
    asks: bool
    pinned: bool


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who has posts on the wall: since when, and which came last."""

    author: str
    first: datetime
    last: datetime
    post_id: str


class Roll:
    """Everything on the wall of one event. `put` a post as it stands, whatever became of it; in any order."""

    def __init__(self) -> None:
        self.said: dict[str, Said] = {}
        self.networks: Counter[str] = Counter()
        self._times: list[datetime] = []
        self._by_author: dict[str, list[tuple[datetime, str]]] = {}
        self._questions: dict[str, datetime] = {}

    def put(self, standing: Standing) -> None:
        """Take in a post as it stands now: one that is not on the wall is not on the roll."""
        self.drop(standing.post.id)
        if not standing.visible or is_answer(standing.post):
            return
        post = standing.post
        at = standing.approved_at or post.received_at
        said = Said(post.id, post.author.uid, post.source.kind, at, asks(post), standing.pinned)
        self.said[said.id] = said
        self.networks[said.network] += 1
        insort(self._times, at)
        insort(self._by_author.setdefault(said.author, []), (at, said.id))
        if said.asks:
            self._questions[said.id] = at

    def drop(self, id: str) -> None:
        """Forget a post, if it is known."""
        said = self.said.pop(id, None)
        if said is None:
            return
        self.networks -= Counter({said.network: 1})
        del self._times[bisect_left(self._times, said.at)]
        self._questions.pop(id, None)
        theirs = self._by_author[said.author]
        theirs.remove((said.at, id))
        if not theirs:
            del self._by_author[said.author]

    # Asking

    @property
    def posts(self) -> int:
        return len(self.said)

    @property
    def people(self) -> int:
        return len(self._by_author)

    def between(self, start: datetime, end: datetime) -> int:
        """Return how many posts came on the wall from one moment until before another."""
        return bisect_left(self._times, end) - bisect_left(self._times, start)

    def since(self, start: datetime) -> int:
        return len(self._times) - bisect_left(self._times, start)

    @property
    def began(self) -> datetime | None:
        """When the oldest post of those on the wall came; None while it is bare."""
        return self._times[0] if self._times else None

    def voices(self, most: int) -> list[Voice]:
        """Return who has posts on the wall, once each, who spoke last first."""
        return nlargest(most, self._all_voices(), key=lambda one: (one.last, one.post_id))

    def questions(self, since: datetime) -> list[str]:
        """Return the ids of the posts that ask and came since, or are pinned, oldest first."""
        found = [(at, id) for id, at in self._questions.items() if at >= since or self.said[id].pinned]
        return [id for _, id in sorted(found)]

    def _all_voices(self) -> Iterator[Voice]:
        for author, theirs in self._by_author.items():
            yield Voice(author, theirs[0][0], *theirs[-1])
