"""Passphrases: kept as argon2id, checked two at a time, since each takes 64 MiB and most of a second."""

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from wall.core.words import _
from wall.errors import InvalidInput

SHORTEST = 12
LONGEST = 200
HASHER = PasswordHasher()
THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="passphrase")


def check_passphrase(passphrase: str) -> None:
    """Raise InvalidInput for a passphrase that is too easily guessed, or no passphrase at all."""
    if len(passphrase) < SHORTEST:
        raise InvalidInput(
            _("Take at least %(num)s characters; four words that do not belong together are good.", num=SHORTEST),
            field="passphrase",
        )
    if len(passphrase) > LONGEST:
        raise InvalidInput(_("%(num)s characters are enough.", num=LONGEST), field="passphrase")
    if len(set(passphrase)) < SHORTEST // 3:
        raise InvalidInput(_("That repeats itself; it would be guessed."), field="passphrase")


async def hashed(passphrase: str) -> str:
    """Return what a passphrase is kept as."""
    return await asyncio.get_running_loop().run_in_executor(THREADS, HASHER.hash, plain(passphrase))


async def matches(kept: str | None, passphrase: str) -> bool:
    """Tell whether a passphrase is the one kept; with nobody's (None) it takes as long, and is never right."""
    if len(passphrase) > LONGEST:
        return False
    return await asyncio.get_running_loop().run_in_executor(THREADS, verify, kept, plain(passphrase))


def verify(kept: str | None, passphrase: bytes) -> bool:
    stand_in = nobodys()
    try:
        HASHER.verify(kept or stand_in, passphrase)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


@cache
def nobodys() -> str:
    return HASHER.hash(secrets.token_bytes(16))


def plain(passphrase: str) -> bytes:
    """Return a passphrase as bytes, the same from every keyboard."""
    return normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
