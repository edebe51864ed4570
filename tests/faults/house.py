"""A wall to be broken in every way: one Redis, two web processes of it, and viewers by every road."""

import asyncio
import os
import signal
import socket
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime

import uvicorn

from tests.audience import persist, task
from tests.cast import a_decision, a_post
from tests.faults.line import Line
from tests.faults.model import Model, Shown
from tests.faults.roads import ByEvents, ByPolling, ByWebsocket, a_client
from tests.faults.witness import Witness
from tests.waiting import until
from wall.config import Config
from wall.core.feed import Cursor
from wall.core.moderation import Status, Verdict
from wall.core.post import post_id
from wall.core.tickets import StreamTicket, make_stream_ticket
from wall.errors import InvalidInput
from wall.store import open_store
from wall.store.submission import Submission
from wall.web.app import create_app
from wall.web.entrance import Entrance
from wall.web.server import Server

KEPT_UPDATES = 12
LIMIT = 40
SETTLE_SECONDS = 8
SMALL_PAUSES = 0.1
THROUGH = Verdict(status=Status.APPROVED)


STREAMS = ("fast", "packed", "websocket", "events")
ROADS = (*STREAMS, "polling")
PLACES = ("now", "tip", "recent", "old", "ahead", "elsewhere")


class Web:
    """One web process of a wall, on a port of its own, that can be started anew; its Redis is at the end of a line."""

    def __init__(self, folder, line, redis_url):
        self.line = line
        self.redis_url = redis_url
        self.config = Config(data_dir=folder, kept_updates=KEPT_UPDATES)
        self.sock = socket.socket()
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.sock.bind(("127.0.0.1", 0))
        self.sock.listen()
        self.port = self.sock.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    async def start(self):
        settings = uvicorn.Config(
            create_app(self.config, redis_url=self.redis_url),
            http=Entrance,
            ws="websockets-sansio",
            ws_per_message_deflate=False,
            timeout_graceful_shutdown=1,
            log_config=None,
            access_log=False,
        )
        settings.load()
        self.server = Server(settings)
        self.server.lifespan = settings.lifespan_class(settings)
        await self.server.startup(sockets=[self.sock.dup()])
        self.hub.random = lambda: SMALL_PAUSES

    @property
    def hub(self):
        return self.server.lifespan.state["hub"]

    async def stop(self):
        await self.server.shutdown()

    async def close(self):
        await self.stop()
        self.sock.close()


