import asyncio
from dataclasses import replace

import pytest

from tests.cast import NOW, a_decision
from tests.copied import OTHER_TEXT, TEXT, bridged_skeet, bridged_toot, entry, note, skeet, toot
from wall.accept import Acceptor
from wall.core.bridges import plain
from wall.core.moderation import Status
from wall.core.panic import Restriction
from wall.core.rules import Rule
from wall.core.source import SourceSettings
from wall.errors import InvalidInput, StoreUnavailable
from wall.media import Pictures
from wall.sources.base import Delete
from wall.store.keys import EventKeys


@pytest.fixture
def acceptor(store, tmp_path):
    return Acceptor(store, Pictures(tmp_path, None), now=lambda: NOW)


@pytest.fixture
def desk(store, event, acceptor):
    return Desk(store, event.slug, acceptor)


class Desk:
    """What authors and a moderator do to an event, and what comes of it."""

    def __init__(self, store, slug, acceptor):
        self.store = store
        self.slug = slug
        self.acceptor = acceptor

    async def comes(self, *posts):
        for post in posts:
            await self.acceptor.accept(self.slug, [post])

    async def decide(self, kind, post, **fields):
        standing = await self.store.posts.get(self.slug, post.id)
        return await self.store.posts.decide(self.slug, a_decision(kind, standing, **fields), now=NOW)

    async def goes(self, post, author=None):
        return await self.acceptor.withdraw(self.slug, Delete(post.uid, author=author))

    async def stands(self, *posts):
        """Return the status of posts, as a letter each: its first, and G for one that is grouped."""
        standings = await self.store.posts.get_all(self.slug, [post.id for post in posts])
        return "".join(one.status[0] if one.status is not Status.WITHDRAWN else "-" for one in standings if one)

    async def behind(self, post):
        return [copy.id for copy in (await self.store.posts.get(self.slug, post.id)).copies]

    async def told(self, name="public"):
        updates = await self.store.feeds.after(self.slug, name, 0, limit=100)
        return [(update.kind, update.post_id) for update in updates]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
async def test_two_copies_of_a_post_wait_as_one(desk, order):
    posts = [(toot(), skeet())[place] for place in order]

    await desk.comes(*posts)

    assert await desk.stands(*posts) == "wg"
    assert await desk.behind(posts[0]) == [posts[1].id]


async def test_copies_in_one_batch_wait_as_one(desk, store):
    taken = await desk.acceptor.accept(desk.slug, [toot(), skeet(), note(OTHER_TEXT)])

    assert taken.total == 3
    assert await desk.stands(toot(), skeet(), note()) == "wgw"


async def test_two_workers_that_take_both_copies_in_at_once_make_one_card(store, event, tmp_path):
    workers = [Acceptor(store, Pictures(tmp_path, None), now=lambda: NOW) for _ in range(2)]
    pairs = [
        (toot(f"{TEXT} {n}", uid=f"ap:https://t.example/{n}", url=f"https://t.example/@a/{n}"), n)
        for n in range(12)
    ]
    copies = [bridged_skeet(one.text, of=one.url, name="Al") for one, _ in pairs]
    copies = [replace(copy, uid=f"{copy.uid}{n}", url=f"{copy.url}{n}") for n, copy in enumerate(copies)]

    await asyncio.gather(
        *(workers[0].accept(event.slug, [one]) for one, _ in pairs),
        *(workers[1].accept(event.slug, [copy]) for copy in copies),
    )

    counts = await store.posts.counts(event.slug)
    assert (counts[Status.WAITING], counts[Status.GROUPED]) == (12, 12)
    assert await desk_ids(store, event) == {one.id for one, _ in pairs}


async def desk_ids(store, event):
    snapshot = await store.feeds.snapshot(event.slug, "desk", limit=100)
    return {standing.post.id for standing in snapshot.standings}


async def test_an_original_takes_over_the_card_of_its_copy_and_keeps_its_approval(desk, store):
    copy, original = bridged_skeet(), toot()
    await desk.comes(copy)
    await desk.decide("pin", copy)

    await desk.comes(original)

    assert await desk.stands(copy, original) == "ga"
    assert await desk.told() == [
        ("posted", copy.id),
        ("posted", original.id),
        ("removed", copy.id),
        ("counted", original.id),
    ]
    (shown,) = (await store.feeds.snapshot(desk.slug, "public", limit=10)).standings
    assert (shown.post.id, shown.pinned, shown.instead_of, shown.decided_by) == (original.id, True, copy.id, "mia")
    assert [one.source for one in shown.copies] == ["bluesky"]


