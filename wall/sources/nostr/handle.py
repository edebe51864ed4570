"""Names at domains (NIP-05): a profile claims one, and it is shown only once its domain has said the same."""

import asyncio
import re
from collections.abc import Callable
from datetime import datetime, timedelta

from wall.errors import SourceError
from wall.sources.fetch import Fetch
from wall.sources.merge import Put
from wall.sources.payload import mapping
from wall.sources.remembered import Remembered

NAME = re.compile(r"([a-z0-9._-]{1,64})@((?:[a-z0-9-]{1,63}\.)+[a-z][a-z0-9-]{1,62})", re.ASCII | re.IGNORECASE)
LARGEST_ANSWER = 1024 * 1024  # bytes; some domains send all their names
ASK_SECONDS = 3.0
AT_ONCE = 6
MOST_ASKED = 500  # waiting for their turn
REMEMBERED = 5000
CONFIRMED_FOR = timedelta(hours=6)
DENIED_FOR = timedelta(hours=1)
SILENT_FOR = timedelta(minutes=10)

Claim = tuple[str, str, str]
"""A key, a name and its domain."""


class Handles:
    """Which names their domains have confirmed. Others say whose is wanted; `verify` finds out and runs for ever."""

    def __init__(self, fetch: Fetch, now: Callable[[], datetime], *, patience: timedelta) -> None:
        self.fetch = fetch
        self.now = now
        self.patience = patience
        self.answers: Remembered[Claim, tuple[bool, datetime]] = Remembered(REMEMBERED)
        self.silent: Remembered[str, datetime] = Remembered(REMEMBERED)
        self.awaited: dict[Claim, datetime] = {}
        self.queue: asyncio.Queue[Claim] = asyncio.Queue(MOST_ASKED)

    def of(self, pubkey: str, claimed: str) -> str | None:
        """Return the name as it is shown, if its domain has confirmed it."""
        claim = read(pubkey, claimed)
        if claim is None or not self.answers.get(claim, (False, None))[0]:
            return None
        _, name, domain = claim
        return domain if name == "_" else f"{name}@{domain}"

    def settled(self, pubkey: str, claimed: str) -> bool:
        """Tell whether there is nothing to wait for, or no longer; has the domain asked when it was not yet."""
        claim = read(pubkey, claimed)
        if claim is None:
            return True
        now = self.now()
        if claim not in self.awaited and not self.is_answered(claim, now):
            if self.queue.full():
                return True
            self.queue.put_nowait(claim)
            self.awaited[claim] = now + self.patience
        return now >= self.awaited.get(claim, now)

    def is_answered(self, claim: Claim, now: datetime) -> bool:
        return claim in self.answers and now < self.answers[claim][1]

    async def verify(self, put: Put) -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(self.work())

    async def work(self) -> None:
        while True:
            claim = await self.queue.get()
            try:
                self.answers[claim] = await self.ask(claim)
            finally:
                self.awaited.pop(claim, None)

    async def ask(self, claim: Claim) -> tuple[bool, datetime]:
        """Return what the domain says of a claim, and until when that holds."""
        pubkey, name, domain = claim
        silent_until = self.silent.get(domain)
        if silent_until is not None and self.now() < silent_until:
            return False, silent_until
        address = f"https://{domain}/.well-known/nostr.json?name={name}"
        try:
            answer = await self.fetch.get(address, limit=LARGEST_ANSWER, seconds=ASK_SECONDS)
            names = mapping(mapping(answer.json()).get("names"))
        except SourceError as error:
            until = self.now() + (DENIED_FOR if error.permanent else SILENT_FOR)
            self.silent[domain] = self.now() if error.permanent else until
            return False, until
        # Whoever can make a domain send elsewhere is not yet its owner, so NIP-05 knows no redirects.
        confirmed = names.get(name) == pubkey and answer.url == address
        return confirmed, self.now() + (CONFIRMED_FOR if confirmed else DENIED_FOR)


def read(pubkey: str, claimed: str) -> Claim | None:
    match = NAME.fullmatch(claimed.strip())
    return (pubkey, match[1].lower(), match[2].lower()) if match else None
