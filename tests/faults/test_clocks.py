"""G12: a process whose clock is wrong changes no order, loses nobody anything, and signs nobody in for longer."""

import re
import secrets
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.audience import task
from tests.cast import NOW, a_post
from tests.faults.roads import ByEvents, ByPolling, ByWebsocket, a_client
from tests.faults.witness import Witness
from tests.waiting import until
from tests.web.site import Site
from wall.core.moderation import Verdict
from wall.store.submission import Submission

POSTS = 12
WORDS = {f"words-{number}" for number in range(POSTS)}
LONG_AGO, FAR_AWAY = NOW.replace(year=1971), NOW.replace(year=2099)


@pytest.fixture
async def sites(redis_server, tmp_path):
    """Two web processes over one Redis, of which the second may be told any time."""
    async with (
        Site(tmp_path, redis_server.url).listening() as right,
        Site(tmp_path, redis_server.url).listening() as wrong,
    ):
        yield right, wrong


@pytest.fixture
async def mia(store, event):
    return await store.people.add("Mia", slug=event.slug, role="moderator")


async def handed_in(store, event):
    """Return posts that wait, some of which claim to be of other times."""
    times = (NOW, LONG_AGO, FAR_AWAY)
    made = [a_post(f"words-{number} #PyConEx") for number in range(POSTS)]
    posts = [replace(post, created_at=times[number % 3]) for number, post in enumerate(made)]
    await store.posts.submit(event.slug, [Submission(post, Verdict()) for post in posts], now=NOW)
    return posts


async def approve(browser, event, post):
    decision = {"id": secrets.token_hex(16), "post": post.id, "kind": "approve", "version": 1}
    return await browser.post(f"/{event.slug}/moderate/decisions", json={**decision, "hash": post.content_hash})


@pytest.mark.parametrize(
    "off", [timedelta(hours=3), -timedelta(hours=1)], ids=["three hours ahead", "an hour behind"]
)
async def test_a_process_with_a_wrong_clock_keeps_order_viewers_and_sessions(sites, store, event, mia, off):
    right, wrong = sites
    wrong.time = NOW + off
    posts = await handed_in(store, event)
    desks = [await right.browser_of(mia)]
    desks.append(wrong.browser())
    desks[1].cookies.update(desks[0].cookies)

    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(a_client())
        viewers = [
            road([f"{site.base}/{event.slug}" for site in sites], Witness(WORDS), client, first=first)
            for road in (ByWebsocket, ByEvents, ByPolling)
            for first in (0, 1)
        ]
        for viewer in viewers:
            await stack.enter_async_context(task(viewer.watch()))
        await until(lambda: all(viewer.witness.cursor for viewer in viewers))
        for number, post in enumerate(posts):
            assert (await approve(desks[number % 2], event, post)).status_code == 200
            if number == POSTS // 2:
                for viewer in viewers:
                    viewer.cut()
        tip = await store.feeds.tip(event.slug, "public")
        await until(lambda: all(viewer.witness.cursor == tip for viewer in viewers))

    newest_first = [post.id for post in reversed(posts)]
    told = await store.feeds.after(event.slug, "public", 0, limit=100)
    # The control: by their times, they would be in another order.
    assert sorted(told, key=lambda update: update.at) != told
    assert [update.post_id for update in told] == [post.id for post in posts]
    assert [viewer.witness.faults for viewer in viewers] == [[]] * len(viewers)
    assert [[shown.id for shown in viewer.witness.wall] for viewer in viewers] == [newest_first] * len(viewers)
    for site in sites:
        snapshot = (await site.browser().get(f"/{event.slug}/feed")).json()
        assert [post["id"] for post in snapshot["posts"]] == newest_first
        assert not re.search(r"-\d+ (second|minute|hour|day)", (await site.browser().get(f"/{event.slug}")).text)


async def test_a_clock_ten_years_ahead_lets_nobody_in_and_signs_nobody_out(sites, store, event, mia):
    right, wrong = sites
    wrong.time = NOW + timedelta(days=3653)
    (post, *_) = await handed_in(store, event)
    desk, late = await right.browser_of(mia), wrong.browser()
    late.cookies.update(desk.cookies)

    assert (await approve(late, event, post)).status_code == 401
    assert (await approve(desk, event, post)).status_code == 200
