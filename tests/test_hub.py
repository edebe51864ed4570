import asyncio
from contextlib import asynccontextmanager

import pytest

from tests.cast import NOW, a_decision, a_post
from wall.core.feed import Cursor
from wall.core.moderation import Status, Verdict
from wall.hub import Hub
from wall.store.submission import Submission

THROUGH = Verdict(status=Status.APPROVED)
SOON_SECONDS = 5.0


def encode(slug, name, view, told):
    words = told.standing.post.text if told.standing and told.standing.visible else "-"
    return f"{told.update.offset} {told.update.kind} {words}"


@asynccontextmanager
async def following(store, *, kept=100):
    """A hub that follows the feeds, once it listens."""
    hub = Hub(store, encode, kept=kept, random=lambda: 0.0)
    task = asyncio.create_task(hub.follow())
    await until(lambda: hub.caught_up)
    try:
        yield hub
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(condition):
    async with asyncio.timeout(SOON_SECONDS):
        while not condition():
            await asyncio.sleep(0.005)


async def through(store, event, text):
    post = a_post(text)
    await store.posts.submit(event.slug, [Submission(post, THROUGH)], now=NOW)
    return await store.posts.get(event.slug, post.id)


async def told(hub, viewer, count):
    """The next updates of a viewer, as many as asked for."""
    lines = []
    async with asyncio.timeout(SOON_SECONDS):
        while len(lines) < count:
            assert await hub.news(viewer)
            lines += await hub.owed(viewer)
    return lines


async def test_a_viewer_is_told_what_is_approved_after_it_came(store, event):
    await through(store, event, "before")
    async with following(store) as hub, hub.join(event.slug, "public", "json", None) as viewer:
        await through(store, event, "after")

        assert await told(hub, viewer, 1) == ["2 posted after"]


async def test_a_viewer_that_comes_back_gets_what_it_missed_once(store, event):
    async with following(store) as hub:
        for text in "abc":
            await through(store, event, text)
        tip = await store.feeds.tip(event.slug, "public")

        async with hub.join(event.slug, "public", "json", Cursor(tip.epoch, 1)) as viewer:
            assert await hub.owed(viewer) == ["2 posted b", "3 posted c"]
            assert await hub.owed(viewer) == []
            assert viewer.cursor == tip


@pytest.mark.parametrize("lost", [Cursor("other", 2), Cursor("", 0)])
async def test_a_cursor_of_another_history_gets_a_resync(store, event, lost):
    await through(store, event, "a")
    async with following(store) as hub, hub.join(event.slug, "public", "json", lost) as viewer:
        assert await hub.owed(viewer) is None
        assert await hub.owed(viewer) == []


async def test_a_cursor_ahead_of_the_feed_gets_a_resync(store, event):
    await through(store, event, "a")
    tip = await store.feeds.tip(event.slug, "public")
    async with following(store) as hub, hub.join(event.slug, "public", "json", Cursor(tip.epoch, 9)) as viewer:
        assert await hub.owed(viewer) is None


async def test_a_cursor_that_another_process_gave_out_before_this_one_heard_is_no_cause_for_a_resync(store, event):
    hub = Hub(store, encode, kept=100, random=lambda: 0.0)
    async with hub.join(event.slug, "public", "json", None):
        await through(store, event, "unheard")
        ahead = await store.feeds.tip(event.slug, "public")

        async with hub.join(event.slug, "public", "json", ahead) as viewer:
            assert await hub.owed(viewer) == []
            assert viewer.cursor == ahead


async def test_a_cursor_older_than_what_is_kept_gets_a_resync(store, event):
    for text in "abcdef":
        await through(store, event, text)
    tip = await store.feeds.tip(event.slug, "public")
    async with following(store, kept=3) as hub:
        async with hub.join(event.slug, "public", "json", Cursor(tip.epoch, 2)) as viewer:
            assert await hub.owed(viewer) is None
        async with hub.join(event.slug, "public", "json", Cursor(tip.epoch, 3)) as viewer:
            assert len(await hub.owed(viewer)) == 3


async def test_what_was_removed_is_not_told_to_those_who_were_away(store, event):
    async with following(store) as hub, hub.join(event.slug, "public", "json", None) as present:
        standing = await through(store, event, "secret")
        await told(hub, present, 1)
        start = Cursor(present.cursor.epoch, 0)
        await store.posts.decide(event.slug, a_decision("remove", standing), now=NOW)
        await told(hub, present, 1)

        async with hub.join(event.slug, "public", "json", start) as away:
            lines = await hub.owed(away)

    assert lines == ["1 posted -", "2 removed -"]


