from dataclasses import replace

import pytest

from tests.cast import NOW, a_post
from wall.core.moderation import Verdict
from wall.core.mood import Mood, Word
from wall.core.spoken import spoken, words_hash
from wall.errors import InvalidInput, NotFound
from wall.store.keys import EventKeys
from wall.store.moods import Head
from wall.store.submission import Submission


async def arrived(store, event, text, **fields):
    post = a_post(text, **fields)
    await store.posts.submit(event.slug, [Submission(post, Verdict())], now=NOW)
    return await store.posts.get(event.slug, post.id)


def mood(standing, score=-0.6):
    return Mood(language="en", model="m", words=words_hash(spoken(standing.post.text)), score=score)


def word(standing, says="not unhappy", by="mia"):
    words = words_hash(spoken(standing.post.text))
    return Word(says=says, by=by, by_name=by.capitalize(), at=NOW, words=words)


async def test_unhappy_posts_are_listed_newest_and_strongest_first(store, event):
    older = await arrived(store, event, "terrible")
    newer = await arrived(store, event, "bad")
    newer = replace(newer, post=replace(newer.post, created_at=NOW.replace(hour=10)))
    await store.moods.put(event.slug, [(older, mood(older, -0.9)), (newer, mood(newer, -0.3))])

    assert await store.moods.unhappy(event.slug, "newest", limit=9) == [newer.post.id, older.post.id]
    assert await store.moods.unhappy(event.slug, "strongest", limit=9) == [older.post.id, newer.post.id]


async def test_a_word_is_kept_with_who_said_it_and_can_be_taken_back(store, event):
    post = await arrived(store, event, "terrible")
    await store.moods.put(event.slug, [(post, mood(post))])

    await store.moods.say(event.slug, post.post.id, word(post))
    (said,) = await store.moods.get_all(event.slug, [post.post.id])
    listed = await store.moods.unhappy(event.slug, "newest", limit=9)
    back = await store.moods.take_back(event.slug, post.post.id)

    assert (said.word.by_name, said.word.at, said.figure, listed) == ("Mia", NOW, 0, [])
    assert (back.word, back.figure) == (None, -60)
    assert await store.moods.counts(event.slug) == (1, 0)


async def test_a_word_ends_when_the_author_changes_what_it_is_about(store, event):
    post = await arrived(store, event, "terrible", revision=1)
    await store.moods.put(event.slug, [(post, mood(post))])
    await store.moods.say(event.slug, post.post.id, word(post))
    other = replace(post.post, text="it is fine now", revision=2)
    await store.posts.edit(event.slug, Submission(other, Verdict()), now=NOW)
    edited = await store.posts.get(event.slug, post.post.id)

    await store.moods.put(event.slug, [(edited, mood(edited, 0.2))])

    assert (await store.moods.get_all(event.slug, [post.post.id]))[0].said is None
    assert await store.moods.counts(event.slug) == (0, 0)


async def test_a_word_stays_when_only_a_warning_is_added(store, event):
    post = await arrived(store, event, "terrible", revision=1)
    await store.moods.say(event.slug, post.post.id, word(post))
    other = replace(post.post, content_warning="noise", revision=2)
    await store.posts.edit(event.slug, Submission(other, Verdict()), now=NOW)
    edited = await store.posts.get(event.slug, post.post.id)

    await store.moods.put(event.slug, [(edited, mood(edited))])

    assert (await store.moods.get_all(event.slug, [post.post.id]))[0].word.says == "not unhappy"


async def test_nobody_speaks_of_words_that_are_gone(store, event):
    post = await arrived(store, event, "terrible")

    with pytest.raises(InvalidInput, match="changed these words"):
        await store.moods.say(event.slug, post.post.id, replace(word(post), words="other"))
    with pytest.raises(NotFound):
        await store.moods.say(event.slug, "nothing", word(post))


async def test_a_post_that_its_author_deletes_takes_its_mood_along(store, event):
    post = await arrived(store, event, "terrible")
    await store.moods.put(event.slug, [(post, mood(post))])
    await store.moods.say(event.slug, post.post.id, word(post))

    await store.posts.withdraw(event.slug, post.post.uid, now=NOW)
    await store.moods.put(event.slug, [(post, mood(post))])  # weighed before, and here only now

    (left,) = await store.moods.get_all(event.slug, [post.post.id])
    assert (left.mood, left.said) == (None, None)


async def test_the_ledger_is_to_look_again_at_what_changes(store, event):
    guessed, spoken_of = await arrived(store, event, "terrible"), await arrived(store, event, "bad")
    await store.moods.put(event.slug, [(guessed, mood(guessed))])
    await store.moods.say(event.slug, spoken_of.post.id, word(spoken_of))

    stale = await store.database.command("SMEMBERS", f"{EventKeys(event.slug).ledger}stale")

    assert {id.decode() for id in stale} == {guessed.post.id, spoken_of.post.id}


async def test_how_far_listening_is_is_kept(store, event):
    assert await store.moods.head(event.slug) == Head(offset="")

    await store.moods.reach(event.slug, Head("e1", "7", "waiting:3", "m"))

    assert await store.moods.head(event.slug) == Head("e1", "7", "waiting:3", "m")
