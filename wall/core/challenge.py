"""Telling people from programs when too many come at once: a sum that a page does, or a question that a person answers.

The sum is a proof of work (Dwork and Naor 1992) as in Hashcash: cheap for one, dear for thousands.
"""

import hashlib
import hmac
from collections.abc import Mapping
from statistics import median

BITS = 17
"""Of the hash, so many are zero: about 130,000 tries, a second or so on a phone."""

SEED_SECONDS = 600
LONGEST_NUMBER = 12  # digits

TOGETHER_MINUTES = 3
USUAL_MINUTES = 30
HOLDS_MINUTES = 10
LEAST = 40
"""Newcomers within `TOGETHER_MINUTES` that are never too many."""
TIMES = 6.0


def make_seed(key: bytes, participant: str, *, now: float) -> str:
    """Return what a page has to find a number for; it is for one participant, and holds for ten minutes."""
    made = int(now)
    return f"{made}.{sign(key, participant, made)}"


def check_seed(key: bytes, participant: str, seed: str, *, now: float) -> bool:
    """Tell whether a seed was made for this participant lately."""
    made, _, mark = seed.partition(".")
    if not (made.isascii() and made.isdigit() and len(made) <= LONGEST_NUMBER and mark.isascii()):
        return False
    return 0 <= now - int(made) <= SEED_SECONDS and hmac.compare_digest(mark, sign(key, participant, int(made)))


def solves(seed: str, number: str, *, bits: int = BITS) -> bool:
    """Tell whether the hash of a seed with this number begins with so many zeros."""
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        return False
    digest = hashlib.sha256(f"{seed}:{number}".encode()).digest()
    return int.from_bytes(digest, "big") >> (256 - bits) == 0


def answers(given: str, wanted: str) -> bool:
    """Tell whether an answer is the organiser's, whatever its case, blanks and full stop."""
    return bool(plain(wanted)) and plain(given) == plain(wanted)


def plain(words: str) -> str:
    return " ".join(words.casefold().split()).strip(" .!")


def besieged(newcomers: Mapping[int, int], minute: int) -> int | None:
    """Return since which minute far more people come than usually do, None when they do not.

    `newcomers` says how many came in which minute. Three minutes are too many when they are forty, and six times what
    three minutes of the half hour before were; that holds until ten minutes have passed without.
    """
    crowded = [one for one in range(minute - HOLDS_MINUTES, minute + 1) if is_crowded(newcomers, one)]
    return crowded[0] - TOGETHER_MINUTES + 1 if crowded else None


def is_crowded(newcomers: Mapping[int, int], minute: int) -> bool:
    first = minute - TOGETHER_MINUTES + 1
    together = sum(newcomers.get(one, 0) for one in range(first, minute + 1))
    usual = median(newcomers.get(one, 0) for one in range(first - USUAL_MINUTES, first))
    return together >= max(LEAST, TIMES * TOGETHER_MINUTES * usual)


def sign(key: bytes, participant: str, made: int) -> str:
    return hmac.digest(key, f"check {participant} {made}".encode(), "sha256").hex()[:32]
