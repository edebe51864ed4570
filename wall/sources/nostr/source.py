"""Notes from Nostr: the event's hashtags on several relays at once, with what their authors delete."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import ClassVar

from websockets.asyncio.client import ClientConnection

from wall.core.event import Event
from wall.core.post import SourceRef
from wall.core.source import Place, SourceSettings
from wall.core.text import clean_name
from wall.core.words import _, all_of
from wall.errors import InvalidInput, SourceError
from wall.sources.asking import between, tell, wait_after
from wall.sources.base import Asked, Batch, Checkpoint, Context, Option
from wall.sources.merge import Put, Reader, merged
from wall.sources.nostr import bech32
from wall.sources.nostr.dialog import Dialog
from wall.sources.nostr.event import KEY
from wall.sources.nostr.handle import Handles
from wall.sources.nostr.harvest import MOST_WATCHED, Harvest
from wall.sources.nostr.held import Patience
from wall.sources.nostr.limits import most_at_once
from wall.sources.nostr.note import UID
from wall.sources.nostr.position import Position
from wall.sources.payload import since_epoch
from wall.sources.places import Places
from wall.sources.replies import Pace
from wall.sources.servers import addresses, host_of
from wall.sources.threads import Threads
from wall.sources.websocket import connected

LARGEST_FRAME = 1024 * 1024  # bytes


class Nostr:
    """Several relays, each with a connection of its own; the same note from two is one."""

    kind: ClassVar[str] = "nostr"
    title: ClassVar[str] = "Nostr"
    pushed: ClassVar[bool] = False
    blind_spots: ClassVar[Sequence[str]] = (
        _("Notes with the hashtag in their text only, and what other relays hold."),
    )
    options: ClassVar[Sequence[Option]] = (
        Option(
            name="relays",
            label=_("Relays"),
            help=_("Addresses of relays, such as wss://relay.example.org. Notes are looked for on each."),
            required=True,
        ),
    )
    profile_seconds: ClassVar[float] = 2.0
    handle_seconds: ClassVar[float] = 5.0
    answer_seconds: ClassVar[float] = 20.0
    again_seconds: ClassVar[float] = 120.0
    glance_seconds: ClassVar[float] = 0.25
    longest_wait_seconds: ClassVar[float] = 60.0
    asking: ClassVar[Pace] = Pace()

    def __init__(self, context: Context) -> None:
        self.context = context
        self.relays = relays(context.settings.options.get("relays", ""))
        self.source = SourceRef(id=context.settings.id, kind=self.kind)

    @classmethod
    def known_as(cls, handle: str, settings: SourceSettings) -> tuple[str, ...]:
        name = clean_name(handle).removeprefix("nostr:").lower()
        key = name if KEY.fullmatch(name) else (bech32.decode("npub", name) or b"").hex()
        if not KEY.fullmatch(key):
            raise InvalidInput(_("Write the public key, which begins with npub1."), field="handle")
        return (f"nostr:{key}",)

    @classmethod
    def describe(cls, position: str) -> Place | None:
        times = Position.read(position).read_until
        return Place(all_of(sorted(map(host_of, times))), since_epoch(min(times.values()))) if times else None

    @classmethod
    def check(cls, options: Mapping[str, str]) -> Mapping[str, str]:
        return {"relays": " ".join(relays(options.get("relays", "")))}

    async def posts(self, since: str | None) -> AsyncGenerator[Batch, None]:
        position = Position.read(since)
        handles = Handles(self.context.fetch, self.context.now, patience=timedelta(seconds=self.handle_seconds))
        threads, replies = Threads(self.context.event), self.context.event.replies != "no"
        harvest = Harvest(handles, threads, replies, expiring=position.expiring)
        for uid in reversed(await self.context.known(MOST_WATCHED)):
            harvest.watch(uid.removeprefix("nostr:"))
        places = Places([host_of(relay) for relay in self.relays])
        readers: list[Reader] = [handles.verify, partial(self.end, harvest, position)]
        readers += [partial(self.follow, relay, harvest, position, places) for relay in self.relays]
        readers += [partial(self.ask, harvest)]
        async with aclosing(merged(readers)) as batches:
            async for batch in batches:
                yield batch

    async def end(self, harvest: Harvest, position: Position, put: Put) -> None:
        """Withdraw notes whose time is over (NIP-40), also while no relay answers."""
        while True:
            if ended := harvest.ended(self.context.now()):
                await put([*ended, Checkpoint(position.written())])
            await asyncio.sleep(self.glance_seconds)

    async def ask(self, harvest: Harvest, put: Put) -> None:
        """Have the relays tell who answers notes and passes them on, and go on telling by themselves."""
        while True:
            await asyncio.sleep(between(self.asking.look))
            due = {post.uid: post.uid.removeprefix(UID) for post in await self.context.to_ask()}
            # What they had of those asked about before, they have sent by now.
            await tell(put, [Asked(uid) for uid, note in due.items() if note in harvest.asked_about])
            for note in due.values():
                if note not in harvest.asked_about:
                    harvest.ask_about(note)

    async def follow(self, relay: str, harvest: Harvest, position: Position, places: Places, put: Put) -> None:
        """Read one relay for ever, connecting again whenever it goes away."""
        name = host_of(relay)
        attempt = 0
        while True:
            most = await most_at_once(self.context.fetch, relay)
            dialog = Dialog(
                replace(self.source, place=name),
                harvest,
                spellings(self.context.event),
                position.since(relay),
                self.patience(),
                most,
            )
            try:
                async with connected(self.context.fetch, relay, name=name, limit=LARGEST_FRAME) as socket:
                    await self.converse(socket, dialog, relay, position, places, put)
            except SourceError as error:
                trouble = named(name, error)
            attempt = 0 if dialog.flowing else attempt + 1
            await put(places.went_wrong(name, trouble))
            await asyncio.sleep(wait_after(attempt, trouble, longest=self.longest_wait_seconds))

    def patience(self) -> Patience:
        return Patience(
            profile=timedelta(seconds=self.profile_seconds),
            answer=timedelta(seconds=self.answer_seconds),
            again=timedelta(seconds=self.again_seconds),
        )

    async def converse(
        self,
        socket: ClientConnection,
        dialog: Dialog,
        relay: str,
        position: Position,
        places: Places,
        put: Put,
    ) -> None:
        while True:
            for frame in dialog.requests(self.context.now()):
                await socket.send(frame)
            try:
                async with asyncio.timeout(self.glance_seconds if dialog.held else self.profile_seconds):
                    dialog.receive(await socket.recv())
            except TimeoutError:
                pass  # nothing new; time to look whether something has waited long enough
            now = self.context.now()
            batch = dialog.harvest(now)
            if dialog.caught_up and not dialog.held:
                position.read_until[relay] = int(now.timestamp())
            if dialog.flowing:
                batch += places.fell_short(host_of(relay), dialog.shortfall)
            if batch:
                await put([*batch, Checkpoint(position.written())])


def relays(text: str) -> list[str]:
    """Return the relays' addresses; raises InvalidInput."""
    found = addresses(text, field="relays", secure="wss", plain="ws")
    if not found:
        raise InvalidInput(_("Name at least one relay, such as wss://relay.example.org."), field="relays")
    return found


def spellings(event: Event) -> list[str]:
    """Return the spellings of the hashtags to ask for, since relays compare letter by letter."""
    found: dict[str, None] = {}
    for raw, key in zip(event.sought, event.keys, strict=False):
        found |= dict.fromkeys((raw, raw.lower(), raw.capitalize(), raw.upper(), key))
    return list(found)


def named(name: str, error: SourceError) -> SourceError:
    """Return the error with the relay's name in its words."""
    if name in error.message:
        return error
    return SourceError(f"{name}: {error.message}", permanent=error.permanent, retry_after=error.retry_after)
