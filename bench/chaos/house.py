"""The wall that trouble befalls: the whole program, a source, who hands posts in, moderators, and who watches."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from starlette.websockets import WebSocketDisconnect

from bench.chaos import tally
from bench.chaos.line import Line, line_to
from bench.chaos.moderators import Moderators, numbered
from bench.chaos.naive import Naive
from bench.chaos.projector import Projector, of_screen, projector
from bench.chaos.trouble import Trouble, copied
from tests.audience import task
from tests.cast import a_decision
from tests.faults.deciders import Deciders
from tests.faults.roads import ByEvents, ByPolling, ByScreen, ByWebsocket, Viewer, a_client
from tests.faults.witness import Witness
from tests.program import Program, running
from tests.sources.fediverse import TOKEN, FakeServer, fediverse, status
from tests.waiting import until
from wall.core.event import Event
from wall.core.moderation import Verdict
from wall.core.source import SourceSettings
from wall.core.tickets import StreamTicket, make_stream_ticket
from wall.errors import ConfigError, StoreUnavailable
from wall.store import Store
from wall.store.submission import Submission

SLUG = "chaos"
EVENT = Event(slug=SLUG, title="Chaos", hashtags=("PyConDE",), keys=("pyconde",))
EACH_SECONDS = 0.1
SOURCE_SECONDS = 0.5
SETTLE_SECONDS = 8.0
SOURCE_SETTLE_SECONDS = 60.0
TAG = "<a href='https://s.example/tags/pyconde' class='mention hashtag'>#PyConDE</a>"


@dataclass(slots=True)
class House:
    """One event of a running program. `sent` are the words of the source's posts, `submitted` counts those handed in."""

    program: Program
    dice: random.Random
    folder: Path
    source: FakeServer
    moderators: Moderators
    trouble: Trouble
    viewers: list[Viewer] = field(default_factory=list)
    naive: list[Naive] = field(default_factory=list)
    projectors: list[Projector] = field(default_factory=list)
    sent: dict[str, int] = field(default_factory=dict)
    submitted: int = 0
    numbers: Any = field(default_factory=lambda: count(1))
    _confirmed: dict[str, str] = field(default_factory=dict)
    _winners: dict[str, set[str]] = field(default_factory=dict)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Have posts come and moderators decide within; at the end each decision was answered."""
        async with task(self._hand_in()), task(self._write()):
            yield
        await self.moderators.done()

    async def copy(self) -> Path:
        """Copy the data as it is now that nothing happens, with what was confirmed until then."""
        folder = self.folder / f"copy-{next(self.numbers)}"
        copied(self.program.data_dir / "redis", folder)
        self._confirmed, self._winners = dict(self.moderators.confirmed), dict(self.moderators.winners)
        return folder

    async def put_back(self, copy: Path) -> None:
        """Put a copy back. What was confirmed after it is gone, and nobody says otherwise."""
        await self.trouble.put_back(copy)
        self.moderators.confirmed = dict(self._confirmed)
        self.moderators.winners.clear()
        self.moderators.winners.update(self._winners)

    async def settle(self) -> None:
        """Let everything come to rest: the source is read to its end, and everybody is told."""
        with suppress(AssertionError):
            await until(self._source_is_read, seconds=SOURCE_SETTLE_SECONDS)
        with suppress(AssertionError):
            await until(self._everybody_is_there, seconds=SETTLE_SECONDS)

    async def wrong(self) -> Counter[str]:
        """Return what is wrong with what anybody has, each thing once."""
        async with self.program.store() as store:
            tip, newest = await tally.newest(store, SLUG)
            found = await tally.of_decisions(store, SLUG, self.moderators)
            found += await tally.of_history(store, SLUG, self.sent)
            approved = await tally.approved(store, SLUG)
        found += tally.of_viewers(self.viewers, tip, newest)
        for one in self.projectors:
            found += await one.wrong(approved)
        for reader in self.naive:
            found += reader.wrong(tip.offset)
            reader.heard.clear()
        for viewer in self.viewers:
            for fault in viewer.witness.faults:
                print(f"  {viewer}: {fault}")
            viewer.witness.faults.clear()
        return found

    async def is_seen(self) -> bool:
        """The control: tell whether a screen that cannot hear of a removal is found to show what it may not."""
        (one,) = self.projectors
        one.line.stall()
        approved = await self._persist(lambda store: tally.approved(store, SLUG))
        gone = next(id for id in await one.standing() if id in approved)
        await self._persist(lambda store: remove(store, gone))
        return of_screen(await one.standing(), approved - {gone}).total() > 0

    # Who is at work

    async def _hand_in(self) -> None:
        while True:
            post = numbered(next(self.numbers))
            await self._persist(lambda store, post=post: submit(store, post))
            self.submitted += 1
            self.moderators.race(post)
            await asyncio.sleep(EACH_SECONDS)

    async def _write(self) -> None:
        while True:
            number = next(self.numbers)
            made = status(number, f"words-{number} {TAG}", tags=[{"name": "pyconde"}])
            self.source.statuses[made["id"]] = made
            self.sent[f"words-{number}"] = number
            if self.source.sockets:
                with suppress(RuntimeError, WebSocketDisconnect):  # whoever listened was killed
                    await self.source.send("update", made)
            await asyncio.sleep(SOURCE_SECONDS)

    async def _persist(self, ask: Callable[[Store], Awaitable[Any]]) -> Any:
        """Ask the store until it answers, each time the one that is there now."""
        while True:
            with suppress(StoreUnavailable, ConfigError):
                async with self.program.store() as store:
                    return await ask(store)
            await asyncio.sleep(EACH_SECONDS)

    async def _source_is_read(self) -> bool:
        found = await self._persist(lambda store: tally.of_history(store, SLUG, self.sent))
        return not found["lost"]

    async def _everybody_is_there(self) -> bool:
        tip, newest = await self._persist(lambda store: tally.newest(store, SLUG))
        return not tally.of_viewers(self.viewers, tip, newest).total()


async def remove(store: Store, id: str) -> None:
    decision = a_decision("remove", await store.posts.get(SLUG, id))
    await store.posts.decide(SLUG, decision, now=datetime.now(UTC))


async def submit(store: Store, post: Any) -> None:
    await store.posts.submit(SLUG, [Submission(post, Verdict())], now=datetime.now(UTC))


@asynccontextmanager
async def house(
    folder: Path, dice: random.Random, *, viewers: int, naive: bool, chromium: bool = False
) -> AsyncIterator[House]:
    """Run a wall of two web processes with a source, three moderators and so many viewers, or naive readers.

    With `chromium`, a browser is one of its screens.
    """
    async with AsyncExitStack() as stack:
        source = await stack.enter_async_context(fediverse())
        program = await stack.enter_async_context(running(Program(folder / "wall", "--workers", "2")))
        lines = [await stack.enter_async_context(line_to(program.port)) for _ in range(2)]
        async with program.store() as store:
            await store.events.create(EVENT)
            options = {"servers": source.address, "token": TOKEN, "token_server": source.address}
            await store.sources.save(SLUG, SourceSettings(id="m1", kind="mastodon", options=options))
            deciders = await Deciders.signed_in(program, store, SLUG, ("Mia", "Max", "Ida"))
            tickets = await tickets_of(store)
        client = await stack.enter_async_context(a_client())
        moderators = Moderators(client, deciders.address, deciders.origin, deciders.cookies, set(), dice)
        stack.callback(moderators.give_up)
        place = House(program, dice, folder, source, moderators, Trouble(program, lines, dice))
        place.viewers = [] if naive else await audience(stack, lines, tickets, moderators.allowed, many=viewers)
        place.naive = [Naive([f"{line.url}/{SLUG}" for line in lines]) for _ in range(viewers if naive else 0)]
        if chromium:
            async with program.store() as store:
                _, token = await store.screens.open(SLUG, "Chromium", now=datetime.now(UTC))
            place.projectors.append(await stack.enter_async_context(projector(SLUG, lines[0], token)))
        for one in (*place.viewers, *place.naive):
            await stack.enter_async_context(task(one.watch()))
        yield place


async def tickets_of(store: Store) -> dict[str, str]:
    """Return what lets viewers and a screen straight in."""
    now = datetime.now(UTC)
    secret = await store.screens.secret(SLUG)
    screen, _ = await store.screens.open(SLUG, "Main hall", now=now)
    return {
        "viewer": make_stream_ticket(secret, StreamTicket(SLUG, "json"), now=now),
        "screen": make_stream_ticket(secret, StreamTicket(SLUG, "json", screen=screen.id), now=now),
    }


async def audience(
    stack: AsyncExitStack, lines: list[Line], tickets: dict[str, str], allowed: set[str], *, many: int
) -> list[Viewer]:
    """Return viewers by every road, each of them now on one line and now on the other."""
    client = await stack.enter_async_context(a_client())
    walls = [f"{line.url}/{SLUG}" for line in lines]
    roads: list[tuple[type[Viewer], dict[str, Any]]] = [
        (ByScreen, {"ticket": tickets["screen"]}),
        (ByWebsocket, {"ticket": tickets["viewer"]}),
        (ByWebsocket, {"ticket": tickets["viewer"], "compression": "deflate"}),
        (ByWebsocket, {}),
        (ByEvents, {}),
        (ByPolling, {}),
    ]
    chosen = [roads[number % len(roads)] for number in range(many)]
    return [
        road(walls, Witness(allowed), client, first=number, **options)
        for number, (road, options) in enumerate(chosen)
    ]
