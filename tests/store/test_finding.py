import pytest

from tests.cast import ALICE, BOB, NOW, a_decision, a_post
from wall.core.annotation import Note
from wall.core.finding import Filter
from wall.core.moderation import Status, Verdict
from wall.store.finding import AT_ONCE
from wall.store.submission import Submission

MANY = 2 * AT_ONCE + 7


@pytest.fixture
async def posts(store, event):
    posts = [a_post(f"Post {number}", author=(ALICE, BOB)[number % 2]) for number in range(MANY)]
    await store.posts.submit(event.slug, [Submission(post, Verdict()) for post in posts], now=NOW)
    return posts


async def decide(store, event, kind, post):
    standing = await store.posts.get(event.slug, post.id)
    return await store.posts.decide(event.slug, a_decision(kind, standing), now=NOW)


def texts(found):
    return [standing.post.text for standing in found.standings]


async def test_what_waits_is_found_oldest_first_wherever_it_is(store, event, posts):
    found = await store.finding.find(
        event.slug, Status.WAITING, lambda one: one.post.text in ("Post 206", "Post 3"), limit=10
    )

    assert texts(found) == ["Post 3", "Post 206"]
    assert (found.looked, found.last) == (MANY, None)


async def test_a_search_goes_on_from_where_it_stopped(store, event, posts):
    wants = Filter(by=BOB.uid).wants
    first = await store.finding.find(event.slug, Status.WAITING, wants, limit=60)
    rest = await store.finding.find(event.slug, Status.WAITING, wants, limit=60, after=first.last)

    assert texts(first) + texts(rest) == [f"Post {number}" for number in range(1, MANY, 2)]
    assert rest.last is None


async def test_a_search_is_bounded_though_nothing_fits(store, event, posts):
    found = await store.finding.find(event.slug, Status.WAITING, lambda one: False, limit=10, most=AT_ONCE)
    on = await store.finding.find(event.slug, Status.WAITING, lambda one: True, limit=1, after=found.last)

    assert found.looked == AT_ONCE
    assert texts(on) == [f"Post {AT_ONCE}"]


async def test_what_is_decided_is_found_newest_first(store, event, posts):
    for post in posts[:3]:
        await decide(store, event, "approve", post)

    found = await store.finding.find(event.slug, Status.APPROVED, lambda one: True, limit=2)

    assert texts(found) == ["Post 2", "Post 1"]


async def test_an_author_is_new_until_a_post_is_on_the_wall_and_again_when_none_is(store, event, posts):
    async def newcomers():
        found = await store.finding.find(event.slug, Status.WAITING, Filter(writer="new").wants, limit=MANY)
        return {standing.post.author.name for standing in found.standings}

    before = await newcomers()
    await decide(store, event, "approve", posts[0])
    after = await newcomers()
    await decide(store, event, "undo", posts[0])

    assert (before, after, await newcomers()) == ({"Alice", "Bob"}, {"Bob"}, {"Alice", "Bob"})


async def test_who_goes_straight_through_is_no_newcomer_either(store, event):
    through = Verdict(status=Status.APPROVED)
    await store.posts.submit(event.slug, [Submission(a_post(), through)], now=NOW)
    await store.posts.submit(event.slug, [Submission(a_post("Second"), Verdict())], now=NOW)

    found = await store.finding.find(event.slug, Status.WAITING, lambda one: True, limit=5)

    assert not found.standings[0].first_time


async def test_a_note_sent_twice_is_written_once(store, event, posts):
    note = Note(id="n1", post_id=posts[0].id, by="mia", by_name="Mia", text="Ask first")

    first = await store.posts.annotate(event.slug, note, now=NOW)
    second = await store.posts.annotate(event.slug, note, now=NOW)

    assert first == second
    assert (await store.posts.get(event.slug, posts[0].id)).version == 2
    assert (await store.feeds.after(event.slug, "desk", MANY, limit=5))[0].kind == "noted"
    assert await store.feeds.after(event.slug, "public", 0, limit=5) == []
