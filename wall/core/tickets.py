"""Tickets: short-lived signed words that let somebody in without asking the store.

A join ticket is what the QR code on a screen carries, so that who posts from the hall has seen the hall lately. A
stream ticket is what a page hands its stream, which may then follow the wall without the page's checks over again.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import cast

from wall.core.participant import Place

STEP_SECONDS = 300
STEPS_VALID = 3
STREAM_SECONDS = 600
STREAM_TICKET = re.compile(r"([0-9]{1,12})\.(json|html)(?:-(room|remote))?\.([0-9a-f]{0,32})\.([0-9a-f]{32})")


@dataclass(frozen=True, slots=True)
class StreamTicket:
    """Leave to follow an event's wall in one view: for anybody, or for the one screen that it names.

    `place` is where a viewer said they are, to be counted there.
    """

    slug: str
    view: str
    screen: str = ""
    place: Place = ""

    @property
    def kind(self) -> str:
        return f"{self.view}-{self.place}" if self.place else self.view


def make_stream_ticket(secret: bytes, ticket: StreamTicket, *, now: datetime) -> str:
    """Return a stream ticket as words, good for nine to ten minutes; all of one minute are the same words."""
    ends = (int(now.timestamp()) + STREAM_SECONDS) // 60 * 60
    return f"{ends}.{ticket.kind}.{ticket.screen}.{sign_stream(secret, ticket, ends)}"


def read_stream_ticket(secret: bytes, slug: str, words: str, *, now: datetime) -> StreamTicket | None:
    """Return the ticket for an event that words stand for, or None when they are made up, or too old."""
    ticket, ends = signed_stream_ticket(secret, slug, words)
    return ticket if ends >= now.timestamp() else None


def claimed_screen(words: str) -> str:
    """Return the screen that words claim to be for, which nobody has checked; empty for none."""
    match = STREAM_TICKET.fullmatch(words)
    return match[4] if match else ""


@lru_cache(maxsize=1024)  # All viewers of a page of one minute come with the same words.
def signed_stream_ticket(secret: bytes, slug: str, words: str) -> tuple[StreamTicket | None, int]:
    """Return the ticket that words stand for, and when it ends; none where they are made up."""
    match = STREAM_TICKET.fullmatch(words)
    if match is None:
        return None, 0
    ticket, ends = StreamTicket(slug, match[2], match[4], cast(Place, match[3] or "")), int(match[1])
    return (ticket, ends) if hmac.compare_digest(sign_stream(secret, ticket, ends), match[5]) else (None, 0)


def sign_stream(secret: bytes, ticket: StreamTicket, ends: int) -> str:
    words = f"stream {ticket.slug} {ticket.kind} {ticket.screen} {ends}"
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
