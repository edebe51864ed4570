import asyncio
from dataclasses import replace

import pytest

from tests.cast import ALICE, BOB, NOW, a_decision, a_post
from wall.core.moderation import Status, Verdict
from wall.core.panic import EVERYONE, Restriction
from wall.core.post import Media, Picture
from wall.core.trust import BY_HAND, Trust
from wall.store import sweeps
from wall.store.submission import RESTRICTED_MEANWHILE, Submission

THROUGH = Verdict(status=Status.APPROVED)
WAIT = Verdict()
LIKE, ALMOST, UNLIKE = "00000000ffffffff", "00000000fffffff0", "ffffffff00000000"


async def submit(store, event, verdict, *, author=ALICE):
    post = a_post(author=author)
    await store.posts.submit(event.slug, [Submission(post, verdict)], now=NOW)
    return post


async def status(store, event, post):
    return (await store.posts.get(event.slug, post.id)).status


async def sweep(store, event, *, id="act", by="mia"):
    return await store.sweeps.sweep(event.slug, ALICE.uid, id=id, by=by, by_name=by.capitalize(), now=NOW)


def a_restriction(author):
    return Restriction(author=author, name="Alice", by="mia", by_name="Mia", at=NOW)


async def test_everything_of_an_author_goes_and_nothing_of_others(store, event):
    shown, waits = await submit(store, event, THROUGH), await submit(store, event, WAIT)
    others = await submit(store, event, THROUGH, author=BOB)
    stashed = await submit(store, event, WAIT)
    standing = await store.posts.get(event.slug, stashed.id)
    await store.posts.decide(event.slug, a_decision("stash", standing), now=NOW)

    swept = await sweep(store, event)

    assert swept.removed == [shown.id]
    assert set(swept.rejected) == {waits.id, stashed.id}
    assert [await status(store, event, post) for post in (shown, waits, stashed, others)] == [
        "removed",
        "rejected",
        "rejected",
        "approved",
    ]


async def test_what_leaves_is_told_where_audiences_hear_it_newest_first(store, event):
    first, second = await submit(store, event, THROUGH), await submit(store, event, THROUGH)

    swept = await sweep(store, event)

    updates = await store.feeds.after(event.slug, "public", 2, limit=9)
    assert swept.removed == [second.id, first.id]
    assert {(one.kind, one.post_id) for one in updates} == {("removed", first.id), ("removed", second.id)}
    assert set(await store.posts.told(event.slug, swept.removed)) == {one.offset for one in updates}


async def test_an_act_sent_again_goes_on_where_it_stopped(store, event):
    await submit(store, event, THROUGH)

    await sweep(store, event)
    again = await sweep(store, event)

    assert (again.removed, again.rejected) == ([], [])


async def test_two_moderators_who_sweep_at_once_remove_each_post_once(store, event):
    posts = [await submit(store, event, THROUGH) for _ in range(20)]

    swept = await asyncio.gather(
        sweep(store, event, id="one", by="mia"), sweep(store, event, id="other", by="max")
    )

    assert sorted([*swept[0].removed, *swept[1].removed]) == sorted(post.id for post in posts)
    assert len(await store.feeds.after(event.slug, "public", 20, limit=99)) == 20


async def test_a_post_that_is_approved_meanwhile_is_removed(store, event, monkeypatch):
    post = await submit(store, event, WAIT)
    standing = await store.posts.get(event.slug, post.id)
    of_author = store.posts.of_author

    async def approved_meanwhile(slug, author):
        found = await of_author(slug, author)
        await store.posts.decide(event.slug, a_decision("approve", standing, by="max"), now=NOW)
        return found

    monkeypatch.setattr(type(store.posts), "of_author", lambda self, *where: approved_meanwhile(*where))

    swept = await sweep(store, event)

    assert swept.removed == [post.id]


async def test_a_decision_of_a_sweep_is_taken_back_like_any_other(store, event):
    post = await submit(store, event, THROUGH)
    await sweep(store, event)
    standing = await store.posts.get(event.slug, post.id)

    back = await store.posts.decide(event.slug, a_decision("undo", standing), now=NOW)

    assert back.status == "approved"


@pytest.mark.parametrize("author", [ALICE.uid, EVERYONE])
async def test_what_was_let_through_before_its_author_was_held_waits(store, event, author):
    await store.authors.restrict(event.slug, a_restriction(author), now=NOW)

    post = await submit(store, event, THROUGH)

    standing = await store.posts.get(event.slug, post.id)
    public = await store.feeds.after(event.slug, "public", 0, limit=9)
    snapshot = await store.feeds.snapshot(event.slug, "desk", limit=9)
    assert (standing.status, standing.reason, standing.approved_at) == ("waiting", RESTRICTED_MEANWHILE, None)
    assert public == []
    assert [one.post.id for one in snapshot.standings] == [post.id]


