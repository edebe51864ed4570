"""What came of one batch of a source: what the organiser is told of it."""

from dataclasses import dataclass, field
from datetime import datetime

from wall.accept import Taken
from wall.core.post import Post
from wall.sources.base import Health


@dataclass(slots=True)
class Account:
    """Adds up one batch."""

    new: list[Post] = field(default_factory=list)
    edits: int = 0
    deletes: int = 0
    reasons: list[str] = field(default_factory=list)
    health: Health | None = None

    def took(self, taken: Taken) -> None:
        self.new.extend(taken.new)
        self.edits += len(taken.edited)

    @property
    def is_news(self) -> bool:
        return bool(self.new or self.edits or self.deletes or self.reasons or self.health)

    @property
    def error(self) -> str | None:
        return self.health.detail if self.health and self.health.state == "failing" else None

    def lags(self, since: datetime) -> list[float]:
        """Return how many seconds each new post was on its way, the newest first; older ones than `since` were not."""
        on_their_way = [post for post in self.new if post.created_at >= since]
        return [(post.received_at - post.created_at).total_seconds() for post in reversed(on_their_way)]
