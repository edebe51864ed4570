import asyncio

import pytest

from tests.cast import NOW, a_decision, a_post
from wall.core.moderation import Status, Verdict
from wall.core.reactions import REACTIONS
from wall.errors import InvalidInput, NotFound
from wall.store import reactions
from wall.store.keys import EventKeys
from wall.store.submission import Submission

APPLAUSE, LOVE = REACTIONS[:2]


@pytest.fixture
def shown(store, event):
    async def shown(status=Status.APPROVED):
        post = a_post()
        await store.posts.submit(event.slug, [Submission(post, Verdict(status=status))], now=NOW)
        return await store.posts.get(event.slug, post.id)

    return shown


@pytest.fixture
def give(store, event):
    async def give(standing, who="ann", reaction=APPLAUSE, *, wanted=None):
        return await store.reactions.give(
            event.slug, standing.post.id, who, reaction, wanted=wanted, keep_seconds=60
        )

    return give


async def counts(store, event, standing):
    return (await store.posts.get(event.slug, standing.post.id)).reactions


async def test_everybody_gives_each_reaction_once_and_takes_it_back_by_giving_it_again(store, event, shown, give):
    post = await shown()

    await give(post)
    await give(post, "bob")
    both = await give(post, reaction=LOVE)
    back = await give(post)

    assert set(both.own) == {"applause", "love"}
    assert both.counts == {"applause": 2, "love": 1}
    assert back.own == ("love",)
    assert await counts(store, event, post) == {"applause": 1, "love": 1}
    assert (await store.feeds.snapshot(event.slug, "public", limit=9)).standings[0].reactions == back.counts


async def test_what_is_sent_twice_counts_once(store, event, shown, give):
    post = await shown()

    for wanted in (True, True, False, False):
        await give(post, wanted=wanted)

    assert await counts(store, event, post) == {}


async def test_five_hundred_taps_at_once_are_one_update(store, event, shown, give):
    post = await shown()

    await asyncio.gather(*(give(post, f"participant {number}") for number in range(500)))
    await store.untold.tell(event.slug, now=NOW)

    told = await store.feeds.after(event.slug, "public", 0, limit=9)
    assert [update.kind for update in told] == ["posted", "counted"]
    assert await counts(store, event, post) == {"applause": 500}


@pytest.mark.parametrize("status", [Status.WAITING, Status.REJECTED])
async def test_only_what_is_on_the_wall_is_reacted_to(store, event, shown, give, status):
    post = await shown(status)

    with pytest.raises(NotFound):
        await give(post)

    assert await store.database.command("EXISTS", EventKeys(event.slug).untold) == 0


async def test_what_was_removed_loses_its_reactions_and_begins_anew(store, event, shown, give):
    post = await shown()
    await give(post)
    await store.posts.decide(event.slug, a_decision("remove", post), now=NOW)

    removed = await store.posts.get(event.slug, post.post.id)
    assert removed.reactions == {}
    assert await store.database.command("EXISTS", EventKeys(event.slug).reactions(post.post.id)) == 0
    await store.posts.decide(event.slug, a_decision("approve", removed), now=NOW)
    assert (await give(post)).counts == {"applause": 1}


async def test_who_leaves_takes_all_of_theirs_back(store, event, shown, give):
    first, second = await shown(), await shown()
    for post in (first, second):
        await give(post, "ann")
        await give(post, "ann", LOVE)
    await give(first, "bob")
    await store.untold.tell(event.slug, now=NOW)

    await store.reactions.take_back(event.slug, "ann")

    assert await counts(store, event, first) == {"applause": 1}
    assert await counts(store, event, second) == {}
    assert await store.reactions.own(event.slug, first.post.id, "ann") == ()
    assert await store.untold.tell(event.slug, now=NOW) == 2


async def test_what_is_kept_is_bounded_for_a_post_and_a_participant(monkeypatch, shown, give):
    monkeypatch.setattr(reactions, "MOST_PARTICIPANTS", 2)
    monkeypatch.setattr(reactions, "MOST_POSTS", 1)
    first, second = await shown(), await shown()
    await give(first, "ann")
    await give(first, "bob")

    with pytest.raises(InvalidInput, match="than are counted"):
        await give(first, "eve")
    with pytest.raises(InvalidInput, match="Take one back"):
        await give(second, "ann")

    assert (await give(first, "ann", LOVE)).own == ("applause", "love")
