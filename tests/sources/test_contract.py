"""What every source that we read keeps to, whichever network it reads."""

import asyncio
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC

import pytest

from tests.sources import peers
from tests.sources.peers import ALT, PICTURE, able, with_pictures
from tests.sources.world import (
    EVENT,
    NOW,
    amplifiers,
    asked,
    deletes,
    done,
    healths,
    last_position,
    once,
    posts,
    set_aside,
    until,
)
from wall.core.text import TEXT_GRAPHEMES
from wall.errors import SourceError
from wall.sources.registry import KINDS, source_class

SECONDS_TO_STOP = 1.0


@pytest.fixture(params=peers.KINDS)
async def peer(request, world, tmp_path):
    async with peers.peer_class(request.param)(world, tmp_path) as peer:
        yield peer


def both(events):
    return len(posts(events)) >= 2 and set_aside(events)


def saying(words):
    return lambda events: any(words in post.text for post in posts(events))


def test_every_kind_that_is_read_is_held_to_this():
    assert set(peers.KINDS) == {kind for kind in KINDS if not source_class(kind).pushed}


async def test_the_same_input_makes_the_same_posts(peer):
    first = posts(await until(peer.make(), both))
    second = posts(await until(peer.make(), both))

    assert [post.id for post in first] == [post.id for post in second]
    assert [post.content_hash for post in first] == [post.content_hash for post in second]


async def test_times_are_aware_utc_and_never_in_the_future(peer):
    times = [
        time for post in posts(await until(peer.make(), both)) for time in (post.created_at, post.received_at)
    ]

    assert {time.tzinfo for time in times} == {UTC}
    assert max(times) <= NOW


async def test_a_post_says_who_wrote_it(peer):
    authors = [post.author for post in posts(await until(peer.make(), both))]

    assert all(author.uid and author.handle and author.name for author in authors)
    assert all(author.url is None or author.url.startswith("http") for author in authors)


async def test_text_is_plain(peer):
    assert not any("<" in post.text for post in posts(await until(peer.make(), both)))


@pytest.mark.parametrize("peer", with_pictures(), indirect=True)
async def test_pictures_keep_their_descriptions(peer):
    media = [media for post in posts(await until(peer.make(), both)) for media in post.media]

    assert [(one.kind, one.url, one.alt) for one in media] == [("image", PICTURE, ALT)]


async def test_only_public_posts_of_the_event_come_and_none_twice(peer):
    asked = peer.asked()

    events = await until(peer.make(), lambda events: both(events) and peer.asked() > asked + 5)

    assert len(posts(events)) == 2


async def test_what_is_broken_is_set_aside_once_with_a_reason(peer):
    asked = peer.asked()

    events = await until(peer.make(), lambda events: both(events) and peer.asked() > asked + 5)

    assert [bool(event.reason) for event in set_aside(events)] == [True]


async def test_a_source_that_works_says_so(peer):
    events = await until(peer.make(), lambda events: both(events) and healths(events))

    assert healths(events)[0][0] == "healthy"


async def test_a_position_comes_with_the_posts_and_can_be_gone_on_from(peer):
    position = last_position(await until(peer.make(), both))

    assert healths(await until(peer.make(), healths, position))[0][0] == "healthy"


@pytest.mark.parametrize("position", ["", "nonsense", "{", "[]", '{"a": {}}', "-1", "9" * 5000])
async def test_a_position_that_cannot_be_read_does_no_harm(peer, position):
    assert healths(await until(peer.make(), healths, position))


async def test_a_refusal_that_will_last_says_so(peer):
    await done(peer.refuse())

    with pytest.raises(SourceError) as error:
        await until(peer.make(), lambda _: False)

    assert error.value.permanent
    assert error.value.message


async def test_it_stops_within_a_second(peer):
    source = peer.make()
    reading = asyncio.create_task(until(source, lambda _: False))
    await until(peer.make(), both)

    reading.cancel()
    ended, _ = await asyncio.wait((reading,), timeout=SECONDS_TO_STOP)

    assert ended == {reading}


async def test_whoever_leaves_in_the_middle_leaves_nothing_running(peer):
    before = asyncio.all_tasks()

    async with aclosing(peer.make().posts(None)) as batches:
        await anext(batches)

    assert not [task for task in asyncio.all_tasks() - before if "wall/sources" in repr(task)]


# What a network can do besides


@pytest.mark.parametrize("peer", able("add"), indirect=True)
async def test_what_is_written_later_comes(peer):
    source = peer.make()

    events = await until(source, saying("Later"), meanwhile=once(both, lambda: peer.add("Later #PyConDE")))

    assert len(posts(events)) == 3


