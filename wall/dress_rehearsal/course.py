"""The course of a rehearsal: an event of its own, its viewers, its desk, the faults, and the end of all of it."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import httpx2

from wall import USER_AGENT
from wall.core.event import Event
from wall.core.moderation import Status
from wall.core.post import post_id
from wall.core.rehearsing import HASHTAG, TITLE, Rehearsing
from wall.core.source import SourceSettings
from wall.core.tickets import StreamTicket, make_stream_ticket
from wall.dress_rehearsal import here
from wall.dress_rehearsal.clocked import Book
from wall.dress_rehearsal.desk import Desk
from wall.dress_rehearsal.measured import Measured
from wall.dress_rehearsal.plan import PANIC_AT, Fault, Plan
from wall.dress_rehearsal.recording import RAIDERS, Line
from wall.dress_rehearsal.viewer import Frames, Viewer
from wall.errors import ConfigError, StoreUnavailable
from wall.store import Store
from wall.store.condition import write

AT_ONCE = 50
CONNECT_SECONDS = 60.0
LAST_SECONDS = 10.0
GLANCE_SECONDS = 0.5
BEAT_SECONDS = 10.0
SPARE = timedelta(minutes=2)
ALREADY = "A rehearsal runs here already; wait for its end (or a minute, if it was broken off)."


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A rehearsal on the wall at `base`, whose store this is; `data_dir` is read by an ingest worker, too."""

    store: Store
    slug: str
    base: str
    data_dir: Path
    plan: Plan
    lines: Sequence[Line]
    now: Callable[[], datetime]
    told: Callable[[str], None]

    async def run(self) -> Measured:
        """Play it to its end, and return what was measured; its event is still there then."""
        ends = self.now() + timedelta(seconds=self.plan.seconds) + SPARE
        if not await self.store.rehearsals.begin(
            Rehearsing(slug=self.slug, began=self.now(), ends=ends, viewers=self.plan.viewers)
        ):
            raise ConfigError(ALREADY)
        recording = self.data_dir / f"{self.slug}.jsonl"
        try:
            cookie = await self._prepare()
            recording.write_text("".join(json.dumps(line) + "\n" for line in self.lines), encoding="utf-8")
            async with self._client(cookie) as asking:
                return await self._play(recording, asking)
        finally:
            recording.unlink(missing_ok=True)
            with suppress(StoreUnavailable):  # it ends by itself in a minute
                await self.store.rehearsals.end()

    def _client(self, cookie: str) -> httpx2.AsyncClient:
        name = "__Host-session" if self.base.startswith("https://") else "session"
        return httpx2.AsyncClient(
            base_url=self.base,
            headers={"user-agent": USER_AGENT, "origin": self.base, "cookie": f"{name}={cookie}"},
            trust_env=False,
            timeout=10.0,
        )

    async def _prepare(self) -> str:
        """Make the event and who moderates it; returns the secret of their cookie."""
        title = f"{TITLE} {self.slug.removeprefix('rehearsal-')}"
        await self.store.events.create(Event(slug=self.slug, title=title, hashtags=(HASHTAG,), keys=(HASHTAG,)))
        person = await self.store.people.add(TITLE, slug=self.slug, role="moderator")
        return await self.store.people.sign_in(person, browser=TITLE, now=self.now())

    async def _play(self, recording: Path, asking: httpx2.AsyncClient) -> Measured:
        book = Book()
        measured = book.measured
        desk = Desk(self.store, self.slug, asking, book)
        async with self._audience(book, asking) as viewers:
            measured.viewers = len([one for one in viewers if one.socket])
            self.told(f"{measured.viewers} viewers are here; the day begins.")
            measured.reconnects = 0
            book.began += book.now()
            await self.store.sources.save(self.slug, replay(recording, self.plan.speed))
            running = [asyncio.create_task(one) for one in (desk.work(), self._gauge(book), self._keep_on())]
            events = [
                asyncio.create_task(self._fault(at, fault, book, viewers)) for at, fault in self.plan.fault_times()
            ]
            if self.plan.panic:
                events.append(asyncio.create_task(after(self.plan.seconds * PANIC_AT, desk.panic)))
            try:
                await asyncio.sleep(self.plan.seconds)
                await asyncio.gather(*events)
                self.told("The day is over; waiting until everybody has all of it.")
                await self._settle(book, desk, viewers)
            finally:
                for task in (*running, *events):
                    task.cancel()
                await asyncio.gather(*running, *events, return_exceptions=True)
        return measured

    @asynccontextmanager
    async def _audience(self, book: Book, asking: httpx2.AsyncClient) -> AsyncIterator[list[Viewer]]:
        secret, frames = await self.store.screens.secret(self.slug), Frames()

        def ticket() -> str:
            return make_stream_ticket(secret, StreamTicket(self.slug, "json"), now=self.now())

        viewers, tasks = [], []
        try:
            for number in range(self.plan.viewers):
                viewers.append(Viewer(f"{self.base}/{self.slug}", ticket, book, frames, asking))
                tasks.append(asyncio.create_task(viewers[-1].watch()))
                if number % AT_ONCE == AT_ONCE - 1:
                    await until(lambda: all(one.socket for one in viewers), CONNECT_SECONDS)
            await until(lambda: all(one.socket for one in viewers), CONNECT_SECONDS)
            if missing := sum(not one.socket for one in viewers):
                book.measured.troubles.append(
                    f"{missing} of {len(viewers)} viewers could not connect to {self.base}."
                )
            yield viewers
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _fault(self, at: float, fault: Fault, book: Book, viewers: Sequence[Viewer]) -> None:
        await asyncio.sleep(at)
        self.told(f"Fault: {fault}.")
        book.measured.faults.append((book.now(), fault))
        if fault == "cut":
            for viewer in viewers:
                viewer.cut()
        await here.break_(self.data_dir, fault)

    async def _gauge(self, book: Book) -> None:
        """Look once a second how fast Redis is, and how large the processes here are."""
        while True:
            at = book.now()
            try:
                book.measured.redis.append((at, await write(self.store.database)))
            except StoreUnavailable:
                book.measured.redis.append((at, book.now() - at))
            held = await asyncio.to_thread(here.memory, self.data_dir)
            book.measured.memory = {
                name: max(held.get(name, 0), book.measured.memory.get(name, 0))
                for name in held | book.measured.memory
            }
            await asyncio.sleep(1.0)

    async def _keep_on(self) -> None:
        while True:
            try:
                await self.store.rehearsals.go_on()
            except StoreUnavailable as error:
                self.told(error.message)
            await asyncio.sleep(BEAT_SECONDS)

    async def _settle(self, book: Book, desk: Desk, viewers: Sequence[Viewer]) -> None:
        """Wait until all that came is decided and everybody has it; then count what is missing."""
        measured = book.measured
        posts = [str(line["id"]) for line in self.lines if line["op"] == "post"]
        measured.raid = sum(id.startswith(RAIDERS) for id in posts)
        measured.expected = len(posts) - measured.raid
        ids = [post_id(f"replay:{id}") for id in posts]
        deadline = book.now() + self.plan.patience
        tip = None
        while True:
            try:
                measured.taken_in = sum(one is not None for one in await self.store.posts.get_all(self.slug, ids))
                waiting = await self.store.posts.page(self.slug, Status.WAITING, limit=1)
                tip = await self.store.feeds.tip(self.slug, "public")
                reached = [one.cursor == tip for one in viewers]
                if (measured.taken_in == len(ids) and not waiting and all(reached)) or book.now() > deadline:
                    break
            except StoreUnavailable as error:
                if book.now() > deadline:
                    measured.troubles.append(error.message)
                    break
            await asyncio.sleep(GLANCE_SECONDS)
        await desk.finish()
        with suppress(StoreUnavailable):
            tip = await self.store.feeds.tip(self.slug, "public")
        await until(lambda: all(one.cursor == tip for one in viewers), LAST_SECONDS)
        measured.behind = sum(one.cursor != tip for one in viewers)
        measured.approved = len(desk.approved)
        measured.seen_by_all = sum(all(id in one.seen for one in viewers) for id in desk.approved)


def replay(recording: Path, speed: float) -> SourceSettings:
    return SourceSettings(
        id="rehearsal", kind="replay", options={"path": str(recording.resolve()), "speed": str(speed)}
    )


async def after(seconds: float, act: Callable[[], Awaitable[None]]) -> None:
    await asyncio.sleep(seconds)
    await act()


async def until(true: Callable[[], bool], seconds: float) -> None:
    """Wait until something is so, and for so long at most."""
    deadline = asyncio.get_running_loop().time() + seconds
    while not true() and asyncio.get_running_loop().time() < deadline:  # noqa: ASYNC110 - many things make it so
        await asyncio.sleep(GLANCE_SECONDS / 5)
