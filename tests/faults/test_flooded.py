"""G6c and G17: panic works at once while thousands of posts wait and more come, and none of those is lost."""

import asyncio
import json
import os
import signal
import time
from contextlib import AsyncExitStack

import pytest
from websockets.asyncio.client import connect

from tests.audience import task
from tests.cast import NOW, a_post
from tests.web.site import Site
from wall.core.moderation import Status, Verdict
from wall.core.tickets import StreamTicket, make_stream_ticket
from wall.store.server import PrivateRedis, find_server
from wall.store.submission import Submission

WAITING = 3000
AT_ONCE = 500
SCREENS = 30
BACK_SECONDS = 10.0  # once Redis is
SOON_SECONDS = 5.0  # a second is promised; machines that run tests are busy with others


@pytest.fixture
async def site(redis_server, tmp_path):
    async with Site(tmp_path, redis_server.url).listening() as site:
        yield site


async def hand_in(store, event, number, status=Status.WAITING):
    posts = [a_post(f"Post {one} #PyConEx") for one in range(number)]
    await store.posts.submit(event.slug, [Submission(post, Verdict(status=status)) for post in posts], now=NOW)


async def curtained(screen):
    """Read what a screen is told until a curtain is drawn; return when that was."""
    async for text in screen:
        if any(update["kind"] == "curtained" for update in json.loads(text).get("updates", ())):
            return time.monotonic()
    raise AssertionError("The stream ended without a curtain.")


async def test_a_curtain_is_before_every_screen_at_once_however_much_waits_and_comes(site, store, event):
    mia = await store.people.add("Mia", slug=event.slug, role="moderator")
    desk = await site.browser_of(mia)
    for _ in range(WAITING // AT_ONCE):
        await hand_in(store, event, AT_ONCE)
    came = 0

    async def flood():
        nonlocal came
        while True:
            await hand_in(store, event, 5)
            await hand_in(store, event, 1, Status.APPROVED)
            came += 6
            await asyncio.sleep(0.02)

    screens = []
    ticket = await screen_ticket(store, event)
    async with AsyncExitStack() as stack:
        for _ in range(SCREENS):
            address = f"{site.base.replace('http', 'ws')}/{event.slug}/screen/stream?ticket={ticket}"
            screens.append(await stack.enter_async_context(connect(address, origin=site.base, proxy=None)))
        flooding = await stack.enter_async_context(task(flood()))
        told = [asyncio.create_task(curtained(screen)) for screen in screens]
        began = time.monotonic()
        form = {"id": "abcdefgh", "act": "draw", "curtain": "blank"}
        answer = await desk.post(f"/{event.slug}/moderate/panic", json=form)
        seconds = [at - began for at in await asyncio.gather(*told)]
        flooding.cancel()
        await asyncio.gather(flooding, return_exceptions=True)

    assert answer.status_code == 200
    assert max(seconds) < SOON_SECONDS
    counts = await store.posts.counts(event.slug)
    assert came > 0
    assert counts[Status.WAITING] + counts[Status.APPROVED] >= WAITING + came


async def drawn(desk, event, form):
    """Have a desk ask until it is answered that the curtain is drawn, as it does by itself."""
    answers = []
    while not answers or answers[-1] != 200:
        answers.append((await desk.post(f"/{event.slug}/moderate/panic", json=form)).status_code)
        await asyncio.sleep(0.05)
    return answers


async def test_a_curtain_asked_for_while_redis_is_dead_is_drawn_as_soon_as_it_is_back(tmp_path, event):
    """The control: until then it is refused in words, at once, and no screen is told of it."""
    redis = PrivateRedis(tmp_path / "redis")
    await redis.start()
    async with Site(tmp_path, redis.url).listening() as site, AsyncExitStack() as stack:
        await site.store.events.create(event)
        mia = await site.store.people.add("Mia", slug=event.slug, role="moderator")
        desk = await site.browser_of(mia)
        await hand_in(site.store, event, AT_ONCE)
        ticket = await screen_ticket(site.store, event)
        address = f"{site.base.replace('http', 'ws')}/{event.slug}/screen/stream?ticket={ticket}"
        screens = [
            await stack.enter_async_context(connect(address, origin=site.base, proxy=None)) for _ in range(SCREENS)
        ]
        told = [asyncio.create_task(curtained(screen)) for screen in screens]

        os.kill(int((redis.folder / "redis.pid").read_text()), signal.SIGKILL)
        await redis.process.wait()
        began = time.monotonic()
        form = {"id": "abcdefgh", "act": "draw", "curtain": "blank"}
        refused = await desk.post(f"/{event.slug}/moderate/panic", json=form)
        assert (refused.status_code, refused.json()["error"]["code"]) == (503, "store_unavailable")
        assert time.monotonic() - began < SOON_SECONDS
        assert not any(one.done() for one in told)

        drawing = await stack.enter_async_context(task(drawn(desk, event, form)))
        await redis._spawn(find_server())
        back = time.monotonic()
        seconds = sorted([at - back for at in await asyncio.gather(*told)])
        assert (await drawing)[-1] == 200

        assert seconds[SCREENS // 2] < SOON_SECONDS
        assert seconds[-1] < BACK_SECONDS
        tip = await site.store.feeds.after(event.slug, "public", 0, limit=AT_ONCE)
        assert [update.kind for update in tip].count("curtained") == 1
    await redis.stop()


async def screen_ticket(store, event):
    screen, _ = await store.screens.open(event.slug, "Main hall", now=NOW)
    secret = await store.screens.secret(event.slug)
    return make_stream_ticket(secret, StreamTicket(event.slug, "json", screen=screen.id), now=NOW)
