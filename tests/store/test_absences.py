from datetime import timedelta

from tests.cast import ALICE, BOB, NOW, a_post
from wall.core.moderation import Status, Verdict
from wall.store.keys import EventKeys
from wall.store.submission import Submission

LATER = NOW + timedelta(minutes=1)


async def submit(store, event, post):
    return await store.posts.submit(event.slug, [Submission(post, Verdict())], now=NOW)


async def test_nothing_of_an_author_who_left_comes_in_whoever_submits_it(store, event):
    await store.absences.leave(event.slug, ALICE.uid, at=NOW)

    taken = [len(await submit(store, event, a_post(author=author))) for author in (ALICE, BOB)]

    assert taken == [0, 1]
    tally = await store.posts.tally(event.slug)
    assert (tally.counts[Status.WAITING], tally.left) == (1, 1)


async def test_a_post_that_comes_again_and_again_is_counted_once(store, event):
    post = a_post()
    await store.absences.leave(event.slug, ALICE.uid, at=NOW)

    for _ in range(3):
        await submit(store, event, post)

    await store.absences.turned_away(event.slug, {post.id: "left"})
    assert (await store.posts.tally(event.slug)).left == 1


async def test_who_comes_back_is_taken_in_again(store, event):
    await store.absences.leave(event.slug, ALICE.uid, at=NOW)

    assert await store.absences.come_back(event.slug, ALICE.uid, at=LATER)

    assert len(await submit(store, event, a_post())) == 1
    assert await store.absences.among(event.slug, [ALICE.uid, BOB.uid]) == [False, False]


async def test_what_was_said_earlier_changes_nothing_however_late_it_is_read(store, event):
    await store.absences.leave(event.slug, ALICE.uid, at=NOW)
    await store.absences.come_back(event.slug, ALICE.uid, at=LATER)

    assert not await store.absences.leave(event.slug, ALICE.uid, at=NOW)

    assert await store.absences.among(event.slug, [ALICE.uid]) == [False]


async def test_leaving_is_done_again_until_the_posts_are_gone_and_then_no_more(store, event):
    first = await store.absences.leave(event.slug, ALICE.uid, at=NOW)
    after_a_crash = await store.absences.leave(event.slug, ALICE.uid, at=NOW)
    await store.absences.gone(event.slug, ALICE.uid, at=NOW)

    assert (first, after_a_crash) == (True, True)
    assert not await store.absences.leave(event.slug, ALICE.uid, at=NOW)
    assert await store.absences.among(event.slug, [ALICE.uid]) == [True]


async def test_who_left_is_kept_under_a_hash_that_differs_from_event_to_event(store, event):
    other = event.slug + "-other"
    for slug in (event.slug, other):
        await store.absences.leave(slug, ALICE.uid, at=NOW)

    kept = [str(await store.database.command("HGETALL", EventKeys(slug).left)) for slug in (event.slug, other)]

    assert kept[0] != kept[1]
    assert not any("alice" in one.lower() for one in kept)


async def test_an_event_that_nobody_left_turns_nobody_away(store, event):
    assert await store.absences.among(event.slug, [ALICE.uid]) == [False]
    assert await store.absences.among(event.slug, []) == []


async def test_the_posts_of_an_author_are_found_oldest_first(store, event):
    first, second = a_post(), a_post()
    for post in (first, a_post(author=BOB), second):
        await submit(store, event, post)

    assert [one.post.id for one in await store.posts.of_author(event.slug, ALICE.uid)] == [first.id, second.id]


async def test_what_was_refused_on_arrival_is_counted_as_a_rules_doing(store, event):
    await store.posts.submit(event.slug, [Submission(a_post(), Verdict(status=Status.REJECTED))], now=NOW)

    assert (await store.posts.tally(event.slug)).causes == {"rule": 1}
