"""Channels brought up to date from the store, whatever was heard of it."""

import pytest

from tests.cast import NOW, a_post
from wall.channel import Channel
from wall.core.measures import Measures
from wall.core.moderation import Status, Verdict
from wall.reader import Reader
from wall.store.feeds import Published
from wall.store.submission import Submission

THROUGH = Verdict(status=Status.APPROVED)


@pytest.fixture
def reader(store):
    return Reader(store, kept=3, measures=Measures())


@pytest.fixture
async def channel(event, reader):
    channel = Channel(event.slug, "public", 3)
    await reader.begin(channel)
    return channel


async def through(store, event, *texts):
    posts = [a_post(text) for text in texts]
    await store.posts.submit(event.slug, [Submission(post, THROUGH) for post in posts], now=NOW)


def words(told):
    return [one.standing.post.text for one in told]


async def heard(store, event, offset):
    """What is published of the update at an offset."""
    (update,) = await store.feeds.after(event.slug, "public", offset - 1, limit=1)
    tip = await store.feeds.tip(event.slug, "public")
    return Published(slug=event.slug, name="public", epoch=tip.epoch, update=update)


async def test_a_channel_begins_with_as_many_updates_as_are_kept(store, event, reader, channel):
    await through(store, event, "a", "b", "c", "d")

    await reader.begin(channel)

    assert (channel.tip.offset, words(channel.ring.after(1)), channel.ring.after(0)) == (4, ["b", "c", "d"], None)


async def test_what_is_next_is_told_and_what_was_told_is_not_told_again(store, event, reader, channel):
    await through(store, event, "a")
    news = await heard(store, event, 1)

    await reader.receive(channel, [news])
    await reader.receive(channel, [news])

    assert words(channel.ring.after(0)) == ["a"]


async def test_a_hole_is_filled_from_the_store(store, event, reader, channel):
    await through(store, event, "a", "b")

    await reader.receive(channel, [await heard(store, event, 2)])

    assert words(channel.ring.after(0)) == ["a", "b"]
    assert list(reader.measures.catch_ups.samples()) == ["wall_hub_catch_ups_total 1"]


async def test_news_of_another_history_begins_the_channel_anew(store, event, reader, channel):
    await through(store, event, "a")
    await store.feeds.renew(event.slug, "public", channel.epoch)

    await reader.receive(channel, [await heard(store, event, 1)])

    assert channel.tip == await store.feeds.tip(event.slug, "public")


async def test_what_lies_before_the_ring_is_read_whole_or_not_at_all(store, event, reader, channel):
    await through(store, event, "a", "b")
    await reader.compare(channel)

    whole = await reader.older(channel, 0)
    await store.database.command("XDEL", f"wall:{{{event.slug}}}:feed:public", "1-0")

    assert (words(whole), await reader.older(channel, 0)) == (["a", "b"], None)
