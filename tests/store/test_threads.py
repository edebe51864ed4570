from datetime import timedelta

import pytest

from tests.cast import BOB, MASTODON, NOW, a_decision, a_post
from wall.core.moderation import Status, Verdict
from wall.store.submission import Submission

WAIT = Verdict()
THROUGH = Verdict(status=Status.APPROVED)
ANSWERED = "ap:https://social.example/notes/answered"


@pytest.fixture
def say(store, event):
    async def say(text, verdict=THROUGH, **fields):
        post = a_post(text, **fields)
        await store.posts.submit(event.slug, [Submission(post, verdict)], now=NOW)
        return post

    return say


@pytest.fixture
def decide(store, event):
    async def decide(kind, post):
        standing = await store.posts.get(event.slug, post.id)
        await store.posts.decide(event.slug, a_decision(kind, standing), now=NOW)

    return decide


@pytest.fixture
def replies(store, event):
    async def replies(post):
        """Return how many replies a post says it has, and the words of those that it has."""
        standing = await store.posts.get(event.slug, post.id)
        return standing.replies, [one.post.text for one in await store.threads.replies(event.slug, post.id)]

    return replies


@pytest.fixture
def answers(store, event):
    async def answers(post):
        """Return the post that one answers: who wrote it, how it begins, and whether it is on the wall."""
        tied = await store.threads.tied(event.slug, [await store.posts.get(event.slug, post.id)])
        return tied[0].answers and (tied[0].answers.name, tied[0].answers.words, tied[0].answers.visible)

    return answers


async def told(store, event, name):
    updates = await store.feeds.after(event.slug, name, 0, limit=100)
    return [(update.kind, update.post_id, update.status) for update in updates]


async def test_replies_are_counted_while_they_are_on_the_wall(say, decide, replies):
    answered = await say("Who?", uid=ANSWERED)
    reply = await say("Me", WAIT, reply_to=ANSWERED)
    assert await replies(answered) == (0, ["Me"])

    await decide("approve", reply)
    assert await replies(answered) == (1, ["Me"])

    await decide("remove", reply)
    assert await replies(answered) == (0, ["Me"])


async def test_a_reply_that_was_there_first_is_tied_to_what_it_answers_once_that_comes(say, replies, answers):
    reply = await say("Me", reply_to=ANSWERED)
    assert await answers(reply) is None

    answered = await say("Who?", author=BOB, uid=ANSWERED)

    assert await replies(answered) == (1, ["Me"])
    assert await answers(reply) == ("Bob", "Who?", True)


async def test_what_others_show_of_a_reply_is_told_with_what_it_answers(store, event, say, decide):
    answered = await say("Who?", uid=ANSWERED)
    reply = await say("Me", reply_to=ANSWERED)

    await decide("remove", answered)

    on_wall, gone = (Status.APPROVED, Status.REMOVED)
    assert await told(store, event, "public") == [
        ("posted", answered.id, on_wall),
        ("posted", reply.id, on_wall),
        ("counted", answered.id, on_wall),
        ("removed", answered.id, gone),
        ("counted", reply.id, on_wall),
    ]
    assert ("counted", reply.id, on_wall) in await told(store, event, "desk")


async def test_a_reply_says_nothing_of_a_post_that_its_author_took_back(store, event, say, answers):
    await say("Oh no", uid=ANSWERED)
    reply = await say("Me", reply_to=ANSWERED)

    await store.posts.withdraw(event.slug, ANSWERED, now=NOW)

    _, words, visible = await answers(reply)
    assert (words, visible) == ("", False)


async def test_which_post_it_answers_is_learnt_when_it_comes_again(store, event, say, replies):
    answered = await say("Who?", uid=ANSWERED)
    reply = await say("Me", uid="ap:1")

    await store.posts.recount(event.slug, a_post("Me", uid=reply.uid, reply_to=ANSWERED), now=NOW)
    await store.posts.recount(event.slug, a_post("Me", uid=reply.uid, reply_to=ANSWERED, reposts=3), now=NOW)

    assert await replies(answered) == (1, ["Me"])


async def test_the_same_reply_again_counts_once(store, event, say, replies):
    answered = await say("Who?", uid=ANSWERED)
    reply = a_post("Me", reply_to=ANSWERED)

    for _ in range(2):
        await store.posts.submit(event.slug, [Submission(reply, THROUGH)], now=NOW)

    assert await replies(answered) == (1, ["Me"])


async def test_a_long_post_is_told_of_by_its_beginning(say, answers):
    await say("So many " * 100, uid=ANSWERED)
    reply = await say("Me", reply_to=ANSWERED)

    _, words, _ = await answers(reply)
    assert words.startswith("So many So many")
    assert words.endswith("many…")
    assert len(words) < 200


# Asking networks


@pytest.fixture
def to_ask(store, event):
    async def to_ask(minutes, source=MASTODON.id):
        """Return the words of the posts that are to be asked about so many minutes later."""
        now = NOW + timedelta(minutes=minutes)
        return [post.text for post in await store.threads.to_ask(event.slug, source, now=now)]

    return to_ask


async def test_posts_on_the_wall_are_asked_about_at_the_source_that_told_of_them(say, to_ask):
    await say("Shown")
    await say("Waits", WAIT)

    assert (await to_ask(1), await to_ask(2), await to_ask(2, "another")) == ([], ["Shown"], [])


async def test_a_post_that_was_asked_about_is_left_alone_until_the_next_time(store, event, say, to_ask):
    post = await say("Shown")

    await store.threads.asked(event.slug, MASTODON.id, post.uid, now=NOW + timedelta(minutes=2))

    assert (await to_ask(4), await to_ask(5)) == ([], ["Shown"])


async def test_a_post_that_is_answered_is_asked_about_again_soon(store, event, say, to_ask):
    post = await say("Shown", uid=ANSWERED)
    await store.threads.asked(event.slug, MASTODON.id, post.uid, now=NOW + timedelta(minutes=200))
    assert await to_ask(203) == []

    reply = a_post("Me", reply_to=ANSWERED)
    later = NOW + timedelta(minutes=201)
    await store.posts.submit(event.slug, [Submission(reply, WAIT)], now=later)

    assert await to_ask(203) == ["Shown"]


async def test_a_post_that_is_passed_on_is_asked_about_again_soon(store, event, say, to_ask):
    post = await say("Shown")
    await store.threads.asked(event.slug, MASTODON.id, post.uid, now=NOW + timedelta(minutes=200))
    assert await to_ask(203) == []

    await store.amplifiers.note(event.slug, post.id, ["zed"], now=NOW + timedelta(minutes=201))

    assert await to_ask(203) == ["Shown"]
