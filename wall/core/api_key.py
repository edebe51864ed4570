"""Keys that programs act by: each of one event, with one role, and with a pace of its own."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from wall.core.people import Person
from wall.core.words import _

KeyRole = Literal["viewer", "moderator", "organiser"]

TOKEN = re.compile(r"bw_([0-9a-f]{8})_([A-Za-z0-9_-]{20,80})")
MOST = 20
"""Keys of one event."""
MINUTE = 60
PACES: Mapping[KeyRole, int] = {"viewer": 3000, "moderator": 1200, "organiser": 1200}
"""Requests in a minute that a key of a role may make."""
WITHOUT_KEY = 600
"""Requests in a minute that programs without one may make, all at one address together."""
ROLES: Mapping[KeyRole, str] = {
    "viewer": _("Reader: what everybody may read, more often"),
    "moderator": _("Moderator: the queue and decisions, too"),
    "organiser": _("Organiser: also webhooks and the audit log"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key: of its secret, only a hash is kept."""

    id: str
    name: str
    role: KeyRole
    hash: str
    made_at: datetime
    made_by: str

    def fits(self, secret: str) -> bool:
        return hmac.compare_digest(self.hash, hashed(secret))

    def person(self, slug: str) -> Person:
        """Return who acts by this key, as decisions and the audit log name them."""
        return Person(id=f"key-{self.id}", name=f"{self.name} (key)", roles={slug: self.role})


def hashed(secret: str) -> str:
    """Return what is kept of a secret: it is long and drawn, so one round is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def token(id: str, secret: str) -> str:
    return f"bw_{id}_{secret}"


def parted(text: str) -> tuple[str, str] | None:
    """Return the id and secret of a token, None for what is none."""
    match = TOKEN.fullmatch(text)
    return (match[1], match[2]) if match else None
