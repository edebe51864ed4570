"""Tickets: short-lived signed words that let somebody in without asking the store.

A join ticket is what the QR code on a screen carries, so that who posts from the hall has seen the hall lately. A
stream ticket is what a page hands its stream, which may then follow the wall without the page's checks over again.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime

STEP_SECONDS = 300
STEPS_VALID = 3
STREAM_SECONDS = 600
STREAM_TICKET = re.compile(r"([0-9]{1,12})\.(json|html)\.([0-9a-f]{0,32})\.([0-9a-f]{32})")


@dataclass(frozen=True, slots=True)
class StreamTicket:
    """Leave to follow an event's wall in one view: for anybody, or for the one screen that it names."""

    slug: str
    view: str
    screen: str = ""


def make_stream_ticket(secret: bytes, ticket: StreamTicket, *, now: datetime) -> str:
    """Return a stream ticket as words, good for nine to ten minutes; all of one minute are the same words."""
    ends = (int(now.timestamp()) + STREAM_SECONDS) // 60 * 60
    return f"{ends}.{ticket.view}.{ticket.screen}.{sign_stream(secret, ticket, ends)}"


def read_stream_ticket(secret: bytes, slug: str, words: str, *, now: datetime) -> StreamTicket | None:
    """Return the ticket for an event that words stand for, or None when they are made up, or too old."""
    match = STREAM_TICKET.fullmatch(words)
    if match is None or int(match[1]) < now.timestamp():
        return None
    ticket = StreamTicket(slug, match[2], match[3])
    return ticket if hmac.compare_digest(sign_stream(secret, ticket, int(match[1])), match[4]) else None


def sign_stream(secret: bytes, ticket: StreamTicket, ends: int) -> str:
    words = f"stream {ticket.slug} {ticket.view} {ticket.screen} {ends}"
    return hmac.digest(secret, words.encode(), "sha256").hex()[:32]


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
