"""Back channels. Redis keeps them sealed, under names that do not tell who is in which.

A thread is one hash: its record, its messages, and a version that grows with each change, all but the version sealed.
The list of somebody's threads is kept under a name that only this program can make.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from wall.core.back_channel import Change, Message, Thread
from wall.core.report import Mine
from wall.core.words import _
from wall.errors import InvalidInput, NotFound, StoreUnavailable
from wall.store.codec import decode, encode
from wall.store.database import Call, Database, Script
from wall.store.keys import EventKeys
from wall.store.sealing import Sealer, blinded, drawn_once
from wall.store.servers import Argument

CHANGE = Script("back_channel")
KEPT = timedelta(days=30)
TRIES = 20
MOST_OF_ONE = 50
ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class Read:
    """A thread as it was read: its record, its messages as far as they were asked for, and its version."""

    thread: Thread
    messages: tuple[Message, ...]
    version: int


@dataclass(frozen=True, slots=True)
class Listed:
    """One of somebody's threads, and up to which message they have seen it."""

    thread: Thread
    seen: int


class BackChannels:
    """The back channels of every event, by slug. Without a key there are none, and nothing here may be asked."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        self.database = database
        self.sealer = sealer
        self.secrets: dict[str, bytes] = {}

    @property
    def able(self) -> bool:
        """Tell whether there is a key to seal with."""
        return self.sealer.able

    async def secret(self, slug: str) -> bytes:
        """Return what the names of an event's keys are made with; drawn once, kept sealed."""
        if slug not in self.secrets:
            key = EventKeys(slug).back_channel_secret
            self.secrets[slug] = await drawn_once(
                self.database, self.sealer, key, lambda: secrets.token_bytes(32), slug, "secret"
            )
        return self.secrets[slug]

    # Threads

    async def start(self, slug: str, begun: Change, *, listed: Sequence[str], now: datetime) -> None:
        """Keep a new thread, and put it on the lists of its starter and of these."""
        thread = begun.thread
        assert thread is not None
        if await self.count_of(slug, thread.starter) >= MOST_OF_ONE:
            raise InvalidInput(_("You are in very many conversations; leave some of them first."))
        for member in (thread.starter, *listed):
            await self.list_for(slug, member, thread.id)
        await self._keep(slug, thread.id, 0, begun, now)

    async def read(self, slug: str, id: str) -> Read:
        """Return a thread with all its messages; raises NotFound."""
        rows = await self.database.command("HGETALL", EventKeys(slug).back_channel(id))
        fields = dict(zip(rows[::2], rows[1::2], strict=True)) if isinstance(rows, list) else rows
        return self._read(slug, id, fields)

    async def peek(self, slug: str, id: str) -> Read:
        """Return a thread without its messages, which is cheap; raises NotFound."""
        key = EventKeys(slug).back_channel(id)
        version, record = await self.database.command("HMGET", key, "version", "thread")
        return self._read(slug, id, {b"version": version, b"thread": record} if record else {})

    async def change(self, slug: str, id: str, change: Callable[[Read], Change], *, now: datetime) -> Change:
        """Change a thread by a function of how it stands; raises NotFound, and what the function raises.

        The function may be called again when somebody else changes the thread at the same time.
        """
        for _turn in range(TRIES):
            read = await self.read(slug, id)
            changed = change(read)
            if changed.thread == read.thread and not changed.messages:
                return changed
            if await self._keep(slug, id, read.version, changed, now):
                return changed
        raise StoreUnavailable("Very much is going on in this conversation; try again.")

    async def _keep(self, slug: str, id: str, version: int, change: Change, now: datetime) -> bool:
        keys, thread = EventKeys(slug), change.thread
        ends = int((now + KEPT).timestamp()) if thread else 0
        fields: list[Argument] = []
        if thread:
            fields += ["thread", self.sealer.seal(encode(thread), slug, "thread", id)]
        for one in change.messages:
            fields += [str(one.number), self.sealer.seal(encode(one), slug, "message", id, str(one.number))]
        arguments = [version, id, ends, int(KEPT.total_seconds()), *fields]
        call = Call(CHANGE, [keys.back_channel(id), keys.back_channels], arguments)
        return bool(await self.database.run(call))

    def _read(self, slug: str, id: str, fields: dict[bytes, bytes]) -> Read:
        if b"thread" not in fields:
            raise NotFound(_("There is nothing at this address."))
        record = self.sealer.open(fields[b"thread"], slug, "thread", id)
        numbers = sorted(int(name) for name in fields if name.isdigit())
        messages = (
            self.sealer.open(fields[str(number).encode()], slug, "message", id, str(number)) for number in numbers
        )
        return Read(
            decode(Thread, record), tuple(decode(Message, one) for one in messages), int(fields[b"version"])
        )

    async def count(self, slug: str, *, now: datetime) -> int:
        """Return how many threads an event has, which is all that anybody may know who is in none of them."""
        return int(await self.database.command("ZCOUNT", EventKeys(slug).back_channels, now.timestamp(), "+inf"))

    # Whose they are

    async def list_for(self, slug: str, member: str, id: str, *, seen: int = 0) -> None:
        """Put a thread on somebody's list, or note up to which message they have seen it."""
        secret = await self.secret(slug)
        key = EventKeys(slug).back_channels_of(blinded(secret, "member", member))
        row = self.sealer.seal(encode(Mine(thread_id=id, seen=seen)), slug, "mine", member)
        await self.database.commands(
            ("HSET", key, blinded(secret, "row", member, id), row),
            ("EXPIRE", key, int(KEPT.total_seconds())),
            atomic=True,
        )

    async def unlist(self, slug: str, member: str, *ids: str) -> None:
        secret = await self.secret(slug)
        key = EventKeys(slug).back_channels_of(blinded(secret, "member", member))
        if ids:
            await self.database.command("HDEL", key, *(blinded(secret, "row", member, id) for id in ids))

    async def of(self, slug: str, member: str) -> list[Listed]:
        """Return the threads that somebody is in or asked into, those with the newest messages first."""
        secret = await self.secret(slug)
        key = EventKeys(slug).back_channels_of(blinded(secret, "member", member))
        rows = await self.database.command("HVALS", key)
        opened = (self.sealer.opened(row, slug, "mine", member) for row in rows)
        mine = [decode(Mine, one) for one in opened if one]
        keys = EventKeys(slug)
        records = await self.database.commands(*(("HGET", keys.back_channel(o.thread_id), "thread") for o in mine))
        listed, gone = [], []
        for one, record in zip(mine, records, strict=True):
            thread = self._record(slug, one.thread_id, record)
            if thread and (thread.member(member) or thread.is_asked(member)):
                listed.append(Listed(thread, one.seen))
            else:
                gone.append(one.thread_id)
        await self.unlist(slug, member, *gone)
        return sorted(listed, key=lambda one: (one.thread.last > one.seen, one.thread.started_at), reverse=True)

    def _record(self, slug: str, id: str, record: bytes | None) -> Thread | None:
        opened = self.sealer.opened(record, slug, "thread", id)
        return decode(Thread, opened) if opened else None

    async def count_of(self, slug: str, member: str) -> int:
        secret = await self.secret(slug)
        key = EventKeys(slug).back_channels_of(blinded(secret, "member", member))
        return int(await self.database.command("HLEN", key))

    # Who is not asked again

    async def block(self, slug: str, member: str, other: str) -> None:
        """Have questions of somebody never reach a member any more."""
        secret = await self.secret(slug)
        key = EventKeys(slug).back_channel_blocks(blinded(secret, "blocks", member))
        await self.database.commands(
            ("SADD", key, blinded(secret, "blocked", member, other)),
            ("EXPIRE", key, int(KEPT.total_seconds())),
            atomic=True,
        )

    async def blocked(self, slug: str, member: str, other: str) -> bool:
        """Tell whether a member does not want to be asked by somebody."""
        secret = await self.secret(slug)
        key = EventKeys(slug).back_channel_blocks(blinded(secret, "blocks", member))
        return bool(await self.database.command("SISMEMBER", key, blinded(secret, "blocked", member, other)))