async def test_who_is_not_held_goes_through(store, event):
    await store.authors.restrict(event.slug, a_restriction(BOB.uid), now=NOW)

    post = await submit(store, event, THROUGH)

    assert await status(store, event, post) == "approved"


async def test_who_is_held_is_trusted_no_longer_and_the_desk_is_told_once(store, event):
    await store.authors.trust(event.slug, ALICE.uid, by="Max")

    first = await store.authors.restrict(event.slug, a_restriction(ALICE.uid), now=NOW)
    again = await store.authors.restrict(event.slug, a_restriction(ALICE.uid), now=NOW)

    assert (first, again) == (True, False)
    assert await store.authors.trusts(event.slug, [ALICE.uid]) == [Trust(against=(BY_HAND,))]
    assert await store.authors.restricted(event.slug) == [a_restriction(ALICE.uid)]
    assert [one.kind for one in await store.feeds.after(event.slug, "desk", 0, limit=9)] == ["restricted"]


async def test_who_is_released_goes_through_again(store, event):
    await store.authors.restrict(event.slug, a_restriction(ALICE.uid), now=NOW)

    assert await store.authors.lift(event.slug, ALICE.uid, now=NOW)
    post = await submit(store, event, THROUGH)

    assert await status(store, event, post) == "approved"
    assert await store.authors.restricted(event.slug) == []


# Pictures like a refused one


async def with_picture(store, event, likeness, verdict=WAIT):
    picture = Picture("0" * 32, 8, 6, likeness=likeness)
    post = a_post(media=(Media(kind="image", url="https://a.example/1", picture=picture),))
    await store.posts.submit(event.slug, [Submission(post, verdict)], now=NOW)
    return await store.posts.get(event.slug, post.id)


async def refuse(store, event, standing):
    decision = replace(a_decision("reject", standing), for_picture=True)
    return await store.posts.decide(event.slug, decision, now=NOW)


async def test_what_waits_with_a_picture_like_a_refused_one_is_rejected_too(store, event, monkeypatch):
    monkeypatch.setattr(sweeps, "CHUNK", 2)
    first, second, other, third = [
        await with_picture(store, event, likeness) for likeness in (LIKE, LIKE, UNLIKE, ALMOST)
    ]
    shown = await with_picture(store, event, LIKE, THROUGH)
    await refuse(store, event, second)

    swept = await store.sweeps.alike(event.slug, second.post.id, now=NOW)

    after = await store.posts.get(event.slug, first.post.id)
    assert swept == [first.post.id, third.post.id]
    assert (after.status, after.reason) == (Status.REJECTED, "Like a picture that Mia refused.")
    assert await status(store, event, other.post) is Status.WAITING
    assert await status(store, event, shown.post) is Status.APPROVED
    desk = await store.feeds.after(event.slug, "desk", 0, limit=20)
    assert [one.post_id for one in desk if one.kind == "swept"] == swept
    assert (await store.posts.tally(event.slug)).causes == {"picture": 1, "rule": 2}


async def test_a_delayed_post_that_was_swept_is_due_no_more(store, event):
    delayed = await with_picture(store, event, LIKE, Verdict(delay=60))
    refused = await refuse(store, event, await with_picture(store, event, LIKE))

    await store.sweeps.alike(event.slug, refused.post.id, now=NOW)

    assert await status(store, event, delayed.post) is Status.REJECTED
    assert event.slug not in await store.due.slugs()


async def test_a_refusal_that_was_taken_back_sweeps_nothing(store, event):
    waits = await with_picture(store, event, LIKE)
    refused = await refuse(store, event, await with_picture(store, event, LIKE))
    await store.posts.decide(event.slug, a_decision("undo", refused), now=NOW)

    assert await store.sweeps.alike(event.slug, refused.post.id, now=NOW) == []
    assert await status(store, event, waits.post) is Status.WAITING


async def test_a_swept_post_can_be_approved_all_the_same(store, event):
    waits = await with_picture(store, event, LIKE)
    refused = await refuse(store, event, await with_picture(store, event, LIKE))
    await store.sweeps.alike(event.slug, refused.post.id, now=NOW)

    swept = await store.posts.get(event.slug, waits.post.id)

    assert (await store.posts.decide(event.slug, a_decision("approve", swept), now=NOW)).visible
