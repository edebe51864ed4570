"""Feeds that a hub tells of: the hub, the wall and the feed's reader, each where it is in earnest."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import NOW
from tests.sources.feeds import entry, rss
from tests.sources.websub import running_hub
from tests.sources.world import context, healths, posts, until
from wall.core.source import SourceSettings
from wall.core.subscription import Subscription
from wall.ingest.bell import StoredBell
from wall.sources.feed.source import Feed
from wall.sources.fetch import Fetch

ASKED = Subscription(token="t0k", hub="https://hub.example/", topic="https://b.example/", secret="s", asked_at=NOW)
QUESTION = {"hub.mode": "subscribe", "hub.topic": ASKED.topic, "hub.challenge": "abc", "hub.lease_seconds": "3600"}


class QuickFeed(Feed):
    """Polls twice, quickly, until a hub tells it of what is new; after that hardly ever."""

    poll_seconds = (0.05, 0.05)
    told_seconds = (3600.0, 3600.0)
    look_seconds = 0.01


@pytest.fixture
async def source(store, event):
    settings = SourceSettings(id="blog", kind="feed", options={"address": ASKED.topic})
    await store.sources.save(event.slug, settings)
    return settings


@pytest.fixture
async def path(store, event, source):
    await store.subscriptions.save(event.slug, source.id, ASKED)
    return f"/{event.slug}/feeds/{source.id}/{ASKED.token}"


@pytest.fixture
def hub(site):
    """A program somewhere else: no cookies, no origin."""
    program = site.browser()
    del program.headers["sec-fetch-site"]
    return program


async def test_a_post_that_a_hub_tells_of_is_there_before_the_next_poll(served, store, event, source):
    async with running_hub(rss(entry(1))) as hub, Fetch(user_agent="Wall/1", private_addresses=True) as fetch:
        bell = StoredBell(store, event.slug, source.id, served.base)
        feed = QuickFeed(replace(context(fetch, now=lambda: NOW, address=f"{hub.address}/feed"), bell=bell))
        told = []

        async def publish(events):
            if len(healths(events)) == 2 and not told:
                hub.feed = rss(entry(2, "News #PyConDE"), entry(1))
                told.extend(await hub.publish())

        events = await until(feed, lambda events: len(posts(events)) == 2, meanwhile=publish)

        assert told == [202]
        assert [one.text for one in posts(events)] == ["Hello #PyConDE", "News #PyConDE"]
        assert healths(events)[1][1].endswith(f"Told of what is new by {hub.address.removeprefix('http://')}.")
        assert hub.refused == []

        await store.sources.delete(event.slug, source.id)
        assert await hub.publish() == [410]
        assert hub.subscribers == {}


async def test_only_what_was_asked_for_is_confirmed(hub, path, store, event, source):
    answer = await hub.get(path, params=QUESTION)

    (kept,) = await store.subscriptions.all(event.slug, source.id)
    assert (answer.status_code, answer.text) == (200, "abc")
    assert answer.headers["content-type"].startswith("text/plain")
    assert kept.until == NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    "change",
    [
        {"hub.topic": "https://other.example/"},
        {"hub.mode": "unsubscribe"},
        {"hub.mode": ""},
        {"hub.challenge": ""},
        {"hub.challenge": "x" * 2000},
    ],
)
async def test_what_nobody_asked_for_is_not_confirmed(hub, path, store, event, source, change):
    answer = await hub.get(path, params=QUESTION | change)

    assert answer.status_code == 404
    assert await store.subscriptions.all(event.slug, source.id) == [ASKED]


async def test_a_hub_that_says_no_is_forgotten(hub, path, store, event, source):
    await hub.get(path, params={"hub.mode": "denied", "hub.topic": ASKED.topic})

    assert await store.subscriptions.all(event.slug, source.id) == []


async def test_a_wrong_signature_is_thanked_for_dropped_and_counted(hub, path, store, event, source):
    answer = await hub.post(path, content=b"news", headers={"x-hub-signature": "sha1=0"})

    health = await store.sources.health(event.slug, source.id)
    assert answer.status_code == 202
    assert (health.set_aside, "wrong signature" in health.reasons[0].words) == (1, True)
    assert not await store.subscriptions.rung(event.slug, source.id)


async def test_more_than_a_feed_has_is_not_read(hub, path):
    assert (await hub.post(path, content=b"x" * 400_000)).status_code == 413


async def test_nobody_subscribes_to_a_feed_that_a_hub_could_not_send_us(store, event, source):
    large = rss(entry(1), entry(2, "long " * 60_000))
    async with running_hub(large) as hub, Fetch(user_agent="Wall/1", private_addresses=True) as fetch:
        bell = StoredBell(store, event.slug, source.id, "http://127.0.0.1:1")
        feed = QuickFeed(replace(context(fetch, now=lambda: NOW, address=f"{hub.address}/feed"), bell=bell))

        await until(feed, lambda events: hub.asked > 1)

        assert hub.forms == []


async def test_a_subscription_is_renewed_and_one_to_a_former_hub_ends(store, event, source):
    async with running_hub(rss(entry(1))) as hub, Fetch(user_agent="Wall/1", private_addresses=True) as fetch:
        bell = StoredBell(store, event.slug, source.id, "http://127.0.0.1:1")
        ours = replace(
            ASKED, hub=f"{hub.address}/hub", topic=f"{hub.address}/feed", asked_at=NOW - timedelta(days=9)
        )
        await bell.save(ours.confirmed(timedelta(days=1), NOW))
        await bell.save(replace(ASKED, token="former"))
        feed = QuickFeed(replace(context(fetch, now=lambda: NOW, address=f"{hub.address}/feed"), bell=bell))
        feed.context = replace(feed.context, now=lambda: NOW)

        await until(feed, healths)

        assert [form["hub.secret"] for form in hub.forms] == ["s"]
        assert [one.token for one in await bell.subscriptions()] == ["t0k"]
