"""The programme of an event: one value with a version, kept in one step with the modes of its sessions."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import msgspec

from wall.core.audit import Entry
from wall.core.event import Event
from wall.core.programme import Preview, Programme, Reading
from wall.core.words import _
from wall.errors import NotFound
from wall.store.audit import noted
from wall.store.codec import decode, encode
from wall.store.database import Call, Database, Script
from wall.store.event_slugs import event_slugs
from wall.store.keys import EventKeys
from wall.store.stamp import stamp

KEEP = Script("programme", after=("current", "append", "note"))
LEASE = Script("lease")
PREVIEW_SECONDS = 2 * 3600


class Programmes:
    """The programme of every event, by slug."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def get(self, slug: str) -> Programme:
        """Return an event's programme, empty if it has none."""
        version, data = await self.database.command("HMGET", EventKeys(slug).programme, "version", "programme")
        return replace(decode(Programme, data), version=int(version)) if data else Programme()

    async def version(self, slug: str) -> int:
        """Return the version of an event's programme, 0 where it has none."""
        return int(await self.database.command("HGET", EventKeys(slug).programme, "version") or 0)

    async def change(
        self, slug: str, change: Callable[[Programme], Programme], *, now: datetime, entry: Entry | None = None
    ) -> Programme:
        """Change a programme by a function of how it stands, and return it; raises NotFound where there is no event.

        The function may be called again when somebody else changes it, or the event, at the same time. `entry` says
        for the audit log who does it, and what.
        """
        keys = EventKeys(slug)
        told = msgspec.json.encode({"id": "", **stamp(now)})
        while True:
            data = await self.database.command("GET", keys.event)
            if data is None:
                raise NotFound(_("There is no event “%(slug)s”.", slug=slug))
            event, before = decode(Event, data), await self.get(slug)
            after = replace(change(before), version=before.version + 1)
            modes = replace(event.modes, sessions=after.mode_spans())
            # Left as it was read, byte for byte, where nothing changes: delayed posts wait for an event that did.
            kept = data if modes == event.modes else encode(replace(event, modes=modes))
            call = Call(
                KEEP,
                [
                    keys.event,
                    keys.programme,
                    keys.audit,
                    keys.audited,
                    keys.feed("public"),
                    keys.head("public"),
                    keys.strictness,
                ],
                [data, kept, before.version, after.version, encode(after), after.address, *noted(entry), told],
            )
            if await self.database.run(call):
                await self.database.command("PUBLISH", keys.team, "")
                return after

    # What an organiser looks at before it is taken

    async def put_by(self, slug: str, preview: Preview) -> str:
        """Keep a preview for two hours, and return its id."""
        preview_id = secrets.token_hex(8)
        key = EventKeys(slug).preview(preview_id)
        await self.database.command("SET", key, encode(preview), "EX", PREVIEW_SECONDS)
        return preview_id

    async def preview(self, slug: str, preview_id: str) -> Preview:
        """Return a preview; raises NotFound."""
        data = await self.database.command("GET", EventKeys(slug).preview(preview_id))
        if data is None:
            raise NotFound(_("This preview is no longer kept. Read the file or address again."))
        return decode(Preview, data)

    # Reading an address again

    async def addresses(self) -> dict[str, str]:
        """Return the addresses that are read again and again, by event."""
        slugs = await event_slugs(self.database)
        found = await self.database.commands(*(("HGET", EventKeys(slug).programme, "address") for slug in slugs))
        return {slug: address.decode() for slug, address in zip(slugs, found, strict=True) if address}

    async def reading(self, slug: str) -> Reading:
        data = await self.database.command("GET", EventKeys(slug).reading)
        return decode(Reading, data) if data else Reading()

    async def note(self, slug: str, reading: Reading) -> None:
        """Keep how an address was read last."""
        await self.database.command("SET", EventKeys(slug).reading, encode(reading))

    async def take_turn(self, slug: str, reader: str, *, seconds: float) -> bool:
        """Take the turn to read an address, or keep it, for so long; returns False while somebody else has it."""
        key = EventKeys(slug).reader
        for act in ("take", "renew"):
            if await self.database.run(Call(LEASE, [key], [reader, int(seconds * 1000), act])):
                return True
        return False
