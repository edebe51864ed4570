"""What a browser is known by: a secret of its own, when it was made, and what its person showed; signed by us.

Written in a cookie as `2.secret.made.proof.turn.mark`. Only what came from here counts, so an identity costs a visit.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass

KEPT_SECONDS = 30 * 24 * 3600
RENEWED_SECONDS = KEPT_SECONDS // 2
WRITTEN = re.compile(r"2\.([A-Za-z0-9_-]{16,64})\.([0-9]{1,12})\.([a-z]{0,8})\.([0-9]{1,6})\.([0-9a-f]{32})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A browser: `made` is seconds since the epoch, `proof` which kind of thing its person showed.

    `turn` grows each time a ticket code is moved to another browser; only the newest one counts.
    """

    secret: str
    made: int
    proof: str = ""
    turn: int = 0

    def fresh(self, now: float) -> bool:
        return -60 <= now - self.made <= KEPT_SECONDS

    def due(self, now: float) -> bool:
        """Tell whether it is time to make it out anew."""
        return now - self.made > RENEWED_SECONDS


def write(key: bytes, identity: Identity) -> str:
    """Return an identity as a cookie holds it."""
    words = f"2.{identity.secret}.{identity.made}.{identity.proof}.{identity.turn}"
    return f"{words}.{sign(key, words)}"


def read(key: bytes, words: str, *, now: float) -> Identity | None:
    """Return the identity of a cookie, None for one that is not of our making, or too old."""
    match = WRITTEN.fullmatch(words)
    if match is None or not hmac.compare_digest(sign(key, words.rpartition(".")[0]), match[5]):
        return None
    identity = Identity(secret=match[1], made=int(match[2]), proof=match[3], turn=int(match[4]))
    return identity if identity.fresh(now) else None


def well_formed(words: str) -> bool:
    """Tell whether a cookie is written as ours are, whoever signed it."""
    return WRITTEN.fullmatch(words) is not None


def participant_id(slug: str, secret: str) -> str:
    """Return what tells one participant of an event from others; it says nothing of the secret."""
    return hashlib.sha256(f"{slug}\x1f{secret}".encode()).hexdigest()[:24]


def proven_secret(key: bytes, slug: str, kind: str, name: str) -> str:
    """Return the secret of who showed something: the same in each browser, so that one person is one participant.

    It is a keyed hash, and all that is kept of an address, an account or a code.
    """
    return hmac.digest(key, f"proof {slug} {kind} {name}".encode("utf-8", "surrogatepass"), "sha256").hex()[:40]


def sign(key: bytes, words: str) -> str:
    return hmac.digest(key, f"participant {words}".encode(), "sha256").hex()[:32]
