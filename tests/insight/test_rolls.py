"""The rolls of a process, on a real Redis."""

import asyncio
from dataclasses import replace

import pytest

from tests.cast import ALICE, BOB, NOW, a_decision, a_post
from wall.core.moderation import Status, Verdict
from wall.core.rules import Rule
from wall.insight import rolls as module
from wall.insight.house_words import HouseWords
from wall.insight.rolls import Rolls
from wall.store.keys import EventKeys
from wall.store.submission import Submission

ON_THE_WALL = Verdict(status=Status.APPROVED)


@pytest.fixture
def rolls(store):
    return Rolls(store)


@pytest.fixture
def submit(store, event):
    async def submit(*posts, verdict=ON_THE_WALL):
        await store.posts.submit(event.slug, [Submission(post, verdict) for post in posts], now=NOW)
        return posts

    return submit


@pytest.fixture
def decide(store, event):
    async def decide(kind, post):
        standing = await store.posts.get(event.slug, post.id)
        await store.posts.decide(event.slug, a_decision(kind, standing), now=NOW)

    return decide


async def test_only_what_is_on_the_wall_is_counted(rolls, event, submit):
    await submit(a_post(), a_post(author=BOB))
    await submit(a_post(), verdict=Verdict())

    kept = await rolls.get(event.slug)

    assert (kept.roll.posts, kept.roll.people, len(kept.speech.uttered)) == (2, 2, 2)


async def test_every_change_is_followed(rolls, event, submit, decide):
    (gone,) = await submit(a_post("Gone #PyConEx"))
    (late,) = await submit(a_post("Late #PyConEx", author=BOB), verdict=Verdict())
    await rolls.get(event.slug)

    await decide("approve", late)
    await decide("remove", gone)
    await decide("pin", late)
    kept = await rolls.get(event.slug)

    assert set(kept.roll.said) == set(kept.speech.uttered) == {late.id}
    assert kept.roll.said[late.id].pinned


async def test_an_author_who_left_is_on_no_roll(rolls, store, event, submit):
    await submit(a_post(), a_post(author=BOB))
    await rolls.get(event.slug)

    await store.posts.forget(event.slug, ALICE.uid, now=NOW)

    assert [voice.author for voice in (await rolls.get(event.slug)).roll.voices(9)] == [BOB.uid]


async def test_what_did_not_change_is_not_read_again(rolls, store, event, submit, monkeypatch):
    await submit(a_post())
    await rolls.get(event.slug)
    monkeypatch.setattr(store.posts, "get_all", None)
    monkeypatch.setattr(store.posts, "page", None)

    asked = await asyncio.gather(*(rolls.get(event.slug) for _ in range(20)))

    assert [kept.roll.posts for kept in asked] == [1] * 20


async def test_a_large_wall_is_read_over_several_questions_and_then_exact(
    rolls, event, submit, decide, monkeypatch
):
    monkeypatch.setattr(module, "PAGE", 2)
    monkeypatch.setattr(module, "MOST_AT_ONCE", 4)
    first, *_ = await submit(*(a_post() for _ in range(7)))

    early = await rolls.get(event.slug)
    await decide("remove", first)
    await submit(a_post())
    kept = await rolls.get(event.slug)

    assert early is None
    assert kept.roll.posts == 7


async def test_another_history_is_read_from_its_beginning(rolls, store, event, submit):
    await submit(a_post())
    await rolls.get(event.slug)
    lost = await store.feeds.tip(event.slug, "public")
    await store.posts.database.command("DEL", EventKeys(event.slug).feed("public"))
    await store.feeds.renew(event.slug, "public", lost.epoch)

    await submit(a_post())

    assert (await rolls.get(event.slug)).roll.posts == 2


async def test_a_hole_in_the_history_is_no_reason_to_count_wrongly(rolls, store, event, submit):
    await submit(a_post())
    await rolls.get(event.slug)
    await submit(a_post(), a_post())

    await store.posts.database.command("XDEL", EventKeys(event.slug).feed("public"), "2-0")

    assert (await rolls.get(event.slug)).roll.posts == 3


async def test_a_process_keeps_a_bounded_number_of_rolls(rolls, store, event, monkeypatch):
    monkeypatch.setattr(module, "MOST_EVENTS", 1)
    other = replace(event, slug=f"{event.slug}-other")
    await store.events.create(other)

    await rolls.get(event.slug)
    await rolls.get(other.slug)

    assert list(rolls.kept) == [other.slug]


async def test_the_words_of_rules_that_stop_posts_are_not_to_be_said(store, event):
    rules = [
        Rule(id="a", kind="words", effect="reject", entries=("spoon*",), places=("name",)),
        Rule(id="b", kind="words", effect="wait", entries=("fork",), exceptions=("pitch fork",), on=False),
        Rule(id="c", kind="words", effect="skip", entries=("knife",)),
    ]
    await store.rules.change(event.slug, lambda _: rules)
    words = await HouseWords(store).get(event.slug)

    assert [one for one in ("spoons", "Sp00n", "a fork", "pitch fork", "knife") if words.holds(one)] == [
        "spoons", "Sp00n", "a fork",
    ]  # fmt: skip


async def test_a_change_of_the_rules_changes_the_words(store, event):
    house = HouseWords(store)
    before = await house.get(event.slug)

    await store.rules.change(event.slug, lambda _: [Rule(id="a", kind="words", entries=("spoon",))])

    assert not before.holds("spoon")
    assert (await house.get(event.slug)).holds("spoon")
    assert await house.get(event.slug) is await house.get(event.slug)


async def test_where_rules_cannot_be_read_nothing_may_be_said(store, event):
    await store.rules.change(event.slug, lambda _: [Rule(id="a", kind="words", entries=("spoon",))])
    await store.posts.database.command("HSET", EventKeys(event.slug).rules, "chain", "{")

    assert await HouseWords(store).get(event.slug) is None
