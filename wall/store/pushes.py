"""Where members of back channels are told that there is something new, and the key that push services know us by."""

from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    derive_private_key,
    generate_private_key,
)

from wall.core.push import PushAddress
from wall.store.back_channels import KEPT, BackChannels
from wall.store.codec import decode, encode
from wall.store.database import Database
from wall.store.keys import PUSH_KEY, EventKeys
from wall.store.sealing import blinded, drawn_once

MOST_BROWSERS = 5  # of one member
KEY_BYTES = 32


class Pushes:
    """The addresses of every member, by slug and member; sealed like what they are told of."""

    def __init__(self, database: Database, channels: BackChannels) -> None:
        self.database = database
        self.channels = channels
        self.sealer = channels.sealer

    async def key(self) -> EllipticCurvePrivateKey:
        """Return the key of this installation; drawn once, kept sealed."""
        number = await drawn_once(self.database, self.sealer, PUSH_KEY, new_key, "push")
        return derive_private_key(int.from_bytes(number, "big"), SECP256R1())

    async def add(self, slug: str, member: str, address: PushAddress) -> None:
        """Keep where a member wants to be told; beyond some browsers, none is added."""
        key, row = await self._places(slug, member, address.endpoint)
        if int(await self.database.command("HLEN", key)) < MOST_BROWSERS:
            sealed = self.sealer.seal(encode(address), slug, "push", member)
            await self.database.commands(("HSET", key, row, sealed), ("EXPIRE", key, int(KEPT.total_seconds())))

    async def remove(self, slug: str, member: str, endpoint: str) -> None:
        """Forget an address, for its browser or its push service says that it is no more."""
        key, row = await self._places(slug, member, endpoint)
        await self.database.command("HDEL", key, row)

    async def forget(self, slug: str, member: str) -> None:
        """Tell a member in none of their browsers any more."""
        key, _ = await self._places(slug, member, "")
        await self.database.command("DEL", key)

    async def of(self, slug: str, member: str) -> list[PushAddress]:
        """Return where a member wants to be told."""
        key, _ = await self._places(slug, member, "")
        rows = await self.database.command("HVALS", key)
        opened = (self.sealer.opened(row, slug, "push", member) for row in rows)
        return [decode(PushAddress, one) for one in opened if one]

    async def _places(self, slug: str, member: str, endpoint: str) -> tuple[str, str]:
        secret = await self.channels.secret(slug)
        key = EventKeys(slug).pushes(blinded(secret, "push", member))
        return key, blinded(secret, "address", member, endpoint)


def new_key() -> bytes:
    return generate_private_key(SECP256R1()).private_numbers().private_value.to_bytes(KEY_BYTES, "big")
