"""G11: whatever Redis goes through, `/readyz` says so within a second, and all goes on by itself once it is over."""

import asyncio
import signal
import time
from contextlib import AsyncExitStack
from datetime import UTC, datetime

import pytest
from httpx2 import AsyncClient

from tests.audience import persist, task
from tests.cast import a_post
from tests.faults.deciders import Deciders
from tests.faults.house import THROUGH, Web
from tests.faults.roads import ByEvents, ByPolling, ByWebsocket, a_client
from tests.faults.witness import Witness
from tests.servers import Server
from tests.servers import running as redis_running
from tests.waiting import until
from wall.core.event import Event
from wall.core.moderation import Verdict
from wall.store import open_store
from wall.store.submission import Submission

EVENT = Event(slug="hall", title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))
TRUTH_SECONDS = 1.0
AT_LOAD = 4
WORDS = {"words-1", "words-2"}


async def stall(redis):
    redis.process.send_signal(signal.SIGSTOP)


async def go_on(redis):
    redis.process.send_signal(signal.SIGCONT)


async def change_password(redis):
    redis.redis.connection_pool.connection_kwargs["password"] = "another"  # what this test says from now on
    await redis.command("CONFIG", "SET", "requirepass", "another")
    await redis.command("CLIENT", "KILL", "TYPE", "pubsub")
    await redis.command("CLIENT", "KILL", "TYPE", "normal")


async def change_it_back(redis):
    await redis.command("CONFIG", "SET", "requirepass", "")


async def demote(redis):
    await redis.command("REPLICAOF", "127.0.0.1", "1")


async def promote(redis):
    await redis.command("REPLICAOF", "NO", "ONE")


async def cut_everybody_off(redis):
    await redis.command("CLIENT", "KILL", "TYPE", "pubsub")
    await redis.command("CLIENT", "KILL", "TYPE", "normal")


class Hall:
    """One web process on a Redis, a viewer by each road, and who asks whether it is ready."""

    def __init__(self, redis, store, web, client):
        self.redis = redis
        self.store = store
        self.web = web
        self.client = client
        self.viewers = []

    async def says(self, path):
        """Return what a machine is told at an address; it takes no answer that comes later than it asks again."""
        began = time.monotonic()
        answer = await self.client.get(f"{self.web.url}{path}")
        assert time.monotonic() - began < TRUTH_SECONDS * AT_LOAD
        return answer.status_code

    async def is_ready(self):
        return await self.says("/readyz") == 200

    async def is_not_ready(self):
        return await self.says("/readyz") == 503

    async def show(self, words):
        submissions = [Submission(a_post(f"{words} #PyConEx"), THROUGH)]
        await persist(lambda: self.store.posts.submit(EVENT.slug, submissions, now=datetime.now(UTC)))

    async def all_see(self, words):
        await until(lambda: all(words in self.seen_by(viewer) for viewer in self.viewers))
        assert [viewer.witness.faults for viewer in self.viewers] == [[]] * len(self.viewers)

    def seen_by(self, viewer):
        return {shown.words for shown in viewer.witness.wall}


@pytest.fixture
async def hall(tmp_path):
    async with AsyncExitStack() as stack:
        redis = Server(tmp_path)
        await stack.enter_async_context(redis_running(redis))
        url = f"redis://{redis.address}"
        store = open_store(url)
        stack.push_async_callback(store.database.close)
        await store.events.create(EVENT)
        web = Web(tmp_path, None, url)
        await web.start()
        stack.push_async_callback(web.close)
        client = await stack.enter_async_context(a_client())
        hall = Hall(redis, store, web, client)
        for road in (ByWebsocket, ByEvents, ByPolling):
            viewer = road([f"{web.url}/{EVENT.slug}"], Witness(WORDS), client)
            hall.viewers.append(viewer)
            await stack.enter_async_context(task(viewer.watch()))
        await until(hall.is_ready)
        yield hall


@pytest.mark.parametrize(
    ("breaking", "mending"),
    [
        pytest.param(stall, go_on, id="it stands still"),
        pytest.param(change_password, change_it_back, id="another password"),
        pytest.param(demote, promote, id="it became a replica"),
    ],
)
async def test_that_it_is_not_ready_is_told_at_once_and_it_comes_back_by_itself(hall, breaking, mending):
    await hall.show("words-1")
    await hall.all_see("words-1")

    await breaking(hall.redis)
    await until(hall.is_not_ready, seconds=10)
    for _ in range(3):
        assert await hall.says("/readyz") == 503
        assert await hall.says("/healthz") == 200
    await mending(hall.redis)

    await until(hall.is_ready, seconds=20)
    await hall.show("words-2")
    await hall.all_see("words-2")


async def test_connections_that_redis_closes_are_made_anew(hall):
    await hall.show("words-1")
    await hall.all_see("words-1")

    await cut_everybody_off(hall.redis)

    await hall.show("words-2")
    await hall.all_see("words-2")
    await until(hall.is_ready)


async def test_a_decision_meanwhile_is_answered_with_come_back_and_then_taken(hall):
    post = a_post("words-1 #PyConEx")
    await hall.store.posts.submit(EVENT.slug, [Submission(post, Verdict())], now=datetime.now(UTC))
    deciders = await Deciders.signed_in(hall.web, hall.store, EVENT.slug, ("Mia",))

    async with AsyncClient(timeout=30, trust_env=False) as mia:
        await demote(hall.redis)
        refused = await deciders.ask(mia, post, "approve", who=0)
        await promote(hall.redis)
        await until(hall.is_ready)
        taken = await deciders.ask(mia, post, "approve", who=0)

    assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
    assert refused.json()["error"]["code"] == "store_unavailable"
    assert taken.status_code == 200
    await hall.all_see("words-1")


async def test_who_does_not_look_is_told_nothing_after_a_cut(hall):
    """The control: a listener that is not connected anew hears no more, and so would the hub."""
    heard = []

    async def listen():
        async for one in hall.store.feeds.listen():
            heard.append(one)

    listening = asyncio.create_task(listen())
    await until(lambda: heard)
    await cut_everybody_off(hall.redis)
    await asyncio.wait([listening])
    before = len(heard)

    await hall.show("words-1")
    await hall.all_see("words-1")

    assert listening.exception()
    assert len(heard) == before
