import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import ALICE, NOW, a_post
from wall.core.moderation import Status, Verdict
from wall.core.rules import Rule
from wall.errors import InvalidInput
from wall.store.keys import EventKeys
from wall.store.known import BEGINNING, Wanted
from wall.store.rules import Tally
from wall.store.submission import Submission

INSULTS = Rule(
    id="i",
    kind="words",
    name="insults",
    entries=("shit", "ѕhіt", "كس"),
    exceptions=("Dick Van Dyke",),
    places=("text", "handle"),
    effect="reject",
    until=NOW + timedelta(hours=1),
    note="After the keynote.",
    by="mia",
    by_name="Mia",
    changed_at=NOW,
)
BOTS = Rule(id="b", kind="bots")


async def test_an_event_begins_without_rules(store, event):
    chain = await store.rules.get(event.slug)

    assert (chain.rules, chain.version, chain.readable) == ((), 0, True)


async def test_rules_are_kept_as_they_were_given(store, event):
    changed = await store.rules.change(event.slug, lambda rules: [*rules, INSULTS, BOTS])

    kept = await store.rules.get(event.slug)
    assert kept.rules == changed.rules == (INSULTS, BOTS)
    assert kept.version == changed.version == 1


async def test_of_two_who_change_the_rules_at_once_neither_is_lost(store, event):
    added = [replace(BOTS, id=str(number)) for number in range(5)]

    await asyncio.gather(*(store.rules.change(event.slug, lambda rules, one=one: [*rules, one]) for one in added))

    kept = await store.rules.get(event.slug)
    assert {rule.id for rule in kept.rules} == set("01234")
    assert kept.version == 5


async def test_rules_that_are_too_many_change_nothing(store, event):
    with pytest.raises(InvalidInput):
        await store.rules.change(event.slug, lambda rules: [BOTS, BOTS])

    assert (await store.rules.get(event.slug)).version == 0


@pytest.mark.parametrize("data", [b"", b"{}x", b'{"rules":[{"id":1}]}', b"\xff"])
async def test_damaged_rules_are_not_readable_and_can_be_replaced(store, event, data):
    await store.database.command("HSET", EventKeys(event.slug).rules, "version", 3, "chain", data)

    assert not (await store.rules.get(event.slug)).readable
    await store.rules.change(event.slug, lambda rules: [BOTS])
    kept = await store.rules.get(event.slug)
    assert (kept.rules, kept.version, kept.readable) == ((BOTS,), 4, True)


async def test_it_is_counted_what_rules_catch_and_where_they_fail(store, event):
    caught, failed = Verdict(rule="i:1"), Verdict(rule="i:1", error="broken")

    await store.rules.count(event.slug, [caught, caught, failed, Verdict(rule="b"), Verdict()])

    assert await store.rules.tallies(event.slug) == {"i:1": Tally(2, 1), "b": Tally(1, 0)}


async def test_what_must_be_known_is_asked_for_at_once(store, event):
    await store.rules.change(event.slug, lambda rules: [BOTS])
    first, second = a_post(), a_post()
    sent = [
        Submission(post, Verdict(), sketch=f"sketch-{post.text}", paced=True) for post in (first, second, first)
    ]
    await store.posts.submit(event.slug, sent, now=NOW)

    known = await store.posts.known(event.slug, [first], facts=Wanted(pace=True, duplicates_since=BEGINNING))

    assert known.rules == 1
    assert known.paces == [2]
    assert [(id, sketch) for _, id, sketch in known.duplicates] == [
        (first.id, "sketch-Hello #PyConEx"),
        (second.id, "sketch-Hello #PyConEx"),
    ]


async def test_duplicates_are_told_from_a_place_on(store, event):
    posts = [a_post(), a_post()]
    await store.posts.submit(event.slug, [Submission(posts[0], Verdict(), sketch="a")], now=NOW)
    before = await store.posts.known(event.slug, [], facts=Wanted(duplicates_since=BEGINNING))
    await store.posts.submit(event.slug, [Submission(posts[1], Verdict(), sketch="b")], now=NOW)

    after = await store.posts.known(event.slug, [], facts=Wanted(duplicates_since=before.duplicates[-1][0]))

    assert [sketch for _, _, sketch in after.duplicates] == ["b"]


async def test_nothing_is_kept_of_a_post_for_rules_that_do_not_ask(store, event):
    await store.posts.submit(event.slug, [Submission(a_post(), Verdict())], now=NOW)

    known = await store.posts.known(event.slug, [a_post()], facts=Wanted(pace=True, duplicates_since=BEGINNING))

    assert (known.paces, known.duplicates) == ([0], [])


async def test_what_a_rule_rejects_was_decided_by_that_rule(store, event):
    verdict = Verdict(status=Status.REJECTED, reason="Bots: its author is a bot.", rule="b", rule_name="Bots")
    post = a_post(author=replace(ALICE, bot=True, followers=3, created_at=NOW))

    await store.posts.submit(event.slug, [Submission(post, verdict)], now=NOW)

    standing = await store.posts.get(event.slug, post.id)
    assert standing.post == post
    assert (standing.status, standing.reason) == (Status.REJECTED, "Bots: its author is a bot.")
    assert (standing.decided_by, standing.decided_by_name, standing.decided_at) == ("rule:b", "Bots", NOW)