async def test_an_original_with_words_that_nobody_saw_waits_and_takes_over_when_it_is_approved(desk):
    copy, original = bridged_skeet("The opening keynote …"), toot()
    await desk.comes(copy)
    await desk.decide("approve", copy)

    await desk.comes(original)
    assert await desk.stands(copy, original) == "aw"
    await desk.decide("approve", original)

    assert await desk.stands(copy, original) == "ga"
    assert await desk.behind(original) == [copy.id]
    assert (await desk.told())[1:3] == [("posted", original.id), ("removed", copy.id)]


@pytest.mark.parametrize("act", ["remove", "withdraw"])
async def test_what_is_retracted_leaves_with_all_its_copies(desk, act):
    original, copies = toot(), [bridged_skeet(), entry()]
    await desk.comes(original, *copies)
    await desk.decide("approve", original)

    await (desk.decide("remove", original) if act == "remove" else desk.goes(original))

    assert await desk.stands(original, *copies) == ("rgg" if act == "remove" else "---")
    assert [kind for kind, _ in await desk.told() if kind != "counted"] == ["posted", "removed"]


async def test_a_copy_of_what_is_grouped_goes_with_that_and_not_with_the_lead(desk):
    first, second, copy = toot(), skeet(), bridged_toot()
    await desk.comes(first, second, copy)
    assert await desk.stands(first, second, copy) == "wgg"

    await desk.goes(second)
    assert await desk.stands(first, second, copy) == "w--"


async def test_when_a_copy_is_deleted_the_original_stays(desk):
    original, copy = toot(), bridged_skeet()
    await desk.comes(original, copy)
    await desk.decide("approve", original)

    await desk.goes(copy)

    assert await desk.stands(original, copy) == "a-"
    assert await desk.behind(original) == []


async def test_the_delete_of_an_original_that_never_came_takes_its_copies_away(desk):
    copy = bridged_toot(of=skeet().uid)
    await desk.comes(copy)
    await desk.decide("approve", copy)

    assert not await desk.goes(skeet(), author="did:plc:mallory")
    assert await desk.goes(skeet(), author="did:plc:alice")

    assert await desk.stands(copy) == "-"


async def test_what_was_sent_to_two_networks_and_is_deleted_on_one_waits_again(desk):
    first, second, third = toot(), skeet(), note(handle="alice@alice.example")
    await desk.comes(first, second, third)
    await desk.decide("approve", first)

    await desk.goes(first)

    assert await desk.stands(first, second, third) == "-wg"
    assert await desk.behind(second) == [third.id]


async def test_a_decision_about_a_card_holds_for_what_joins_it_later(desk):
    original, copy = toot(), bridged_skeet()
    await desk.comes(original)
    await desk.decide("reject", original)

    await desk.comes(copy)

    assert await desk.stands(original, copy) == "rg"
    assert await desk_waits(desk) == 0


async def desk_waits(desk):
    return (await desk.store.posts.counts(desk.slug))[Status.WAITING]


async def test_a_card_can_be_parted_and_stays_parted(desk):
    await desk.comes(toot(), skeet())

    await desk.decide("part", skeet())
    assert await desk.stands(toot(), skeet()) == "ww"
    assert await desk.behind(toot()) == []

    await desk.comes(replace(skeet(), reposts=7), replace(skeet(f"{TEXT} (1/2)"), revision=2))
    assert await desk.stands(toot(), skeet()) == "ww"

    await desk.decide("join", skeet())
    assert await desk.stands(toot(), skeet()) == "wg"


@pytest.mark.parametrize(("kind", "stands"), [("part", "ag"), ("reject", "ag")])
async def test_what_is_done_to_one_copy_can_be_taken_back(desk, kind, stands):
    await desk.comes(toot(), skeet())
    await desk.decide("approve", toot())
    await desk.decide(kind, skeet())

    await desk.decide("undo", skeet())

    assert await desk.stands(toot(), skeet()) == stands
    assert await desk.behind(toot()) == [skeet().id]


async def test_putting_a_shown_post_back_into_its_card_takes_it_off_the_wall(desk):
    await desk.comes(toot(), skeet())
    await desk.decide("approve", toot())
    await desk.decide("part", skeet())
    await desk.decide("approve", skeet())

    await desk.decide("join", skeet())

    assert await desk.stands(toot(), skeet()) == "ag"
    assert (await desk.told())[-2:] == [("removed", skeet().id), ("counted", toot().id)]


async def test_a_grouped_post_is_not_decided_by_itself(desk):
    await desk.comes(toot(), skeet())

    for kind in ("approve", "pin", "remove", "stash", "join"):
        with pytest.raises(InvalidInput):
            await desk.decide(kind, skeet())


