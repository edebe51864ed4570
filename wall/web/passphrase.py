"""Passphrases: kept as argon2id, checked two at a time, since each takes 64 MiB and most of a second."""

import asyncio
import re
import secrets
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from wall.core.words import _
from wall.errors import InvalidInput

SHORTEST = 12
LONGEST = 200
OURS = ("backchannel", "wall")
SHORTEST_WORD = 4
HARD_TO_GUESS = 4
"""The best score of zxcvbn: more than 10^10 guesses by who knows the lists of passwords that leaked."""
READ = 72
"""Characters that are looked at, for the time it takes grows with their square."""
HASHER = PasswordHasher()
THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="passphrase")


async def check_passphrase(passphrase: str, *, about: Iterable[str] = ()) -> None:
    """Raise InvalidInput for a passphrase that is too easily guessed, or no passphrase at all.

    `about` are names that whoever guesses would try first; their words do not make it any harder.
    """
    if len(passphrase) < SHORTEST:
        raise InvalidInput(
            _("Take at least %(num)s characters; four words that do not belong together are good.", num=SHORTEST),
            field="passphrase",
        )
    if len(passphrase) > LONGEST:
        raise InvalidInput(_("%(num)s characters are enough.", num=LONGEST), field="passphrase")
    known = {word for name in (*OURS, *about) for word in re.findall(r"\w+", name) if len(word) >= SHORTEST_WORD}
    if await asyncio.get_running_loop().run_in_executor(THREADS, is_guessed, passphrase, known):
        raise InvalidInput(
            _(
                "That is among the first that somebody who guesses would try, or close to one. "
                "Four words that do not belong together are good."
            ),
            field="passphrase",
        )


def is_guessed(passphrase: str, known: Iterable[str]) -> bool:
    """Tell whether lists of leaked passwords, rows of keys, dates and repetitions lead to a passphrase soon.

    By zxcvbn (Wheeler, USENIX Security 2016), of what is left once the words that are known are taken out.
    """
    from zxcvbn import zxcvbn  # 93,000 words: half a second and 14 MB, which a process that nobody asks saves

    rest = passphrase.casefold()
    for word in sorted(known, key=len, reverse=True):
        rest = rest.replace(word.casefold(), "")
    return any(bool(zxcvbn(text[:READ])["score"] < HARD_TO_GUESS) for text in (passphrase, rest))


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
