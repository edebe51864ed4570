"""The keys that programs act by, of every event."""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime

from wall.core.api_key import ApiKey, KeyRole, hashed, parted, token
from wall.core.audit import Entry
from wall.store.audit import Audit
from wall.store.codec import decode, encode
from wall.store.database import Database
from wall.store.keys import EventKeys

SECRET_BYTES = 24
ID_BYTES = 4


class ApiKeys:
    """The keys of every event, by slug and id. A token is known here by its hash alone."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.audit = Audit(database)

    async def create(
        self, slug: str, name: str, role: KeyRole, *, by: str, now: datetime, entry: Entry | None = None
    ) -> tuple[ApiKey, str]:
        """Return a new key, and its token, which nobody is shown again."""
        secret = secrets.token_urlsafe(SECRET_BYTES)
        id = secrets.token_hex(ID_BYTES)
        key = ApiKey(id=id, name=name, role=role, hash=hashed(secret), made_at=now, made_by=by)
        await self.audit.together(slug, entry, ("HSET", EventKeys(slug).api_keys, id, encode(key)))
        return key, token(id, secret)

    async def all(self, slug: str) -> list[ApiKey]:
        rows = await self.database.command("HVALS", EventKeys(slug).api_keys)
        return sorted((decode(ApiKey, row) for row in rows), key=lambda key: (key.name.casefold(), key.id))

    async def by_token(self, slug: str, text: str) -> ApiKey | None:
        """Return the key of a token, if it is one of this event's."""
        if not (parts := parted(text)):
            return None
        row = await self.database.command("HGET", EventKeys(slug).api_keys, parts[0])
        key = decode(ApiKey, row) if row else None
        return key if key and key.fits(parts[1]) else None

    async def delete(self, slug: str, id: str, *, entry: Entry | None = None) -> None:
        """Revoke a key: the next request that bears it is refused."""
        keys = EventKeys(slug)
        await self.audit.together(slug, entry, ("HDEL", keys.api_keys, id), ("HDEL", keys.api_keys_seen, id))

    # When they were used

    async def saw(self, slug: str, id: str, *, now: datetime) -> None:
        """Note that a key was used."""
        await self.database.command("HSET", EventKeys(slug).api_keys_seen, id, int(now.timestamp()))

    async def seen(self, slug: str, ids: list[str]) -> Mapping[str, datetime]:
        """Return when keys were used last, of those that were."""
        if not ids:
            return {}
        rows = await self.database.command("HMGET", EventKeys(slug).api_keys_seen, *ids)
        return {id: datetime.fromtimestamp(int(row), UTC) for id, row in zip(ids, rows, strict=True) if row}
