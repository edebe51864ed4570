"""The feeds of an event as kept in Redis: read from an offset on, as a snapshot, and listened to."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from wall.core.curtain import Curtain
from wall.core.feed import Cursor, FeedName, Update
from wall.core.moderation import Standing, Status
from wall.store.curtains import read as read_curtain
from wall.store.database import Call, Database, Script, failures
from wall.store.keys import EventKeys
from wall.store.known import KEPT, read
from wall.store.stamp import new_epoch

TIP = Script("tip", after=("current",))
SNAPSHOT = Script("snapshot", after=("current",))
SWAP = Script("swap_field")

LISTED: dict[FeedName, tuple[Status, str]] = {
    "public": (Status.APPROVED, "newest"),
    "desk": (Status.WAITING, "oldest"),
}
SILENCE_SECONDS = 5.0
EVERY_FEED = "wall:{*}:feed:*"
EVERY_REVOCATION = "wall:{*}:revoked"
EVERY_TEAM = "wall:{*}:team"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A feed's posts at one cursor: on the wall newest first, at the desk the waiting ones, oldest first.

    Pinned posts are among them however old they are; `counts` says how many posts there are of each status. `last` is
    the place that the next page begins after, None when these are fewer than were asked for. `curtain` is what
    screens show of all that.
    """

    cursor: Cursor
    standings: Sequence[Standing]
    counts: dict[Status, int]
    last: int | None
    curtain: Curtain


@dataclass(frozen=True, slots=True)
class Published:
    """An update as it was published: of which event and feed, and of which epoch of that."""

    slug: str
    name: FeedName
    epoch: str
    update: Update


@dataclass(frozen=True, slots=True)
class Revoked:
    """A right that was taken back: of which event, or of “people”, and whose."""

    slug: str
    id: str


@dataclass(frozen=True, slots=True)
class Stirred:
    """The team of an event, or what is set for it, is no longer as it was."""

    slug: str


class Feeds:
    """The feeds of every event, by slug and name."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def tip(self, slug: str, name: FeedName) -> Cursor:
        """Return the newest cursor of a feed, beginning its history if it has none, or lives on another Redis now."""
        epoch, offset = await self.database.run(Call(TIP, [EventKeys(slug).head(name)], [new_epoch()]))
        return Cursor(epoch.decode(), int(offset))

    async def after(self, slug: str, name: FeedName, offset: int, *, limit: int) -> list[Update]:
        """Return up to `limit` updates after an offset, in order."""
        entries = await self.database.command(
            "XRANGE", EventKeys(slug).feed(name), f"({offset}-0", "+", "COUNT", limit
        )
        return [kept(id, fields) for id, fields in entries]

    async def changed(self, slug: str, name: FeedName) -> datetime | None:
        """Return when a feed told something last, None where it told nothing yet."""
        entries = await self.database.command("XREVRANGE", EventKeys(slug).feed(name), "+", "-", "COUNT", 1)
        return kept(*entries[0]).at if entries else None

    async def times(self, slug: str, name: FeedName, offsets: Sequence[int]) -> list[datetime | None]:
        """Return when a feed told each of these updates, None for one that is no longer kept."""
        key = EventKeys(slug).feed(name)
        found = await self.database.commands(*(("XRANGE", key, f"{one}-0", f"{one}-0") for one in offsets))
        return [kept(*entries[0]).at if entries else None for entries in found]

    async def offset_before(self, slug: str, name: FeedName, time: datetime) -> int:
        """Return the offset of the last update before a time, 0 if there is none; asks a few times, however many."""
        before, end = 0, (await self.tip(slug, name)).offset + 1
        while end - before > 1:
            middle = (before + end) // 2
            update = next(iter(await self.after(slug, name, middle - 1, limit=1)), None)
            before, end = (middle, end) if update is None or update.at < time else (before, middle)
        return before

    async def snapshot(self, slug: str, name: FeedName, *, limit: int) -> Snapshot:
        """Return the posts of a feed and its cursor, both of one moment."""
        keys = EventKeys(slug)
        status, order = LISTED[name]
        epoch, offset, rows, numbers, last, curtain, version = await self.database.run(
            Call(
                SNAPSHOT,
                [
                    keys.head(name),
                    keys.status(status),
                    keys.pinned,
                    keys.curtain,
                    *(keys.status(one) for one in Status),
                ],
                [keys.posts, order, limit, new_epoch()],
            )
        )
        parts = len(KEPT)
        standings = [read(*row) for row in zip(*(rows[part::parts] for part in range(parts)), strict=True)]
        return Snapshot(
            Cursor(epoch.decode(), int(offset)),
            [standing for standing in standings if standing],
            dict(zip(Status, map(int, numbers), strict=True)),
            last,
            read_curtain(curtain, version),
        )

    async def renew(self, slug: str, name: FeedName, lost: str) -> None:
        """Give a feed a new epoch, unless it has another one than `lost` already: part of its history is gone."""
        await self.database.run(Call(SWAP, [EventKeys(slug).head(name)], ["epoch", lost, new_epoch()]))

    async def listen(self) -> AsyncIterator[Published | Revoked | Stirred | None]:
        """Yield updates of all feeds, revocations, and whose team stirred, as they are published.

        None comes once listening and at every silence: then a reader must look for itself what it may have missed.
        Raises StoreUnavailable when the connection is lost; listen again.
        """
        pubsub = await self.database.listener()
        try:
            with failures():
                await pubsub.psubscribe(EVERY_FEED, EVERY_REVOCATION, EVERY_TEAM)
                yield None
                while True:
                    message = await pubsub.get_message(timeout=SILENCE_SECONDS)
                    if (task := asyncio.current_task()) and task.cancelling():
                        # redis-py takes a cancellation that meets one of its own time-outs for that time-out.
                        raise asyncio.CancelledError
                    yield heard(message["channel"].decode(), message["data"].decode()) if message else None
        finally:
            await pubsub.aclose()  # type: ignore[no-untyped-call]


def heard(channel: str, text: str) -> Published | Revoked | Stirred:
    if channel.endswith("}:team"):
        return Stirred(channel.removeprefix("wall:{").removesuffix("}:team"))
    if channel.endswith("}:revoked"):
        return Revoked(channel.removeprefix("wall:{").removesuffix("}:revoked"), text)
    return published(channel, text)


def published(channel: str, text: str) -> Published:
    slug, name = channel.removeprefix("wall:{").split("}:feed:")
    epoch, offset, kind, at, post_id, version, was, status = text.split(" ")
    update = Update(
        offset=int(offset),
        kind=kind,
        at=moment(at),
        post_id=post_id,
        version=int(version),
        was=was,
        status=status,
    )
    return Published(slug, cast(FeedName, name), epoch, update)


def kept(id: bytes, values: Mapping[bytes, bytes]) -> Update:
    return Update(
        offset=int(id.split(b"-")[0]),
        kind=values[b"kind"].decode(),
        at=moment(values[b"at"].decode()),
        post_id=values[b"post"].decode(),
        version=int(values[b"version"]),
        was=values[b"was"].decode(),
        status=values[b"status"].decode(),
    )


def moment(milliseconds: str) -> datetime:
    return datetime.fromtimestamp(int(milliseconds) / 1000, UTC)
