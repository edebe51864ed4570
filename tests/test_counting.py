"""The ledger says of every post what it is, whoever counts, and of a person who is gone nothing."""

import asyncio
from dataclasses import replace

import pytest

from tests.cast import ALICE, BOB, NOW, a_decision, a_post
from tests.chats import THROUGH, an_edition, make_chat, said, show
from wall.core.event_figures import event_figures
from wall.core.influence import influences
from wall.core.ledger import BY_HOST, VOID
from wall.core.moderation import Verdict
from wall.core.post import Span, Tag
from wall.counting import Counter
from wall.insight.ledgers import Ledgers
from wall.leaving import Leaving
from wall.store.keys import EventKeys
from wall.store.submission import Submission

CAROL = replace(ALICE, uid="ap:carol", handle="@carol@x.example", name="Carol")


@pytest.fixture
def count(store, event):
    async def count():
        await Counter(store).count(event.slug)
        return await Ledgers(store, seconds=0).get(event.slug)

    return count


@pytest.fixture
def decide(store, event):
    async def decide(kind, post):
        standing = await store.posts.get(event.slug, post.id)
        return await store.posts.decide(event.slug, a_decision(kind, standing), now=NOW)

    return decide


async def kept_bytes(store, slug):
    """Return everything that the ledger of an event holds, keys and values."""
    found, cursor, keys = b"", None, set()
    while cursor != 0:
        cursor, some = await store.database.command(
            "SCAN", cursor or 0, "MATCH", f"*{slug}}}:ledger:*", "COUNT", 1000
        )
        cursor, keys = int(cursor), {*keys, *some}
    for key in sorted(keys):
        kind = (await store.database.command("TYPE", key)).decode()
        read = {
            "string": ("GET", key),
            "hash": ("HGETALL", key),
            "zset": ("ZRANGE", key, 0, -1),
            "set": ("SMEMBERS", key),
        }
        found += key + repr(await store.database.command(*read[kind])).encode()
    return found


async def test_a_post_is_counted_when_it_comes_and_as_it_is_decided(store, event, count, decide):
    post = a_post("Who is there?")
    await store.posts.submit(event.slug, [Submission(post, Verdict())], now=NOW)
    assert event_figures(await count()).posts == 0

    await decide("approve", post)
    figures = event_figures(await count())
    assert (figures.posts, figures.people, figures.questions) == (1, 1, 1)

    await decide("remove", post)
    assert event_figures(await count()).posts == 0


async def test_before_anything_is_read_there_is_no_ledger(store, event):
    assert await Ledgers(store).get(event.slug) is None


async def test_posts_from_before_are_counted_too_and_each_once(store, event, count):
    await show(store, event, *(said(f"Number {n}") for n in range(450)))
    await count()
    await show(store, event, said("One more", author=BOB))

    figures = event_figures(await count())

    assert (figures.posts, figures.people) == (451, 2)


async def test_an_edit_that_ties_a_post_anew_leaves_nothing_of_the_old_ties(store, event, count):
    post = replace(a_post("Hi @bob #one", tags=(Tag("one", "one"),)), revision=1)
    await show(store, event, replace(post, spans=(Span(3, 7, "mention", "bob"),)))
    await count()

    edited = replace(post, text="Hi #two", tags=(Tag("two", "two"),), revision=2)
    await store.posts.edit(event.slug, Submission(edited, THROUGH), now=NOW)
    ledger = await count()

    assert ledger.rows["status"].tolist()[0] == VOID
    assert [name for name, _ in event_figures(ledger).hashtags] == ["two"]
    assert b"bob" not in await kept_bytes(store, event.slug)


async def test_replies_reactions_and_reposts_are_as_they_are_by_now(store, event, count):
    post = a_post("Ask me")
    await show(store, event, post)
    await count()

    await show(store, event, a_post("I do", author=BOB, reply_to=post.uid))
    await store.posts.recount(event.slug, replace(post, reposts=4), now=NOW)
    figures = event_figures(await count())

    assert (figures.most_replied, figures.most_reposted, figures.replies) == (((post.id, 1),), ((post.id, 4),), 1)


async def test_who_is_answered_is_known_whichever_post_comes_first(store, event, count):
    post = a_post("Ask me")
    await show(store, event, a_post("I do", author=BOB, reply_to=post.uid))
    await count()
    await show(store, event, post)
    ledger = await count()

    answers = ledger.of_kind("answers", ledger.on_wall)

    assert [ledger.name("author", to) for to in answers["to"].tolist()] == [ALICE.uid]


async def test_of_a_person_who_leaves_nothing_stays_in_the_ledger(store, event, count):
    hers, also = a_post("Mine, mine"), a_post("Mine too")
    await show(store, event, hers, a_post("Yes!", author=BOB, reply_to=hers.uid), also)
    await count()
    assert b"alice" in await kept_bytes(store, event.slug)

    await store.posts.forget(event.slug, ALICE.uid, now=NOW)
    ledger = await count()

    left = await kept_bytes(store, event.slug)
    assert (b"alice" in left, hers.id.encode() in left, b"bob" in left) == (False, False, True)
    assert ledger.names["author"].count(ALICE.uid) == 0
    void = ledger.rows["status"] == VOID
    assert {ledger.rows[name][void].tolist()[0] for name in ("author", "written", "received")} == {0}
    assert event_figures(ledger).replies == 1


