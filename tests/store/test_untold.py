import pytest

from tests.cast import NOW, a_post
from wall.core.moderation import Status, Verdict
from wall.store.keys import EventKeys
from wall.store.submission import Submission


@pytest.fixture
def submit(store, event):
    async def submit(status):
        post = a_post()
        await store.posts.submit(event.slug, [Submission(post, Verdict(status=status))], now=NOW)
        return post

    return submit


@pytest.fixture
def count(store, event):
    async def count(*things):
        await store.database.command("SADD", EventKeys(event.slug).untold, *things)

    return count


@pytest.fixture
def told(store, event):
    async def told(feed="public"):
        updates = await store.feeds.after(event.slug, feed, 0, limit=99)
        return [(one.kind, one.post_id, one.status) for one in updates]

    return told


async def test_a_post_that_is_counted_often_is_told_of_once(store, event, submit, count, told):
    post = await submit(Status.APPROVED)
    for _ in range(5):
        await count(post.id)

    await store.untold.tell(event.slug, now=NOW)
    await store.untold.tell(event.slug, now=NOW)

    assert await told() == [("posted", post.id, "approved"), ("counted", post.id, "approved")]


async def test_a_post_that_is_not_on_the_wall_is_not_told_of(store, event, submit, count, told):
    post = await submit(Status.WAITING)
    await count(post.id, "unknown")

    await store.untold.tell(event.slug, now=NOW)

    assert await told() == []


async def test_what_is_no_post_is_told_by_its_name_on_both_feeds(store, event, count, told):
    await count(":polls")

    await store.untold.tell(event.slug, now=NOW)

    assert await told() == [("arranged", "", "polls")]
    assert await told("desk") == [("arranged", "", "polls")]


async def test_only_events_with_something_to_tell_are_looked_at(store, event, count):
    assert event.slug not in await store.untold.slugs()
    await count(":polls")

    assert event.slug in await store.untold.slugs()
