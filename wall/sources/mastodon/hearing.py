"""Whether a live stream brings what polling of the same server finds. Pure.

Some servers open a stream and never send anything down it, others not for every script, and one may go silent with its
connection open: nothing but the posts that it leaves out tells.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from wall.sources.remembered import Remembered

GRACE = timedelta(seconds=30)
"""How long a post that polling found may still come by the stream; also how long after its start nothing counts."""
FEWEST_MISSED = 3
REMEMBERED = 1000


class Hearing:
    """What came by one server's live stream, and what should have come, by hashtag."""

    def __init__(self) -> None:
        self.opened_at: datetime | None = None
        self.heard_at: datetime | None = None
        self.heard: Remembered[str, None] = Remembered(REMEMBERED)
        self.found: Remembered[tuple[str, str], None] = Remembered(REMEMBERED)
        self.missed: dict[str, dict[str, datetime]] = {}
        self.given_up: tuple[str, ...] = ()

    def open(self, now: datetime) -> None:
        """Note that the stream begins, anew: what it left out before no longer counts."""
        self.opened_at, self.heard_at = now, None
        self.missed.clear()

    def close(self) -> None:
        """Note that the stream ended: what polling finds from now on, nobody could have heard."""
        self.opened_at = None
        self.missed.clear()

    def hear(self, local_id: str, now: datetime) -> None:
        """Note that the stream brought a post; the hashtags that it was missed under are not silent after all."""
        self.heard[local_id] = None
        self.heard_at, self.given_up = now, ()
        for missed in self.missed.values():
            if local_id in missed:
                missed.clear()

    def find(self, hashtag: str, written: Iterable[tuple[str, datetime]], now: datetime) -> None:
        """Note what polling found with a hashtag: the server's own ids, and when each post was written."""
        for local_id, written_at in written:
            if (hashtag, local_id) in self.found:
                continue
            self.found[hashtag, local_id] = None
            if self.opened_at is None or written_at <= self.opened_at or now - self.opened_at <= GRACE:
                continue
            missed = self.missed.setdefault(hashtag, {})
            if local_id in self.heard:
                missed.clear()
            elif len(missed) < REMEMBERED:
                missed[local_id] = now

    def silent(self, now: datetime) -> tuple[str, ...]:
        """Return the hashtags that the stream stays silent for, those that it was given up for before among them."""
        counted = [hashtag for hashtag in self.missed if len(self.due(hashtag, now)) >= FEWEST_MISSED]
        return tuple(dict.fromkeys((*self.given_up, *counted)))

    def is_deaf(self, now: datetime) -> bool:
        """Tell whether a hashtag is silent and nothing at all was heard since; the stream is worth nothing then."""
        begun = [min(due) for hashtag in self.missed if len(due := self.due(hashtag, now)) >= FEWEST_MISSED]
        return bool(begun) and (self.heard_at is None or self.heard_at < min(begun))

    def give_up(self, now: datetime) -> None:
        """Note that the stream is closed for its silence, which is told until something is heard again."""
        self.given_up = self.silent(now)
        self.close()

    def due(self, hashtag: str, now: datetime) -> list[datetime]:
        """Return when those posts were found that the stream has had its time for."""
        return [found_at for found_at in self.missed[hashtag].values() if now - found_at > GRACE]
