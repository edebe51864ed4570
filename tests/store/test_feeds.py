import asyncio
from contextlib import aclosing

import pytest

from tests.cast import NOW, a_decision, a_post
from wall.core.moderation import Status, Verdict
from wall.errors import StoreUnavailable
from wall.store import open_store
from wall.store.submission import Submission

THROUGH = Verdict(status=Status.APPROVED)


async def through(store, event, text="Hello"):
    post = a_post(text)
    await store.posts.submit(event.slug, [Submission(post, THROUGH)], now=NOW)
    return await store.posts.get(event.slug, post.id)


async def test_a_feed_begins_at_nothing_and_keeps_its_epoch(store, event):
    first = await store.feeds.tip(event.slug, "public")
    await through(store, event)

    second = await store.feeds.tip(event.slug, "public")

    assert (first.offset, second.offset) == (0, 1)
    assert first.epoch == second.epoch


async def test_two_who_begin_a_feed_at_once_begin_the_same(store, event):
    tips = await asyncio.gather(*(store.feeds.tip(event.slug, "public") for _ in range(8)))

    assert len({tip.epoch for tip in tips}) == 1


async def test_offsets_have_no_holes_however_many_write_at_once(store, event):
    await asyncio.gather(*(through(store, event) for _ in range(20)))

    updates = await store.feeds.after(event.slug, "public", 0, limit=100)

    assert [update.offset for update in updates] == list(range(1, 21))


async def test_updates_are_read_from_an_offset_on_as_many_as_asked_for(store, event):
    for _ in range(5):
        await through(store, event)

    updates = await store.feeds.after(event.slug, "public", 2, limit=2)

    assert [(update.offset, update.kind, update.at) for update in updates] == [
        (3, "posted", NOW),
        (4, "posted", NOW),
    ]


async def test_an_update_tells_what_a_post_was_and_came_to(store, event):
    standing = await through(store, event)
    await store.posts.decide(event.slug, a_decision("remove", standing), now=NOW)

    update = (await store.feeds.after(event.slug, "desk", 1, limit=1))[0]

    assert (update.kind, update.post_id, update.version, update.was, update.status) == (
        "decided",
        standing.post.id,
        2,
        "approved",
        "removed",
    )


async def test_the_log_holds_no_word_of_any_post(store, event):
    await through(store, event, "Words that may have to be forgotten")

    entries = await store.database.command("XRANGE", f"wall:{{{event.slug}}}:feed:public", "-", "+")

    assert b"forgotten" not in repr(entries).encode()


async def test_a_snapshot_is_the_wall_at_one_cursor_with_its_numbers(store, event):
    standings = [await through(store, event) for _ in range(3)]
    await store.posts.submit(event.slug, [Submission(a_post(), Verdict())], now=NOW)

    snapshot = await store.feeds.snapshot(event.slug, "public", limit=2)

    assert snapshot.cursor == await store.feeds.tip(event.slug, "public")
    assert [one.post.id for one in snapshot.standings] == [standings[2].post.id, standings[1].post.id]
    assert (snapshot.counts[Status.APPROVED], snapshot.counts[Status.WAITING]) == (3, 1)


async def test_a_snapshot_tells_the_place_that_the_next_page_begins_after(store, event):
    for _ in range(3):
        await through(store, event)
    ((place, _), *_) = (await store.posts.page(event.slug, Status.APPROVED, limit=2))[1:]

    assert (await store.feeds.snapshot(event.slug, "public", limit=2)).last == place
    assert (await store.feeds.snapshot(event.slug, "public", limit=4)).last is None


async def test_a_lost_history_gets_another_epoch_once(store, event):
    lost = await store.feeds.tip(event.slug, "public")

    await asyncio.gather(*(store.feeds.renew(event.slug, "public", lost.epoch) for _ in range(2)))
    renewed = await store.feeds.tip(event.slug, "public")
    await store.feeds.renew(event.slug, "public", lost.epoch)

    assert renewed.epoch != lost.epoch
    assert await store.feeds.tip(event.slug, "public") == renewed


async def test_who_listens_is_told_at_once_what_the_log_says(store, event):
    async with asyncio.timeout(5), aclosing(store.feeds.listen()) as listening:
        assert await anext(listening) is None
        await through(store, event)
        heard = []
        while len(heard) < 2:
            published = await anext(listening)
            heard += [published] if published and published.slug == event.slug else []

    (logged,) = await store.feeds.after(event.slug, "public", 0, limit=10)
    public = next(one for one in heard if one.name == "public")
    assert public.update == logged
    assert public.slug == event.slug
    assert public.epoch == (await store.feeds.tip(event.slug, "public")).epoch


async def test_who_listens_to_a_redis_that_is_away_is_told(tmp_path):
    store = open_store(f"unix://{tmp_path}/nothing.sock")

    with pytest.raises(StoreUnavailable):
        await anext(store.feeds.listen())

    await store.database.close()