async def test_a_name_that_came_back_has_a_place_again(store, event, count):
    await show(store, event, a_post("One"))
    await store.posts.forget(event.slug, ALICE.uid, now=NOW)
    await count()
    await show(store, event, a_post("Two"), a_post("Three", author=BOB))

    assert dict(event_figures(await count()).top) == {ALICE.uid: 1, BOB.uid: 1}


async def test_two_who_count_at_once_count_each_post_once(store, event):
    counters = Counter(store), Counter(store)
    for author in (ALICE, BOB, CAROL):
        await show(store, event, *(said(f"Number {n}", author=author) for n in range(70)))
        await asyncio.gather(*(one.count(event.slug) for one in counters))

    figures = event_figures(await Ledgers(store, seconds=0).get(event.slug))

    assert (figures.posts, figures.people) == (210, 3)


async def test_who_is_killed_before_writing_has_counted_nothing(store, event, count, monkeypatch):
    await show(store, event, *(said(f"Number {n}") for n in range(30)))
    counter, there = Counter(store), asyncio.Event()
    await counter.step(event.slug)

    async def stopped(*_arguments, **_options):
        there.set()
        await asyncio.Future()

    with monkeypatch.context() as killed:
        killed.setattr(store.ledger, "write", stopped)
        task = asyncio.create_task(counter.step(event.slug))
        await there.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    assert event_figures(await count()).posts == 30


async def test_a_step_over_an_older_head_writes_nothing(store, event, count):
    await count()
    head = await store.ledger.head(event.slug)
    await store.ledger.write(event.slug, head, replace(head, plan="newer"), {})

    assert not await store.ledger.write(event.slug, head, replace(head, plan="older"), {})
    assert (await store.ledger.head(event.slug)).plan == "newer"


async def test_after_a_history_was_lost_every_post_is_looked_at_again(store, event, count):
    kept, lost = said("Kept"), said("Lost", author=BOB)
    await show(store, event, kept, lost)
    await count()
    keys = EventKeys(event.slug)
    await store.database.commands(("DEL", keys.post(lost.id)), ("ZREM", keys.status("approved"), lost.id))
    await store.feeds.renew(event.slug, "desk", (await store.feeds.tip(event.slug, "desk")).epoch)

    figures = event_figures(await count())

    assert (figures.posts, dict(figures.top)) == (1, {ALICE.uid: 1})


async def test_who_hosts_the_chat_is_known_also_of_earlier_posts(store, event, count):
    await show(store, event, a_post("Welcome"))
    assert (await count()).flagged(BY_HOST).tolist() == [False]

    host = replace(an_edition().hosts[0], known_as=(ALICE.handle,))
    await make_chat(store, event, an_edition(hosts=(host,)))

    assert (await count()).flagged(BY_HOST).tolist() == [True]


async def test_an_event_that_is_read_up_to_its_end_is_behind_no_more(store, event):
    await show(store, event, said("Hello"))
    assert event.slug in await store.ledger.behind()

    await Counter(store).look()

    assert event.slug not in await store.ledger.behind()


@pytest.fixture
def amplified(store, event):
    async def amplified(post, *people):
        await store.amplifiers.note(event.slug, post.id, [one.uid for one in people], now=NOW)

    return amplified


def taken_up(ledger):
    """Return how many people took up each who was taken up at all."""
    return {one.author: one.people for one in influences(ledger) if one.people}


async def test_who_passes_a_post_on_takes_its_author_up_once_they_are_on_the_wall_themselves(
    store, event, count, amplified
):
    post, _ = await show(store, event, a_post(), a_post(author=BOB))
    await count()

    await amplified(post, BOB, CAROL)

    assert taken_up(await count()) == {ALICE.uid: 1}
    await show(store, event, a_post(author=CAROL))
    assert taken_up(await count()) == {ALICE.uid: 2}


async def test_what_a_ring_of_bots_passes_on_among_itself_takes_nobody_up(store, event, count, amplified):
    people, bots = (
        [replace(BOB, uid=f"ap:{kind}{n}") for n in range(size)] for kind, size in (("p", 5), ("b", 4))
    )
    theirs = await show(store, event, *(a_post(author=one) for one in people))
    botted = await show(store, event, *(a_post(author=one) for one in bots))
    for post, reader in zip(theirs, (*people[1:], people[0]), strict=True):
        await amplified(post, reader)
    for post in botted:
        await amplified(post, *bots)

    assert taken_up(await count()) == {one.uid: 1 for one in people}
    await amplified(botted[0], people[0])
    assert taken_up(await count())[bots[0].uid] > 0


async def test_of_who_passed_on_and_left_the_ledger_knows_nothing(store, event, count, amplified):
    (post,) = await show(store, event, a_post())
    await amplified(post, CAROL)
    await count()
    assert CAROL.uid.encode() in await kept_bytes(store, event.slug)

    await Leaving(store).leave(event.slug, CAROL.uid, at=NOW, now=NOW)
    await count()

    assert CAROL.uid.encode() not in await kept_bytes(store, event.slug)


async def test_of_a_post_that_is_taken_back_the_ledger_forgets_who_passed_it_on(store, event, count, amplified):
    (post,) = await show(store, event, a_post())
    await amplified(post, CAROL)
    await count()

    await store.posts.withdraw(event.slug, post.uid, now=NOW)
    await count()

    assert CAROL.uid.encode() not in await kept_bytes(store, event.slug)