@pytest.mark.parametrize("peer", able("add"), indirect=True)
async def test_after_a_crash_nothing_is_lost_and_what_comes_again_is_the_same(peer):
    first = await until(peer.make(), both)
    await done(peer.add("While nobody read #PyConDE"))

    second = await until(peer.make(), saying("While nobody read"), last_position(first))

    before = {post.id: post.content_hash for post in posts(first)}
    again = {post.id: post.content_hash for post in posts(second) if post.id in before}
    assert again.items() <= before.items()


@pytest.mark.parametrize("peer", able("edit"), indirect=True)
async def test_an_edit_is_the_same_post_in_other_words(peer):
    source = peer.make()

    events = await until(source, saying("Changed"), meanwhile=once(both, lambda: peer.edit("Changed #PyConDE")))

    edited = posts(events)[-1]
    (before,) = [post for post in posts(events)[:-1] if post.id == edited.id]
    assert edited.content_hash != before.content_hash
    assert edited.revision >= before.revision


@pytest.mark.parametrize("peer", able("delete"), indirect=True)
async def test_an_author_s_delete_is_told(peer):
    source = peer.make()

    events = await until(source, deletes, meanwhile=once(both, peer.delete))

    names = {name for post in posts(events) for name in (post.uid, *post.aliases)}
    assert {one.uid for one in deletes(events)} <= names


@pytest.mark.parametrize("peer", able("reply"), indirect=True)
async def test_what_answers_a_post_on_the_wall_comes_tied_to_it_without_a_hashtag(peer):
    shown = posts(await until(peer.make(), both))
    await done(peer.reply("So true"))
    source = peer.make(to_ask=shown, event=replace(EVENT, replies="wait"))

    events = await until(source, saying("So true"))

    (answered,) = {post.reply_to for post in posts(events) if "So true" in post.text}
    assert answered in {post.uid for post in shown}
    assert not any(post.text == "Deeper" or "Look at this" in post.text for post in posts(events))


@pytest.mark.parametrize("peer", able("reply", "asks"), indirect=True)
async def test_it_says_of_which_posts_it_asked_who_answered_them_once_that_was_told(peer):
    shown = posts(await until(peer.make(), both))
    await done(peer.reply("So true"))
    uids = {post.uid for post in shown}

    source = peer.make(to_ask=shown, event=replace(EVENT, replies="wait"))

    events = await until(source, lambda events: asked(events) == uids)

    assert saying("So true")(events)


@pytest.mark.parametrize("peer", able("amplify"), indirect=True)
@pytest.mark.parametrize("replies", ["no", "wait"])
async def test_it_is_told_who_passed_a_post_on_of_those_whom_everybody_may_be_told_of(peer, replies):
    shown = posts(await until(peer.make(), both))
    people = await done(peer.amplify())
    source = peer.make(to_ask=shown, event=replace(EVENT, replies=replies))

    events = await until(source, lambda events: amplifiers(events) >= people and asked(events))

    assert amplifiers(events) == people


@pytest.mark.parametrize("peer", able("add"), indirect=True)
async def test_a_post_of_any_length_is_shown_as_far_as_ours_go(peer):
    await done(peer.add("#PyConDE Endless " + "word " * 40_000))

    events = await until(
        peer.make(), lambda events: both(events) and (saying("Endless")(events) or len(set_aside(events)) > 1)
    )

    assert max(len(post.text) for post in posts(events)) <= TEXT_GRAPHEMES


@pytest.mark.parametrize("peer", able("limit"), indirect=True)
async def test_the_wait_that_a_server_asks_for_is_kept(peer):
    await done(peer.limit(30))
    asked = peer.asked()

    said = await trouble(peer.make(), lambda _: False, patience=0.5)

    assert said is None or (said.permanent, said.retry_after) == (False, 30)
    assert 0 < peer.asked() - asked <= 20


@pytest.mark.parametrize("peer", able("shut"), indirect=True)
async def test_a_web_page_in_place_of_an_answer_is_trouble_in_words_that_may_pass(peer):
    await done(peer.shut())

    said = await trouble(peer.make(), failing)

    assert said.message
    assert not said.permanent


def failing(events):
    return [state for state, _ in healths(events) if state == "failing"]


async def trouble(source, enough, **patience):
    """Return what a source says is wrong, whether it ends by that or goes on; None when it says nothing in time."""
    try:
        events = await until(source, enough, **patience)
    except SourceError as error:
        return error
    except TimeoutError:
        return None
    return SourceError(healths(events)[-1][1])
