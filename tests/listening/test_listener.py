from dataclasses import replace

import pytest

from tests.cast import NOW, a_decision, a_post
from wall.core.moderation import Verdict
from wall.core.mood import Word
from wall.core.spoken import spoken, words_hash
from wall.listening.listener import Listener
from wall.store.submission import Submission

BAD, GOOD = "The wifi is terrible and I hate this queue", "What a wonderful talk, I loved it!"


@pytest.fixture
def listener(store, ear):
    return Listener(store, ear)


async def submit(store, event, *texts, **fields):
    posts = [a_post(text, **fields) for text in texts]
    await store.posts.submit(event.slug, [Submission(post, Verdict()) for post in posts], now=NOW)
    return posts


async def heard(store, event, *posts):
    return await store.moods.get_all(event.slug, [post.id for post in posts])


async def say(store, event, post, says):
    words = words_hash(spoken(post.text))
    await store.moods.say(event.slug, post.id, Word(says=says, by="mia", by_name="Mia", at=NOW, words=words))


async def test_what_comes_and_what_was_there_before_is_heard(store, event, listener):
    before = await submit(store, event, BAD)
    await listener.listen(event)
    after = await submit(store, event, GOOD)
    await listener.listen(event)

    bad, good = await heard(store, event, *before, *after)
    assert (bad.unhappy, good.unhappy, good.mood.language) == (True, False, "en")


async def test_an_edited_post_is_heard_anew(store, event, listener):
    (post,) = await submit(store, event, BAD, revision=1)
    await listener.listen(event)
    await store.posts.edit(event.slug, Submission(replace(post, text=GOOD, revision=2), Verdict()), now=NOW)
    await listener.listen(event)

    assert (await heard(store, event, post))[0].figure > 0


async def test_a_word_outlasts_a_decision_and_hearing_anew(store, event, listener):
    (post,) = await submit(store, event, BAD)
    await listener.listen(event)
    await say(store, event, post, "not unhappy")
    standing = await store.posts.get(event.slug, post.id)
    await store.posts.decide(event.slug, a_decision("approve", standing), now=NOW)
    await listener.listen(event)

    assert (await heard(store, event, post))[0].word.says == "not unhappy"
    assert await store.moods.unhappy(event.slug, "newest", limit=9) == []


async def test_a_withdrawn_post_is_on_no_list(store, event, listener):
    (post,) = await submit(store, event, BAD)
    await listener.listen(event)
    await store.posts.withdraw(event.slug, post.uid, now=NOW)
    await listener.listen(event)

    assert await store.moods.unhappy(event.slug, "newest", limit=9) == []


async def test_where_the_feed_begins_anew_all_posts_are_gone_through(store, event, listener):
    (post,) = await submit(store, event, BAD)
    await listener.listen(event)
    tip = await store.feeds.tip(event.slug, "desk")
    await store.moods.forget(event.slug, [post.id])
    await store.feeds.renew(event.slug, "desk", tip.epoch)
    await listener.listen(event)

    assert (await heard(store, event, post))[0].unhappy


async def test_a_post_that_cannot_be_weighed_keeps_no_other_from_being_heard(store, event, ear, monkeypatch):
    odd, plain = await submit(store, event, "odd", BAD)
    sounds = ear.sounds
    monkeypatch.setattr(ear, "sounds", lambda words: {}["odd"] if words == "odd" else sounds(words))
    monkeypatch.setattr(ear, "language", lambda *words: "en")

    await Listener(store, ear).look()

    of_odd, of_plain = await heard(store, event, odd, plain)
    assert (of_odd.mood.score, of_plain.unhappy) == (None, True)


async def test_an_event_without_news_is_not_read_again(store, event, listener):
    await submit(store, event, BAD)
    await listener.look()

    looks = {slug: (behind, said) for slug, behind, said in await store.moods.behind()}

    assert looks[event.slug] == (False, 0)


async def test_an_event_without_posts_is_not_read_again(store, event, listener):
    await listener.look()

    looks = {slug: behind for slug, behind, _ in await store.moods.behind()}

    assert looks[event.slug] is False


async def test_one_listener_at_a_time_listens_to_an_event(store, event, ear, listener):
    await submit(store, event, BAD)
    await listener.look()
    head = await store.moods.head(event.slug)
    await submit(store, event, GOOD)
    await Listener(store, ear).look()

    assert await store.moods.head(event.slug) == head


async def test_nobody_listens_where_the_organiser_does_not_want_it(store, event, listener):
    await store.events.change(event.slug, lambda event: replace(event, listens="no"))
    (post,) = await submit(store, event, BAD)
    await listener.look()

    assert (await heard(store, event, post))[0].mood is None


async def taught(store, event, listener):
    complaints = await submit(store, event, *(f"Waiting at desk {number} for a badge" for number in range(30)))
    others = await submit(store, event, *(f"The next talk is in room {number}" for number in range(30)))
    await listener.listen(event)
    for post in complaints:
        await say(store, event, post, "unhappy")
    for post in others:
        await say(store, event, post, "not unhappy")
    return await submit(store, event, "We are waiting at the desk for a badge")


async def test_an_event_that_taught_enough_hears_what_the_lexicon_does_not(store, event, listener):
    (post,) = await taught(store, event, listener)
    await listener.listen(event)

    (found,) = await heard(store, event, post)
    assert (found.unhappy, found.mood.taught, found.mood.score) == (True, 60, 0)
    assert (await store.moods.taught(event.slug)).better


async def test_learning_can_be_switched_off(store, event, listener):
    (post,) = await taught(store, event, listener)
    await listener.listen(replace(event, listens="guess"))

    assert (await heard(store, event, post))[0].mood.taught == 0
