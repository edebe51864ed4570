"""Posts that go on the wall by themselves, by when: those that wait for the end of their delay."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from wall.core.delay import release, stop
from wall.core.event import Event
from wall.core.moderation import Standing
from wall.store.change import BEFORE_CHANGE, OUTDATED, change_call
from wall.store.codec import decode
from wall.store.database import Call, Database, Script
from wall.store.event_slugs import slugs_with
from wall.store.feeds import moment
from wall.store.keys import EventKeys

DUE = Script("due")
RELEASE = Script("change", after=(*BEFORE_CHANGE, "gate"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """What is pending for an event at one moment, `now` by the clock of Redis: ids of posts with when they are due.

    `read` is the event as it is kept, by which a later step can tell whether it changed.
    """

    event: Event
    read: bytes
    now: datetime
    posts: Sequence[tuple[str, datetime]]


class Due:
    """The delayed posts of every event, by slug."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def slugs(self, among: Collection[str] | None = None) -> list[str]:
        """Return the events, of these or of all, that have any."""
        return await slugs_with(self.database, lambda keys: keys.due, among)

    async def pending(self, slug: str, *, limit: int) -> Pending | None:
        """Return the posts of an event that are due next, None when there is no such event."""
        keys = EventKeys(slug)
        now, event, rows = await self.database.run(Call(DUE, [keys.due, keys.event], [limit]))
        if event is None:
            return None
        posts = [(id.decode(), moment(at.decode())) for id, at in zip(rows[::2], rows[1::2], strict=True)]
        return Pending(event=decode(Event, event), read=event, now=moment(str(now)), posts=posts)

    async def forget(self, slug: str, ids: Sequence[str]) -> None:
        """Forget posts that are gone."""
        if ids:
            await self.database.command("ZREM", EventKeys(slug).due, *ids)

    async def release(
        self, slug: str, standing: Standing, event: bytes, *, now: datetime, strictness: int | None = None
    ) -> bool:
        """Put a post on the wall whose delay is over; returns whether we did, and nobody else or something else.

        It stays where it is before its time, and when the event is no longer as it was read, or judging got stricter
        than the `strictness` it was judged with.
        """
        keys = EventKeys(slug)
        call = change_call(keys, standing, release(standing, now), "lapsed", now, strictness=strictness)
        gated = Call(RELEASE, [*call.keys, keys.restricted, keys.curtain, keys.event], [*call.arguments, event])
        return await self.database.run(gated) not in (None, OUTDATED)

    async def stop(self, slug: str, standing: Standing, reason: str, *, now: datetime) -> bool:
        """Let a delayed post wait for a moderator; returns whether it still was as it was read."""
        call = change_call(EventKeys(slug), standing, stop(standing, reason), "stopped", now)
        return await self.database.run(call) is not None
