"""Webhooks out as configured, how far each was told, and how that went."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from wall.core.audit import Entry
from wall.core.webhook import ATTEMPTS_KEPT, Attempt, Progress, Webhook
from wall.core.words import _
from wall.errors import NotFound
from wall.store.audit import Audit
from wall.store.codec import decode, encode
from wall.store.database import Call, Database, Script
from wall.store.event_slugs import slugs_with
from wall.store.keys import EventKeys

NOTE = Script("webhook")
SWAP = Script("swap_field")


@dataclass(frozen=True, slots=True)
class Followed:
    """A webhook and how far it was told; `as_read` are the bytes of that, which a change is bound to."""

    webhook: Webhook
    progress: Progress
    as_read: bytes


class Webhooks:
    """The webhooks of every event, by slug and id."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.audit = Audit(database)

    async def slugs(self, among: Collection[str] | None = None) -> Sequence[str]:
        """Return the events, of these or of all, that have webhooks."""
        return await slugs_with(self.database, lambda keys: keys.webhooks, among)

    async def all(self, slug: str) -> list[Followed]:
        """Return every webhook of an event, by name."""
        keys = EventKeys(slug)
        ids = await self.database.command("HKEYS", keys.webhooks)
        if not ids:
            return []
        settings, places = await self.database.commands(
            ("HMGET", keys.webhooks, *ids), ("HMGET", keys.webhook_progress, *ids)
        )
        found = [followed(*row) for row in zip(settings, places, strict=True) if all(row)]
        return sorted(found, key=lambda one: (one.webhook.name.casefold(), one.webhook.id))

    async def find(self, slug: str, id: str) -> Followed | None:
        """Return one webhook, None when there is none."""
        keys = EventKeys(slug)
        row = await self.database.commands(("HGET", keys.webhooks, id), ("HGET", keys.webhook_progress, id))
        return followed(*row) if all(row) else None

    async def get(self, slug: str, id: str) -> Followed:
        """Return one webhook; raises NotFound."""
        if found := await self.find(slug, id):
            return found
        raise NotFound(_("There is no such webhook."))

    async def create(self, slug: str, webhook: Webhook, progress: Progress, *, entry: Entry | None = None) -> None:
        keys = EventKeys(slug)
        await self.audit.together(
            slug,
            entry,
            ("HSET", keys.webhook_progress, webhook.id, encode(progress)),
            ("HSET", keys.webhooks, webhook.id, encode(webhook)),
        )

    async def change(
        self, slug: str, id: str, change: Callable[[Webhook], Webhook], *, entry: Entry | None = None
    ) -> Webhook:
        """Change a webhook by a function of how it stands, which may be called again; raises NotFound."""
        while True:
            data = await self.database.command("HGET", EventKeys(slug).webhooks, id)
            if data is None:
                raise NotFound(_("There is no such webhook."))
            after = change(decode(Webhook, data))
            if await self.database.run(Call(SWAP, [EventKeys(slug).webhooks], [id, data, encode(after)])):
                if entry:
                    await self.audit.note(slug, entry)
                return after

    async def delete(self, slug: str, id: str, *, entry: Entry | None = None) -> None:
        """Forget a webhook and how far it was told."""
        keys = EventKeys(slug)
        await self.audit.together(
            slug,
            entry,
            ("HDEL", keys.webhooks, id),
            ("HDEL", keys.webhook_progress, id),
            ("DEL", keys.webhook_attempts(id)),
        )

    # How far it was told

    async def set_progress(self, slug: str, id: str, progress: Progress, *, entry: Entry | None = None) -> None:
        """Have a webhook told from somewhere, whatever is on its way; raises NotFound."""
        await self.get(slug, id)
        key = EventKeys(slug).webhook_progress
        await self.audit.together(slug, entry, ("HSET", key, id, encode(progress)))

    async def note(
        self, slug: str, followed: Followed, progress: Progress | None = None, attempt: Attempt | None = None
    ) -> bool:
        """Note how far a webhook was told by now, and a try; returns False where that is no longer as it was read."""
        keys, id = EventKeys(slug), followed.webhook.id
        after = encode(progress) if progress else followed.as_read
        tried = encode(attempt) if attempt else b""
        call = Call(
            NOTE,
            [keys.webhook_progress, keys.webhook_attempts(id)],
            [id, followed.as_read, after, tried, ATTEMPTS_KEPT],
        )
        return bool(await self.database.run(call))

    async def attempts(self, slug: str, id: str) -> list[Attempt]:
        """Return the last tries to deliver, newest first."""
        rows = await self.database.command("LRANGE", EventKeys(slug).webhook_attempts(id), 0, -1)
        return [decode(Attempt, row) for row in rows]


def followed(settings: bytes, progress: bytes) -> Followed:
    return Followed(decode(Webhook, settings), decode(Progress, progress), progress)
