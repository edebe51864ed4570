"""What is kept so that Redis cannot read it: AES-256-GCM, each record bound to the place that it is kept in."""

import hashlib
import hmac
import os
from collections.abc import Callable, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from wall.core.words import _
from wall.errors import NotFound
from wall.store.database import Database

NAME_BYTES = 4
NONCE_BYTES = 12
PADDED_TO = 256  # bytes, so that the length of what is kept tells little of the length of what was said


class Sealer:
    """Seals with the first of several keys and opens with any; without a key there is nothing it could do."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self.names = [hashlib.sha256(b"name of " + key).digest()[:NAME_BYTES] for key in keys]
        self.ciphers = dict(zip(self.names, map(AESGCM, keys), strict=True))

    @property
    def able(self) -> bool:
        return bool(self.names)

    def seal(self, plain: bytes, *place: str, padded: bool = True) -> bytes:
        """Return bytes that only `open` with the same place can read; `plain` is JSON, or not `padded`."""
        if padded:
            plain = plain.ljust(-(-len(plain) // PADDED_TO) * PADDED_TO)
        nonce = os.urandom(NONCE_BYTES)
        name = self.names[0]
        return name + nonce + self.ciphers[name].encrypt(nonce, plain, bound(place))

    def open(self, sealed: bytes, *place: str) -> bytes:
        """Return what was sealed here; raises NotFound when its key is gone, or it was sealed for another place."""
        name, nonce = sealed[:NAME_BYTES], sealed[NAME_BYTES : NAME_BYTES + NONCE_BYTES]
        try:
            return self.ciphers[name].decrypt(nonce, sealed[NAME_BYTES + NONCE_BYTES :], bound(place))
        except (KeyError, InvalidTag, ValueError) as error:
            raise NotFound(_("This cannot be read any more.")) from error

    def opened(self, sealed: bytes | None, *place: str) -> bytes | None:
        """Return what was sealed here, or None where nothing is, or nothing that can be read any more."""
        try:
            return None if sealed is None else self.open(sealed, *place)
        except NotFound:
            return None

    def newest(self, sealed: bytes) -> bool:
        """Tell whether something is sealed with the key that is used now."""
        return sealed[:NAME_BYTES] == self.names[0]


async def drawn_once(
    database: Database, sealer: Sealer, key: str, draw: Callable[[], bytes], *place: str
) -> bytes:
    """Return a secret that is kept sealed in Redis, drawn when somebody first needs it.

    It goes under the newest key when it is next needed, so that the one before may be dropped one day.
    """
    kept = await database.command("GET", key)
    secret = sealer.opened(kept, *place)
    if secret is not None and sealer.newest(kept):
        return secret
    sealed = sealer.seal(draw() if secret is None else secret, *place, padded=False)
    await database.command("SET", key, sealed, *(("NX",) if kept is None else ()))
    return sealer.open(await database.command("GET", key), *place)


def bound(place: Sequence[str]) -> bytes:
    return "\x1f".join(place).encode("utf-8", "surrogatepass")


def blinded(secret: bytes, *words: str) -> str:
    """Return what stands for some words where others may read it, the same each time and nothing without the secret."""
    return hmac.new(secret, bound(words), hashlib.sha256).hexdigest()[:32]
