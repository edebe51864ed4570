"""Programmes from an address: fetched for a look, and again and again for those that were taken."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from wall.core.event import Event
from wall.core.programme import Draft, Preview, Programme, Reading
from wall.core.words import _
from wall.errors import InvalidInput, NotFound, SourceError, StoreUnavailable
from wall.sources import programme as files
from wall.sources.fetch import Fetch
from wall.sources.programme.apart import read_apart
from wall.store import Store

log = logging.getLogger(__name__)

LOOK_SECONDS = 20.0
EVERY = timedelta(minutes=10)
LONGEST_WAIT = timedelta(hours=1)
TURN_SECONDS = 120.0
VALIDATORS = {"etag": "if-none-match", "last-modified": "if-modified-since"}


async def draft_of(body: bytes, event: Event, now: datetime) -> Draft:
    """Return what a file holds for an event; raises InvalidInput in words."""
    first, last = files.window(event.starts, event.ends, now.date())
    return await read_apart(body, timezone=event.timezone, first=first, last=last)


async def fetched(
    fetch: Fetch, address: str, event: Event, now: datetime, headers: Mapping[str, str] | None = None
) -> Preview | None:
    """Return what is at an address, None if nothing is newer; raises SourceError or InvalidInput in words."""
    response = await fetch.get(address, headers=headers, limit=files.LARGEST, seconds=20.0)
    if response.status == 304:
        return None
    newer = {ask: response.headers[has] for has, ask in VALIDATORS.items() if has in response.headers}
    draft = await draft_of(response.body, event, now)
    return Preview(draft=draft, origin=address, address=address, headers=newer)


class ProgrammeReader:
    """Reads the programmes of all events again. Run `run` as a task; several of them share the work."""

    def __init__(self, store: Store, fetch: Fetch, *, now: Callable[[], datetime]) -> None:
        self.store = store
        self.fetch = fetch
        self.now = now
        self.name = secrets.token_hex(8)

    async def run(self) -> None:
        """Look until cancelled, through every loss of Redis."""
        while True:
            try:
                await self.look()
            except StoreUnavailable as error:
                log.warning("Programmes wait for Redis: %s", error)
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Read what is due."""
        for slug, address in (await self.store.programmes.addresses()).items():
            reading = await self.store.programmes.reading(slug)
            if not is_due(reading, self.now()):
                continue
            if await self.store.programmes.take_turn(slug, self.name, seconds=TURN_SECONDS):
                await self._read(slug, address, reading)

    async def _read(self, slug: str, address: str, reading: Reading) -> None:
        now = self.now()
        try:
            event = await self.store.events.get(slug)
            preview = await fetched(self.fetch, address, event, now, reading.headers)
            if preview is not None:
                await self._take(slug, preview, now)
        except NotFound:
            return
        except (SourceError, InvalidInput) as error:
            log.warning("The programme of %s: %s", slug, error)
            failed = replace(reading, at=now, trouble=error.message, failures=reading.failures + 1, headers={})
            await self.store.programmes.note(slug, failed)
            return
        headers = preview.headers if preview else reading.headers
        await self.store.programmes.note(slug, Reading(at=now, good_at=now, headers=headers))

    async def _take(self, slug: str, preview: Preview, now: datetime) -> None:
        before = await self.store.programmes.get(slug)
        check_loss(before, preview.draft)
        if imported(before, preview, now) == replace(before, imported_at=now) or before.address != preview.address:
            return

        def change(current: Programme) -> Programme:
            return imported(current, preview, now) if current.address == preview.address else current

        await self.store.programmes.change(slug, change, now=now)


def imported(programme: Programme, preview: Preview, now: datetime) -> Programme:
    return programme.importing(preview.draft, origin=preview.origin, address=preview.address, at=now)


def check_loss(before: Programme, draft: Draft) -> None:
    """Raise InvalidInput when most sessions are gone all at once: nobody would want that unseen."""
    had = sum(not one.by_hand for one in before.sessions)
    if len(draft.sessions) * 3 < had:
        raise InvalidInput(
            _(
                "Only %(sessions)s of %(had)s sessions are left there, so nothing was changed. "
                "Read the address again by hand if that is right.",
                sessions=len(draft.sessions),
                had=had,
            )
        )


def is_due(reading: Reading, now: datetime) -> bool:
    """Tell whether an address is to be read: every ten minutes, and less often the longer it fails."""
    if reading.at is None:
        return True
    wait: timedelta = min(EVERY * (1 << min(reading.failures, 4)), LONGEST_WAIT)
    return now - reading.at >= wait
