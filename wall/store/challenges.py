"""Challenges that passkeys sign: each is good once, for what it was drawn for, and for five minutes."""

import secrets

from wall.store.database import Database
from wall.store.keys import PEOPLE
from wall.store.people import fingerprint

KEPT_SECONDS = 300


class Challenges:
    """What was asked and not answered yet."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def draw(self, purpose: str) -> bytes:
        """Return a new challenge for a purpose."""
        challenge = secrets.token_bytes(32)
        await self.database.command("SET", key(challenge), purpose, "EX", KEPT_SECONDS)
        return challenge

    async def use(self, challenge: bytes, purpose: str) -> bool:
        """Use a challenge up, whatever it was drawn for, and tell whether that was this purpose."""
        kept = await self.database.command("GETDEL", key(challenge))
        return bool(kept == purpose.encode())


def key(challenge: bytes) -> str:
    return f"{PEOPLE}challenge:{fingerprint(challenge.hex())}"
