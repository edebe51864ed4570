import asyncio
from dataclasses import replace

from tests.cast import NOW, a_decision, a_post
from wall.core.moderation import Status, Verdict
from wall.core.post import Media, Picture
from wall.errors import AlreadyDecided
from wall.store import change
from wall.store.submission import Submission

LIKENESS = "00000000ffffffff"


async def pictured(store, event, likeness=LIKENESS, status=Status.WAITING):
    media = tuple(
        Media(kind="image", url=f"https://a.example/{one}", picture=Picture("0" * 32, 8, 6, likeness=one))
        for one in likeness.split()
    )
    post = a_post(media=media)
    await store.posts.submit(event.slug, [Submission(post, Verdict(status=status))], now=NOW)
    return await store.posts.get(event.slug, post.id)


async def decided(store, event, kind, standing, *, for_picture=False, **fields):
    decision = replace(a_decision(kind, standing, **fields), for_picture=for_picture)
    return await store.posts.decide(event.slug, decision, now=NOW)


async def test_a_picture_refused_for_itself_is_remembered_and_no_other(store, event):
    await decided(store, event, "reject", await pictured(store, event, "1111111111111111"))
    refused = await decided(store, event, "reject", await pictured(store, event), for_picture=True)

    assert await store.refused.all(event.slug) == [(LIKENESS, refused.post.id)]


async def test_every_picture_of_the_post_is_remembered(store, event):
    standing = await pictured(store, event, f"{LIKENESS} 1111111111111111", Status.APPROVED)

    await decided(store, event, "remove", standing, for_picture=True)

    assert {likeness for likeness, _ in await store.refused.all(event.slug)} == {LIKENESS, "1111111111111111"}


async def test_undo_and_approval_take_it_out_and_undo_of_that_puts_it_back(store, event):
    refused = await decided(store, event, "reject", await pictured(store, event), for_picture=True)

    undone = await decided(store, event, "undo", refused)
    after_undo = await store.refused.all(event.slug)
    again = await decided(store, event, "reject", undone, for_picture=True)
    approved = await decided(store, event, "approve", again)
    after_approval = await store.refused.all(event.slug)
    await decided(store, event, "undo", approved)

    assert (after_undo, after_approval) == ([], [])
    assert await store.refused.all(event.slug) == [(LIKENESS, refused.post.id)]


async def test_two_posts_refused_for_one_picture_are_two_refusals(store, event):
    first = await decided(store, event, "reject", await pictured(store, event), for_picture=True)
    second = await decided(store, event, "reject", await pictured(store, event), for_picture=True)

    await decided(store, event, "undo", first)

    assert await store.refused.all(event.slug) == [(LIKENESS, second.post.id)]


async def test_a_refusal_stays_when_the_author_deletes_the_post(store, event):
    refused = await decided(store, event, "reject", await pictured(store, event), for_picture=True)

    await store.posts.withdraw(event.slug, refused.post.uid, now=NOW)

    assert await store.refused.all(event.slug) == [(LIKENESS, refused.post.id)]


async def test_who_was_too_slow_refuses_no_picture(store, event):
    standing = await pictured(store, event)
    await decided(store, event, "approve", standing, by="max")

    (answer,) = await asyncio.gather(
        decided(store, event, "reject", standing, for_picture=True), return_exceptions=True
    )

    assert isinstance(answer, AlreadyDecided)
    assert await store.refused.all(event.slug) == []


async def test_of_a_refusal_and_an_approval_at_once_only_the_winners_counts(store, event):
    standing = await pictured(store, event)

    await asyncio.gather(
        decided(store, event, "reject", standing, for_picture=True, by="mia"),
        decided(store, event, "approve", standing, by="max"),
        return_exceptions=True,
    )

    after = await store.posts.get(event.slug, standing.post.id)
    kept = await store.refused.all(event.slug)
    assert (after.status is Status.REJECTED) == (kept == [(LIKENESS, standing.post.id)])
    assert (after.status is Status.APPROVED) == (kept == [])


async def test_the_same_refusal_sent_twice_is_one(store, event):
    standing = await pictured(store, event)

    for _ in range(2):
        await decided(store, event, "reject", standing, for_picture=True, id="decision-again")

    assert len(await store.refused.all(event.slug)) == 1


async def test_the_oldest_refusals_are_forgotten(store, event, monkeypatch):
    monkeypatch.setattr(change, "MOST", 2)
    standings = [await pictured(store, event, f"{number:016x}") for number in range(1, 5)]

    for second, standing in enumerate(standings):
        decision = replace(a_decision("reject", standing), for_picture=True)
        await store.posts.decide(event.slug, decision, now=NOW.replace(second=second))

    assert [owner for _, owner in await store.refused.all(event.slug)] == [
        standings[3].post.id,
        standings[2].post.id,
    ]


async def test_an_event_where_nothing_was_refused_has_none(store, event):
    assert await store.refused.all(event.slug) == []


async def test_a_picture_needs_two_moderators_where_the_event_says_so(store, event):
    await store.events.change(event.slug, lambda event: replace(event, two_eyes=True))
    standing = await pictured(store, event)

    first = await decided(store, event, "approve", standing, by="mia")
    second = await decided(store, event, "approve", first, by="max")

    assert (first.status, first.approval.by_name, second.status) == (Status.WAITING, "Mia", Status.APPROVED)
    desk = await store.feeds.after(event.slug, "desk", 0, limit=10)
    assert [(one.kind, one.was, one.status) for one in desk] == [
        ("submitted", "", "waiting"),
        ("decided", "waiting", "waiting"),
        ("decided", "waiting", "approved"),
    ]
    assert [one.kind for one in await store.feeds.after(event.slug, "public", 0, limit=10)] == ["posted"]


async def test_the_first_approval_sent_twice_is_not_a_second_one(store, event):
    await store.events.change(event.slug, lambda event: replace(event, two_eyes=True))
    standing = await pictured(store, event)

    answers = [await decided(store, event, "approve", standing, id="decision-twice") for _ in range(2)]

    assert answers[0] == answers[1]
    assert (await store.posts.get(event.slug, standing.post.id)).status is Status.WAITING


async def test_a_post_refused_on_arrival_stands_newest_among_the_rejected(store, event):
    for _ in range(3):
        await decided(store, event, "reject", await pictured(store, event))

    newest = await pictured(store, event, status=Status.REJECTED)

    page = await store.posts.page(event.slug, Status.REJECTED, limit=10)
    assert page[0][1].post.id == newest.post.id
