"""Join tickets: what the QR code on a screen carries, so that who posts from the hall has seen the hall lately."""

import hashlib
import hmac
from datetime import datetime

STEP_SECONDS = 300
STEPS_VALID = 3


def make_ticket(secret: bytes, slug: str, *, now: datetime) -> str:
    """Return the ticket of the present step of time; it is good for that one and a few after it."""
    return sign(secret, slug, step(now))


def check_ticket(secret: bytes, slug: str, ticket: str, *, now: datetime, steps: int = STEPS_VALID) -> bool:
    """Tell whether a ticket was made for this within the last `steps` steps, or the present one."""
    if not ticket.isascii():
        return False
    current = step(now)
    return any(hmac.compare_digest(sign(secret, slug, one), ticket) for one in range(current - steps, current + 1))


def step(now: datetime) -> int:
    return int(now.timestamp()) // STEP_SECONDS


def sign(secret: bytes, slug: str, number: int) -> str:
    return hmac.new(secret, f"join {slug} {number}".encode(), hashlib.sha256).hexdigest()[:20]