@pytest.mark.parametrize("effect", ["wait", "reject"])
async def test_what_a_rule_holds_joins_no_card(desk, store, effect):
    await store.rules.change(
        desk.slug, lambda _: [Rule(id="r", kind="words", entries=("spam",), places=("text",), effect=effect)]
    )
    original, held = toot(), bridged_skeet(f"{TEXT} spam")
    await desk.comes(original)
    await desk.decide("approve", original)

    await desk.comes(held)

    assert await desk.stands(original, held) == f"a{effect[0]}"


async def test_whose_author_is_restricted_joins_no_card(desk, store):
    original, copy = toot(), skeet()
    restriction = Restriction(author=copy.author.uid, name="Alice", by="mia", by_name="Mia", at=NOW)
    await store.authors.restrict(desk.slug, restriction, now=NOW)
    await desk.comes(original)
    await desk.decide("approve", original)

    await desk.comes(copy)

    assert await desk.stands(original, copy) == "aw"


async def test_removing_everything_of_an_author_takes_their_copies_out_of_cards(desk, store):
    await desk.comes(toot(), skeet())
    await desk.decide("approve", toot())

    await store.sweeps.sweep(desk.slug, skeet().author.uid, id="act", by="mia", by_name="Mia", now=NOW)

    assert await desk.stands(toot(), skeet()) == "ar"
    assert await desk.behind(toot()) == []


async def test_who_leaves_the_wall_takes_the_copies_of_their_posts_along(desk, store):
    await desk.comes(toot(), bridged_skeet())
    await desk.decide("approve", toot())

    await store.posts.forget(desk.slug, toot().author.uid, now=NOW)

    assert await desk.stands(toot(), bridged_skeet()) == "--"


async def test_an_edit_of_a_grouped_post_reaches_no_wall(desk):
    await desk.comes(toot(), skeet())
    await desk.decide("approve", toot())
    before = await desk.told()

    await desk.comes(skeet(OTHER_TEXT, revision=9))

    assert await desk.stands(toot(), skeet()) == "ag"
    assert [kind for kind, _ in (await desk.told())[len(before) :]] == ["counted"]


async def test_reposts_of_a_copy_are_told_with_the_card(desk, store):
    await desk.comes(toot(), skeet())

    await desk.comes(skeet(reposts=7))

    (copy,) = (await store.posts.get(desk.slug, toot().id)).copies
    assert copy.reposts == 7


async def test_what_a_dead_worker_left_undone_is_done_by_the_next(desk, store, monkeypatch):
    copy, original = bridged_skeet(), toot()
    await desk.comes(copy)
    await desk.decide("approve", copy)

    async def dies(*_, **__):
        raise StoreUnavailable("killed")

    with monkeypatch.context() as patch:
        patch.setattr("wall.store.cards.settle", dies)
        with pytest.raises(StoreUnavailable):
            await desk.comes(original)
    assert await desk.stands(copy, original) == "ag"

    await desk.comes(note(OTHER_TEXT))

    assert await desk.stands(copy, original) == "ga"


async def test_a_post_that_its_network_shows_again_waits_by_itself(desk):
    await desk.comes(toot(), skeet())
    await desk.goes(toot())

    await desk.acceptor.restore(desk.slug, toot())

    assert await desk.stands(toot(), skeet()) == "ww"
    assert await desk.behind(toot()) == []


async def test_what_ties_posts_together_is_forgotten_after_a_while(desk, store):
    await desk.comes(toot())

    left = await store.database.command("TTL", EventKeys(desk.slug).clue(f"name {plain(toot().uid)}"))

    assert 0 < left <= 24 * 3600


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
async def test_copies_of_a_bridge_are_found_where_all_sources_are_of_one_network(desk, store, order):
    await store.sources.save(desk.slug, SourceSettings(id="m1", kind="mastodon"))
    await desk.comes(note(OTHER_TEXT))
    posts = [(toot(), bridged_skeet())[place] for place in order]

    await desk.comes(*posts)

    assert sorted(await desk.stands(*posts)) == ["g", "w"]


async def test_posts_of_one_person_are_one_as_soon_as_there_is_a_source_of_another_network(desk, store):
    await store.sources.save(desk.slug, SourceSettings(id="m1", kind="mastodon"))
    await store.sources.save(desk.slug, SourceSettings(id="f1", kind="form"))
    by_author = EventKeys(desk.slug).clue("author alice example")
    await desk.comes(note(OTHER_TEXT))
    alone = await store.database.command("EXISTS", by_author)

    await store.sources.save(desk.slug, SourceSettings(id="b1", kind="bluesky"))
    await desk.comes(toot(), skeet())

    assert (alone, await store.database.command("EXISTS", by_author)) == (0, 1)
    assert await desk.stands(toot(), skeet()) == "wg"
