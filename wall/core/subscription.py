"""A subscription to a feed at a hub, which then tells us when there is something new (W3C WebSub)."""

import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

# Not sha1's fault here: a keyed hash with it still cannot be made without the key, and many hubs use nothing else.
METHODS = ("sha1", "sha256", "sha384", "sha512")
SHORTEST_LEASE, LONGEST_LEASE = timedelta(minutes=5), timedelta(days=30)
RENEWED = 0.8  # of a lease
PATIENCE = timedelta(hours=1)  # for a hub to ask us back, before it is asked again


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What was asked of a hub. `token` is the secret end of the address that it calls, `secret` what it signs with.

    `until` is when it ends, None as long as the hub has not asked us back whether we meant it.
    """

    token: str
    hub: str
    topic: str
    secret: str
    asked_at: datetime
    until: datetime | None = None

    def confirmed(self, lease: timedelta, now: datetime) -> "Subscription":
        return replace(self, until=now + min(max(lease, SHORTEST_LEASE), LONGEST_LEASE))

    def holds(self, now: datetime) -> bool:
        return self.until is not None and now < self.until

    def is_due(self, now: datetime) -> bool:
        """Tell whether the hub is to be asked (again)."""
        if self.until is None:
            return now >= self.asked_at + PATIENCE
        return now >= self.asked_at + RENEWED * (self.until - self.asked_at)

    def signed(self, signature: str, body: bytes) -> bool:
        """Tell whether the hub signed a body: `X-Hub-Signature` is the method, an equals sign, and the digest."""
        method, _, digest = signature.partition("=")
        if method not in METHODS:
            return False
        ours = hmac.new(self.secret.encode(), body, getattr(hashlib, method)).hexdigest()
        return hmac.compare_digest(ours.encode(), digest.lower().encode(errors="replace"))
