"""The lookout: what desks are told beside their feed."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace

import msgspec
import pytest

from tests.cast import NOW, a_decision, a_post
from tests.waiting import until
from wall.core.audit import Entry
from wall.core.leave_request import leave_request
from wall.core.moderation import Status, Verdict
from wall.core.modes import Modes, Span
from wall.hub import Hub
from wall.store.submission import Submission
from wall.web.lookout import Lookout, modes_view


@pytest.fixture
def hub(store):
    return Hub(store, lambda *_: "", kept=100, random=lambda: 0.0)


@pytest.fixture
def clock():
    return SimpleNamespace(now=NOW)


async def arrive(store, event, number, *, at=NOW, written=NOW, verdict=None):
    posts = [replace(a_post(f"{one} #PyConEx"), created_at=written, received_at=at) for one in range(number)]
    await store.posts.submit(event.slug, [Submission(post, verdict or Verdict()) for post in posts], now=at)
    return posts


async def told(hub, event, clock):
    """Return what a desk that opens now is told."""
    lookout = Lookout(hub, lambda: clock.now)
    async with hub.join(event.slug, "desk", "html", None) as viewer:
        await lookout.look()
        return dict(viewer.channel.aside)


async def test_a_quiet_desk_is_told_its_mode_and_no_wave(store, event, hub, clock):
    await arrive(store, event, 3)

    aside = await told(hub, event, clock)

    assert aside["alarm"] == '{"type":"alarm","waves":[]}'
    assert '"mode":"everything waits"' in aside["modes"]


async def test_many_posts_at_once_are_a_wave(store, event, hub, clock):
    await arrive(store, event, 20)

    aside = await told(hub, event, clock)

    assert '{"what":"arrivals","number":20,"usual":0}' in aside["alarm"]


async def test_posts_of_yesterday_that_are_read_now_are_none(store, event, hub, clock):
    await arrive(store, event, 40, written=NOW - timedelta(days=1))

    aside = await told(hub, event, clock)

    assert aside["alarm"] == '{"type":"alarm","waves":[]}'


async def test_rejections_by_rules_and_by_hand_are_counted(store, event, hub, clock):
    by_rule = Verdict(status=Status.REJECTED, rule="r1", rule_name="Words")
    await arrive(store, event, 6, verdict=by_rule)
    for post in await arrive(store, event, 6):
        standing = await store.posts.get(event.slug, post.id)
        await store.posts.decide(event.slug, a_decision("reject", standing), now=NOW)

    aside = await told(hub, event, clock)

    assert '"what":"rejections","number":12' in aside["alarm"]


async def test_how_many_ask_to_be_left_out_is_told_as_soon_as_that_changes(store, event, hub, clock):
    lookout = Lookout(hub, lambda: clock.now)
    ana = leave_request("mastodon", "@ana@x.example", "It is me.", now=NOW)
    entry = Entry(kind="left out", by="mia", by_name="Mia", at=NOW, about="Mastodon")
    following = asyncio.create_task(hub.follow())
    try:
        await until(lambda: hub.caught_up)
        async with hub.join(event.slug, "desk", "html", None) as viewer:

            async def told(count):
                await lookout.look()
                return viewer.channel.aside.get("leave_requests") == f'{{"type":"leave_requests","count":{count}}}'

            await until(lambda: told(0))
            await store.leave_requests.ask(event.slug, ana)
            await until(lambda: told(1))
            await store.leave_requests.answered(event.slug, ana, entry)
            await until(lambda: told(0))
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


async def test_a_mode_that_ends_by_schedule_is_told_with_the_venue_s_time(event):
    span = Span(
        starts=datetime.fromisoformat("2026-06-12T11:00"),
        ends=datetime.fromisoformat("2026-06-12T12:30"),
        mode="open with delay",
    )
    berlin = replace(event, timezone="Europe/Berlin", modes=Modes(schedule=(span,)))

    view = modes_view(berlin, NOW)

    assert (view["mode"], view["until"], view["until_words"]) == (
        "open with delay",
        "2026-06-12T10:30:00.000Z",
        "12:30",
    )


async def test_a_desk_that_polls_is_told_of_waves_too(store, event, hub, clock):
    await arrive(store, event, 20)

    beside = await Lookout(hub, lambda: clock.now).beside(event.slug)

    assert [msgspec.json.decode(one)["type"] for one in beside] == [
        "modes",
        "alarm",
        "leave_requests",
        "participation",
    ]
    assert b'"what":"arrivals","number":20' in bytes(beside[1])


async def test_a_desk_that_polls_no_more_is_looked_out_for_no_more(store, event, hub, clock):
    lookout = Lookout(hub, lambda: clock.now)
    await lookout.beside(event.slug)
    channel = hub.channels[(event.slug, "desk")]
    clock.now += timedelta(seconds=59)
    await lookout.look()
    meanwhile = channel.viewers

    clock.now += timedelta(seconds=2)
    await lookout.look()

    assert (meanwhile, channel.viewers) == (1, 0)