async def test_a_message_lost_by_pubsub_is_noticed_by_the_next(store, event):
    async with following(store) as hub, hub.join(event.slug, "public", "json", None) as viewer:
        await through(store, event, "a")
        await told(hub, viewer, 1)
        hub.channels[event.slug, "public"].ring.tip -= 1
        hub.channels[event.slug, "public"].ring._values.pop()
        viewer.cursor = Cursor(viewer.cursor.epoch, 0)

        await through(store, event, "b")

        assert await told(hub, viewer, 2) == ["1 posted a", "2 posted b"]


async def test_a_silent_stall_is_found_by_looking(store, event):
    hub = Hub(store, encode, kept=100, random=lambda: 0.0)
    async with hub.join(event.slug, "public", "json", None) as viewer:
        await through(store, event, "unheard")

        await hub._look()

        assert await hub.owed(viewer) == ["1 posted unheard"]


async def test_a_history_that_was_cut_gets_another_epoch_and_viewers_start_anew(store, event):
    async with following(store) as hub, hub.join(event.slug, "public", "json", None) as viewer:
        for text in "ab":
            await through(store, event, text)
        await told(hub, viewer, 2)
        before = viewer.cursor
        await store.database.command("HSET", f"wall:{{{event.slug}}}:feed:public:head", "offset", 1)

        await hub._look()

        assert await hub.owed(viewer) is None
        assert viewer.cursor.epoch != before.epoch
        assert (await store.feeds.tip(event.slug, "public")).epoch == viewer.cursor.epoch


async def test_a_history_that_ends_while_older_updates_are_read_ends_in_a_resync(store, event, monkeypatch):
    hub = Hub(store, encode, kept=100, random=lambda: 0.0)
    async with hub.join(event.slug, "public", "json", None) as present:
        await through(store, event, "a")
        await another_history(hub, event, present.cursor)
        here = Cursor(present.channel.epoch, 0)
        after = store.feeds.after

        async def ends_meanwhile(*arguments, **options):
            updates = await after(*arguments, **options)
            await another_history(hub, event, here)
            return updates

        monkeypatch.setattr(store.feeds, "after", ends_meanwhile)
        async with hub.join(event.slug, "public", "json", here) as viewer:
            assert await hub.owed(viewer) is None


async def another_history(hub, event, cursor):
    """Have a feed's history end, and the hub hear of it."""
    await hub.store.feeds.renew(event.slug, "public", cursor.epoch)
    await hub._look()


async def test_the_hub_comes_back_by_itself_when_redis_cut_its_connection(store, event):
    async with following(store) as hub, hub.join(event.slug, "public", "json", None) as viewer:
        for connection in list(store.database.servers.redis.connection_pool._in_use_connections):
            connection._writer.close()

        await through(store, event, "after the cut")

        assert await told(hub, viewer, 1) == ["1 posted after the cut"]


async def test_an_update_is_encoded_once_for_all_viewers_of_a_view(store, event):
    calls = []

    def counted(*arguments):
        calls.append(arguments)
        return encode(*arguments)

    async with following(store) as hub:
        hub.encode = counted
        async with (
            hub.join(event.slug, "public", "json", None) as one,
            hub.join(event.slug, "public", "json", None) as two,
            hub.join(event.slug, "public", "html", None) as three,
        ):
            await through(store, event, "a")
            for viewer in (one, two, three):
                await told(hub, viewer, 1)

    assert len(calls) == 2


async def test_a_snapshot_is_asked_for_once_until_something_changes(store, event):
    async with following(store) as hub, hub.join(event.slug, "public", "json", None) as viewer:
        first = await hub.snapshot(event.slug, "public", limit=10)
        again = await hub.snapshot(event.slug, "public", limit=10)
        await through(store, event, "a")
        await told(hub, viewer, 1)
        after = await hub.snapshot(event.slug, "public", limit=10)

    assert first is again
    assert [standing.post.text for standing in after.standings] == ["a"]


async def test_the_desk_is_told_of_every_change(store, event):
    async with following(store) as hub, hub.join(event.slug, "desk", "html", None) as viewer:
        post = a_post("waits")
        await store.posts.submit(event.slug, [Submission(post, Verdict())], now=NOW)
        standing = await store.posts.get(event.slug, post.id)
        await store.posts.decide(event.slug, a_decision("reject", standing), now=NOW)
        await store.posts.withdraw(event.slug, post.uid, now=NOW)

        kinds = [line.split()[1] for line in await told(hub, viewer, 3)]

    assert kinds == ["submitted", "decided", "withdrawn"]


async def test_a_damaged_post_does_not_end_the_streams_of_others(store, event):
    async with following(store) as hub, hub.join(event.slug, "desk", "html", None) as viewer:
        damaged = a_post("damaged")
        await store.posts.submit(event.slug, [Submission(damaged, Verdict())], now=NOW)
        await store.database.command("HSET", f"wall:{{{event.slug}}}:post:{damaged.id}", "standing", "{")
        await through(store, event, "whole")

        lines = await told(hub, viewer, 2)

    assert lines[1] == "2 submitted whole"
