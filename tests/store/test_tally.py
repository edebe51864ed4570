"""What is counted of posts that are not shown, and what their authors are told."""

from dataclasses import replace

import pytest

from tests.cast import NOW, a_decision, a_post
from wall.core.moderation import Status, Verdict
from wall.store.submission import Submission


@pytest.fixture
async def waiting(store, event):
    post = a_post("Hello #PyConEx")
    await store.posts.submit(event.slug, [Submission(post, Verdict())], now=NOW)
    return await store.posts.get(event.slug, post.id)


async def refused(store, event):
    return (await store.posts.tally(event.slug)).causes


async def test_refused_posts_are_counted_by_cause_and_no_longer_once_they_are_not(store, event, waiting):
    listed = replace(a_decision("reject", waiting), reason="Advertising", listed=True)
    rejected = await store.posts.decide(event.slug, listed, now=NOW)
    assert await refused(store, event) == {"reason:Advertising": 1}

    approved = await store.posts.decide(event.slug, a_decision("approve", rejected), now=NOW)
    assert await refused(store, event) == {}

    await store.posts.decide(event.slug, replace(a_decision("remove", approved), reason="My words"), now=NOW)
    assert await refused(store, event) == {"moderator": 1}

    await store.posts.withdraw(event.slug, waiting.post.uid, now=NOW)
    assert await refused(store, event) == {}
    assert (await store.posts.tally(event.slug)).counts[Status.WITHDRAWN] == 1


async def test_what_was_told_is_there_again_after_an_approval_is_taken_back(store, event, waiting):
    rejected = await store.posts.decide(
        event.slug, replace(a_decision("reject", waiting), reason="Advertising", listed=True), now=NOW
    )
    approved = await store.posts.decide(event.slug, a_decision("approve", rejected), now=NOW)
    undone = await store.posts.decide(event.slug, a_decision("undo", approved), now=NOW)

    assert (rejected.explanation, approved.explanation, undone.explanation) == ("Advertising", None, "Advertising")
    assert await refused(store, event) == {"reason:Advertising": 1}


async def test_a_second_no_without_a_reason_tells_none(store, event, waiting):
    rejected = await store.posts.decide(
        event.slug, replace(a_decision("reject", waiting), reason="Advertising"), now=NOW
    )
    approved = await store.posts.decide(event.slug, a_decision("approve", rejected), now=NOW)
    removed = await store.posts.decide(event.slug, a_decision("remove", approved), now=NOW)

    assert removed.explanation is None
