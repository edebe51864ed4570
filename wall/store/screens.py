"""Screens: the projector's pages that may read one event, each by a token that can be taken back."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from wall.core.audit import Entry
from wall.core.people import Screen, ScreenKind
from wall.core.words import _
from wall.errors import NotAllowed, NotFound
from wall.store.arranging import arrange
from wall.store.audit import Audit
from wall.store.codec import decode, encode
from wall.store.database import Call, Database, Script
from wall.store.keys import EventKeys

SWAP = Script("swap_field")


class Screens:
    """The screens of every event, by slug."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.audit = Audit(database)

    async def open(
        self,
        slug: str,
        name: str,
        *,
        now: datetime,
        kind: ScreenKind = "screen",
        room: str = "",
        origins: tuple[str, ...] = (),
        entry: Entry | None = None,
    ) -> tuple[Screen, str]:
        """Return a new screen and its token, which is told this once."""
        token = secrets.token_urlsafe(24)
        screen = Screen(id=fingerprint(token), name=name, created_at=now, kind=kind, room=room, origins=origins)
        await self.admit(slug, screen, entry=entry)
        return screen, token

    async def admit(self, slug: str, screen: Screen, *, entry: Entry | None = None) -> None:
        """Let a screen in whose id is the fingerprint of a token that its machine has already."""
        await self.audit.together(slug, entry, ("HSET", EventKeys(slug).screens, screen.id, encode(screen)))

    async def all(self, slug: str) -> list[Screen]:
        rows = await self.database.command("HVALS", EventKeys(slug).screens)
        return sorted((decode(Screen, row) for row in rows), key=lambda screen: screen.created_at)

    async def by_token(self, slug: str, token: str) -> Screen:
        """Return the screen that a token belongs to; raises NotAllowed for an unknown or revoked one."""
        data = await self.database.command("HGET", EventKeys(slug).screens, fingerprint(token))
        if data is None:
            raise NotAllowed(_("This link was taken back. Ask the organiser for a new one."))
        return decode(Screen, data)

    async def saw(self, slug: str, screen: Screen, *, now: datetime) -> None:
        """Note that a screen is here, unless it was revoked meanwhile."""
        key = EventKeys(slug).screens
        while (row := await self.database.command("HGET", key, screen.id)) is not None:
            here = encode(replace(decode(Screen, row), seen_at=now))
            if await self.database.run(Call(SWAP, [key], [screen.id, row, here])):
                return

    async def arrange(
        self,
        slug: str,
        screen_id: str,
        change: Callable[[Screen], Screen],
        *,
        now: datetime,
        entry: Entry | None = None,
    ) -> None:
        """Change where a screen stands and what it runs, and tell it; raises NotFound."""

        def changed(row: bytes | None) -> bytes:
            if row is None:
                raise NotFound(_("There is no such screen any more; its link was taken back."))
            return encode(change(decode(Screen, row)))

        await arrange(self.database, slug, EventKeys(slug).screens, screen_id, changed, now=now, entry=entry)

    async def secret(self, slug: str) -> bytes:
        """Return the event's own secret, which signs what its screens show; drawn once."""
        key = EventKeys(slug).secret
        _, secret = await self.database.commands(("SET", key, secrets.token_bytes(32), "NX"), ("GET", key))
        return bytes(secret)

    async def revoke(self, slug: str, screen_id: str, *, entry: Entry | None = None) -> None:
        """Take a screen's token back, and tell the web processes, which end its streams."""
        keys = EventKeys(slug)
        await self.audit.together(
            slug, entry, ("HDEL", keys.screens, screen_id), ("HDEL", keys.directions, screen_id)
        )
        await self.database.command("PUBLISH", keys.revoked, screen_id)


def fingerprint(token: str) -> str:
    """Return what a token is kept as, so that who reads the store cannot use it."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()[:32]
