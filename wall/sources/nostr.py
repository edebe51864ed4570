"""Notes from Nostr: the event's hashtags on several relays at once, with what their authors delete."""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import ClassVar

from websockets.asyncio.client import ClientConnection

from wall.core.event import Event
from wall.core.post import SourceRef
from wall.core.source import SourceSettings
from wall.core.text import clean_name
from wall.errors import InvalidInput, SourceError
from wall.sources import bech32
from wall.sources.base import Batch, Checkpoint, Context, Option
from wall.sources.merge import Put, merged
from wall.sources.nostr_dialog import MOST_WATCHED, Dialog, Harvest
from wall.sources.nostr_event import KEY
from wall.sources.places import Places, wait_seconds
from wall.sources.servers import addresses, host_of
from wall.sources.websocket import connected

LARGEST_FRAME = 1024 * 1024  # bytes
OVERLAP_SECONDS = 15 * 60  # a note may reach a relay later than it says it was written


class Nostr:
    """Several relays, each with a connection of its own; the same note from two is one."""

    kind: ClassVar[str] = "nostr"
    title: ClassVar[str] = "Nostr"
    pushed: ClassVar[bool] = False
    options: ClassVar[Sequence[Option]] = (
        Option(
            name="relays",
            label="Relays",
            help="Addresses of relays, such as wss://relay.example.org. Notes are looked for on each.",
            required=True,
        ),
    )
    profile_seconds: ClassVar[float] = 2.0
    longest_wait_seconds: ClassVar[float] = 60.0

    def __init__(self, context: Context) -> None:
        self.context = context
        self.relays = relays(context.settings.options.get("relays", ""))
        self.source = SourceRef(id=context.settings.id, kind=self.kind)

    @classmethod
    def known_as(cls, handle: str, settings: SourceSettings) -> tuple[str, ...]:
        name = clean_name(handle).removeprefix("nostr:").lower()
        key = name if KEY.fullmatch(name) else (bech32.decode("npub", name) or b"").hex()
        if not KEY.fullmatch(key):
            raise InvalidInput("Write the public key, which begins with npub1.", field="handle")
        return (f"nostr:{key}",)

    @classmethod
    def check(cls, options: Mapping[str, str]) -> Mapping[str, str]:
        return {"relays": " ".join(relays(options.get("relays", "")))}

    async def posts(self, since: str | None) -> AsyncGenerator[Batch, None]:
        harvest = Harvest()
        for uid in reversed(await self.context.known(MOST_WATCHED)):
            harvest.watch(uid.removeprefix("nostr:"))
        read_until = position(since)
        places = Places([host_of(relay) for relay in self.relays])
        readers = [partial(self.follow, relay, harvest, read_until, places) for relay in self.relays]
        async with aclosing(merged(readers)) as batches:
            async for batch in batches:
                yield batch

    async def follow(
        self, relay: str, harvest: Harvest, read_until: dict[str, int], places: Places, put: Put
    ) -> None:
        """Read one relay for ever, connecting again whenever it goes away."""
        name = host_of(relay)
        attempt = 0
        while True:
            since = read_until[relay] - OVERLAP_SECONDS if relay in read_until else None
            patience = timedelta(seconds=self.profile_seconds)
            dialog = Dialog(
                replace(self.source, place=name), harvest, spellings(self.context.event), since, patience
            )
            try:
                async with connected(self.context.fetch, relay, name=name, limit=LARGEST_FRAME) as socket:
                    await self.converse(socket, dialog, relay, read_until, places, put)
            except SourceError as error:
                trouble = named(name, error)
            attempt = 0 if dialog.caught_up else attempt + 1
            await put(places.went_wrong(name, trouble))
            await asyncio.sleep(wait_seconds(attempt, trouble, longest=self.longest_wait_seconds))

    async def converse(
        self,
        socket: ClientConnection,
        dialog: Dialog,
        relay: str,
        read_until: dict[str, int],
        places: Places,
        put: Put,
    ) -> None:
        while True:
            for frame in dialog.requests(self.context.now()):
                await socket.send(frame)
            try:
                async with asyncio.timeout(self.profile_seconds):
                    dialog.receive(await socket.recv())
            except TimeoutError:
                pass  # nothing new; time to look whether something has waited long enough
            now = self.context.now()
            batch = dialog.harvest(now)
            if dialog.caught_up:
                read_until[relay] = int(now.timestamp())
                batch += places.went_well(host_of(relay))
            if batch:
                await put([*batch, Checkpoint(json.dumps(read_until))])


def relays(text: str) -> list[str]:
    """Return the relays' addresses; raises InvalidInput."""
    found = addresses(text, field="relays", secure="wss", plain="ws")
    if not found:
        raise InvalidInput("Name at least one relay, such as wss://relay.example.org.", field="relays")
    return found


def position(since: str | None) -> dict[str, int]:
    """Return until when each relay was read, seconds since the epoch; what cannot be read is read anew."""
    try:
        saved = json.loads(since or "{}")
    except ValueError:
        return {}
    if not isinstance(saved, dict):
        return {}
    return {relay: time for relay, time in saved.items() if type(time) is int}


def spellings(event: Event) -> list[str]:
    """Return the spellings of the hashtags to ask for, since relays compare letter by letter."""
    found: dict[str, None] = {}
    for raw, key in zip(event.hashtags, event.keys, strict=False):
        found |= dict.fromkeys((raw, raw.lower(), raw.capitalize(), raw.upper(), key))
    return list(found)


def named(name: str, error: SourceError) -> SourceError:
    """Return the error with the relay's name in its words."""
    if name in error.message:
        return error
    return SourceError(f"{name}: {error.message}", permanent=error.permanent, retry_after=error.retry_after)
