"""Warns staff by mail: looks what is about to be erased, and sends what waits. Any number may run; one sends."""

import logging
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime

from wall.core.event import Event
from wall.core.letter import Letter, in_charge, letter
from wall.core.measures import Tally
from wall.core.people import Person
from wall.errors import MailError
from wall.mailing import Mailing
from wall.rounds import rounds
from wall.store import Store
from wall.web.language import say, speaking
from wall.web.letters import said
from wall.web.pages import Pages

log = logging.getLogger(__name__)

EVERY_SECONDS = 60.0


class Warner:
    """Writes to who gave an address. What could not be sent is tried again, for a week; `outcomes` counts."""

    def __init__(
        self,
        store: Store,
        mailing: Mailing,
        pages: Pages,
        *,
        base: str,
        now: Callable[[], datetime],
        outcomes: Tally,
    ) -> None:
        self.store = store
        self.mailing = mailing
        self.pages = pages
        self.base = base.rstrip("/")
        self.now = now
        self.outcomes = outcomes
        self.holder = secrets.token_hex(8)

    async def run(self) -> None:
        """Look until cancelled, through every loss of Redis."""
        await rounds(self.look, every=EVERY_SECONDS, meanwhile="Staff are warned by mail once Redis is back")

    async def look(self) -> None:
        """Write what is to be told by now, and send what waits, as long as nobody else does."""
        if not await self.store.letters.lease(self.holder):
            return
        people = [one for one in await self.store.people.all() if one.mailbox]
        if people:
            await self._write(people)
        for waiting in await self.store.letters.waiting():
            if not await self.store.letters.lease(self.holder) or not await self._deliver(waiting):
                break
        await self.store.letters.give_back(self.holder)

    async def _write(self, people: list[Person]) -> None:
        for event in await self.store.events.all():
            told = in_charge(people, event.slug)
            found = [*self._soon(event, told), *await self._wished(event, told)] if told else []
            for one in found:
                await self.store.letters.put(one)

    def _soon(self, event: Event, told: list[Person]) -> Iterator[Letter]:
        now = self.now()
        lasts = {last for _, last in event.retention.soon(event.ends, event.timezone, now)}
        for last in sorted(lasts):
            made = (letter(who, "retention", now=now, slug=event.slug, about=last.isoformat()) for who in told)
            yield from filter(None, made)

    async def _wished(self, event: Event, told: list[Person]) -> list[Letter]:
        wish = await self.store.erasures.wished(event.slug)
        if wish is None:
            return []
        about = wish.at.isoformat()
        made = (letter(who, "erasure", now=self.now(), slug=event.slug, about=about) for who in told)
        return [*filter(None, made)]

    async def _deliver(self, waiting: Letter) -> bool:
        """Send a letter if it is due; returns False where the mail server takes none just now."""
        with speaking(waiting.language):
            told = await said(self.store, waiting, now=self.now())
            if told is None:
                self.outcomes.add("pointless")
                await self.store.letters.done(waiting, now=self.now())
                return True
            if not waiting.due(self.now()):
                return True
            account = f"{self.base}/account#mailbox"
            text = self.pages.render(
                "letters/letter.txt", said=told, link=f"{self.base}{told.path}", account=account
            )
            try:
                await self.mailing.send(waiting.to, say(told.subject), text, id=waiting.id)
            except MailError as error:
                await self._failed(waiting, error)
                return False
        self.outcomes.add("sent")
        await self.store.letters.done(waiting, now=self.now())
        return True

    async def _failed(self, waiting: Letter, error: MailError) -> None:
        later = waiting.later(self.now())
        if later is None:
            self.outcomes.add("given up")
            log.warning(
                "A letter to staff could not be sent for a week, and is not tried again: %s", error.__cause__
            )
            await self.store.letters.done(waiting, now=self.now())
        else:
            self.outcomes.add("failed")
            log.warning("A letter to staff could not be sent, and is tried again: %s", error.__cause__)
            await self.store.letters.put_off(waiting, later)
