"""Telling browsers that there is something new, through their push services. What is sent says only that, in
the language of whoever reads it: no word of what was said, no name, no thread."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

from wall.core.measures import Tally
from wall.core.push import PushAddress, authorization, sealed
from wall.core.words import _
from wall.errors import SourceError, StoreUnavailable
from wall.sources.fetch import Fetch
from wall.store import Store
from wall.web import language

NEWS = _("Something new in a private thread")
MOST_UNSENT = 1000
QUIET_SECONDS = 30
KEPT_SECONDS = 4 * 3600  # by the push service, for a browser that is not reached
GONE = (404, 410)
SALT_BYTES = 16
LIMIT_BYTES = 10_000
LONGEST_SECONDS = 5.0
PUSHERS = 8
"""How many are told side by side, so that a push service that is slow keeps few waiting."""
HEADERS = {
    "content-encoding": "aes128gcm",
    "content-type": "application/octet-stream",
    "ttl": str(KEPT_SECONDS),
    "urgency": "normal",
    "topic": "back-channels",
}

log = logging.getLogger(__name__)


class Pusher:
    """Tells members, each `run` one at a time. What reaches nobody is not tried again: their page tells them.

    `sent` counts what came of it.
    """

    def __init__(
        self, store: Store, fetch: Fetch, *, contact: str, now: Callable[[], datetime], sent: Tally
    ) -> None:
        self.store = store
        self.fetch = fetch
        self.contact = contact
        self.now = now
        self.sent = sent
        self.unsent: asyncio.Queue[tuple[str, str]] = asyncio.Queue(MOST_UNSENT)

    def tell(self, slug: str, members: Iterable[str]) -> None:
        """Have these told that there is something new; while very much is unsent, they see it in their page."""
        for member in members:
            if self.unsent.full():
                self.sent.add("left out")
            else:
                self.unsent.put_nowait((slug, member))

    async def run(self) -> None:
        """Send what is unsent, until cancelled."""
        while True:
            slug, member = await self.unsent.get()
            try:
                await self.send(slug, member)
            except StoreUnavailable as error:
                log.warning("%s: somebody was not told of something new: %s", slug, error.message)
            finally:
                self.unsent.task_done()

    async def send(self, slug: str, member: str) -> None:
        addresses = await self.store.pushes.of(slug, member)
        if not addresses or not await self.store.limits.allow(
            f"back channel push {slug} {member}", most=1, seconds=QUIET_SECONDS
        ):
            return
        for one in addresses:
            if await self.gone(one):
                await self.store.pushes.remove(slug, member, one.endpoint)

    async def gone(self, address: PushAddress) -> bool:
        """Send one message; returns whether the push service says that this browser is no more."""
        with language.speaking(address.language):
            news = language.say(NEWS)
        content = sealed(
            news.encode(), address, key=generate_private_key(SECP256R1()), salt=secrets.token_bytes(SALT_BYTES)
        )
        key = await self.store.pushes.key()
        signed = authorization(address.endpoint, key=key, contact=self.contact, now=self.now())
        headers = {**HEADERS, "authorization": signed}
        try:
            answer = await self.fetch.post(
                address.endpoint,
                content=content,
                headers=headers,
                limit=LIMIT_BYTES,
                seconds=LONGEST_SECONDS,
                also=GONE,
            )
        except SourceError as error:
            log.info("A push service did not take a message: %s", error.message)
            self.sent.add("failed")
            return False
        gone = answer.status in GONE
        self.sent.add("gone" if gone else "taken")
        return gone