class House:
    """One event. Its methods of one word or two are what may happen there, in any order; `settle` holds all against
    the model.
    """

    def __init__(self, redis, store, webs, slug, client):
        self.redis = redis
        self.store = store
        self.webs = webs
        self.slug = slug
        self.client = client
        self.model = Model(lambda name: post_id(self.uid(name)))
        self.viewers = []
        self.tasks = []
        self.restarting = None
        self.acts = 0

    def uid(self, name):
        return f"ap:{self.slug}/{name}"

    # What people do

    async def act(self, act, name):
        post = self._next(act, name)
        match act:
            case "submit" | "appear":
                await self._submit(post, verdict=Verdict() if act == "submit" else THROUGH)
            case "edit" | "correct":
                await self._edit(post, verdict=Verdict() if act == "edit" else THROUGH)
            case "withdraw":
                await persist(lambda: self.store.posts.withdraw(self.slug, post.uid, now=now()))
            case _:
                await self._decide(act, post)

    async def publish(self, name):
        await self.act("submit", name)
        await self.act("approve", name)

    async def burst(self, many):
        """Let several new posts come onto the wall at once."""
        await self._submit(*[self._next("appear", f"new-{self.acts}") for _ in range(many)], verdict=THROUGH)

    def _next(self, act, name):
        """Have the model do it, and return the post with its next words."""
        self.acts += 1
        words = f"words-{self.acts}"
        self.model.act(act, name, words)
        return a_post(f"{words} #PyConEx", uid=self.uid(name), revision=self.acts)

    async def _submit(self, *posts, verdict):
        submissions = [Submission(post, verdict) for post in posts]
        await persist(lambda: self.store.posts.submit(self.slug, submissions, now=now()))

    async def _edit(self, post, *, verdict):
        await persist(lambda: self.store.posts.edit(self.slug, Submission(post, verdict), now=now()))

    async def _decide(self, kind, post):
        (standing,) = await persist(lambda: self.store.posts.get_all(self.slug, [post.id]))
        if standing is None:
            return
        decision = a_decision(kind, standing)
        with suppress(InvalidInput):
            await persist(lambda: self.store.posts.decide(self.slug, decision, now=now()))

    # Who watches

    async def join(self, road, place, first=0):
        """Let a viewer come by a road, with the wall and the cursor of some place in the feed."""
        tip = await persist(lambda: self.store.feeds.tip(self.slug, "public"))
        newest = len(self.model.log)
        offset = {"recent": max(0, newest - 3), "old": 0}.get(place, newest)
        cursor = {
            "now": None,
            "ahead": Cursor(tip.epoch, newest + 1000),
            "elsewhere": Cursor("other", newest),
        }.get(place, Cursor(tip.epoch, offset))
        witness = Witness(self.model.allowed, cursor=cursor, wall=self.model.walls[offset])
        walls = [f"{web.url}/{self.slug}" for web in self.webs]
        kind, options = await self._road(road)
        viewer = kind(walls, witness, self.client, first=first, **options)
        self.viewers.append(viewer)
        self.tasks.append(asyncio.create_task(viewer.watch()))

    async def _road(self, road):
        if road == "events":
            return ByEvents, {}
        if road == "polling":
            return ByPolling, {}
        if road == "websocket":
            return ByWebsocket, {}
        secret = await persist(lambda: self.store.screens.secret(self.slug))
        ticket = make_stream_ticket(secret, StreamTicket(self.slug, "json"), now=now())
        return ByWebsocket, {"ticket": ticket, "compression": "deflate" if road == "packed" else None}

    # What breaks

    async def cut_viewer(self, number):
        self.viewers[number % len(self.viewers)].cut()

    async def cut_line(self, web):
        self.webs[web].line.cut()

    async def cut_listener(self, web):
        self.webs[web].line.cut_listener()

    async def swallow(self, web, many):
        """Lose what Redis publishes next to a web process, without anybody noticing."""
        self.webs[web].line.swallow(many)

    async def stall(self, web):
        self.webs[web].line.stall()

    async def mend(self, web):
        self.webs[web].line.mend()

    async def restart_web(self, web):
        await self.webs[web].stop()
        for viewer in self.viewers:
            if viewer.place == web:
                viewer.cut()  # as the end of a real process does, whatever it left open
        await self.webs[web].start()

    async def kill_redis(self):
        """Kill Redis with what it is doing, and have it started again while things go on."""
        await self._redis_is_back()
        self.restarting = asyncio.create_task(self._restart_redis())

    async def new_history(self):
        """Give the feed another epoch, as happens when part of its history may be lost."""
        tip = await persist(lambda: self.store.feeds.tip(self.slug, "public"))
        await persist(lambda: self.store.feeds.renew(self.slug, "public", tip.epoch))

    async def _restart_redis(self):
        address = self.redis.folder / "url"  # is there while Redis answers
        address.unlink()
        async with task(self.redis.watch()):
            os.kill(int((self.redis.folder / "redis.pid").read_text()), signal.SIGKILL)
            await until(address.exists)

    async def _redis_is_back(self):
        if self.restarting:
            await self.restarting

    async def empty(self):
        """Send everybody home."""
        for one in self.tasks:
            one.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self._redis_is_back()

    # What must be

    async def settle(self):
        """Let everything come to rest, and hold what is kept, and what each viewer saw, against the model."""
        await self._redis_is_back()
        for web in self.webs:
            web.line.mend()
        tip = await persist(lambda: self.store.feeds.tip(self.slug, "public"))
        snapshot = await persist(lambda: self.store.feeds.snapshot(self.slug, "public", limit=LIMIT))
        log = await persist(lambda: self.store.feeds.after(self.slug, "public", 0, limit=1000))
        assert [(update.kind, update.post_id) for update in log] == self.model.log
        assert tip.offset == len(self.model.log)
        assert tuple(map(kept, snapshot.standings)) == self.model.wall

        with suppress(AssertionError):
            await until(lambda: self._at_rest(tip), seconds=SETTLE_SECONDS)
        for viewer in self.viewers:
            assert viewer.witness.faults == [], viewer
        for viewer in self.viewers:
            assert (viewer.witness.cursor, viewer.witness.wall) == (tip, self.model.wall), viewer
        self.model.settled()

    def _at_rest(self, tip):
        channels = [web.hub.channels.get((self.slug, "public")) for web in self.webs]
        there = all(channel is None or channel.tip == tip for channel in channels)
        seen = all((one.witness.cursor, one.witness.wall) == (tip, self.model.wall) for one in self.viewers)
        return (there and seen) or any(viewer.witness.faults for viewer in self.viewers)


def kept(standing):
    """Return a post as it is kept as the model names it."""
    return Shown(standing.post.id, standing.post.text.split()[0], standing.pinned)


@asynccontextmanager
async def house(redis, folder, event):
    """A house for one event, with one viewer on each stream from the start on.

    Whoever polls makes a hub look, and so must come as a step: with one in every run, no hub that forgot to would show.
    """
    async with AsyncExitStack() as stack:
        store = open_store(redis.url)
        stack.push_async_callback(store.database.close)
        await persist(lambda: store.events.create(event))
        webs = []
        for number in range(2):
            line = await stack.enter_async_context(Line(folder / f"{number}.sock", redis.socket))
            web = Web(folder, line, redis.url.replace(str(redis.socket), str(line.path)))
            await web.start()
            stack.push_async_callback(web.close)
            webs.append(web)
        client = await stack.enter_async_context(a_client())
        made = House(redis, store, webs, event.slug, client)
        stack.push_async_callback(made.empty)
        for number, road in enumerate(STREAMS):
            await made.join(road, "now", first=number)
        await made.settle()
        yield made


def now():
    return datetime.now(UTC)
