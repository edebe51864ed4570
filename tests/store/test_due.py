"""Delayed posts: when they go on the wall, who puts them there, and what stops them. Redis tells the time here."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio

from tests.cast import ALICE, BOB, NOW, a_decision, a_post
from tests.core.test_pictures import pictured
from tests.waiting import until
from wall.core.moderation import Status, Verdict
from wall.core.panic import EVERYONE, Restriction
from wall.core.rules import Rule
from wall.core.trust import Trust
from wall.release import CHANGED, STOPPED, TOO_LATE, Releaser
from wall.store.due import Due
from wall.store.keys import EventKeys
from wall.store.submission import Submission

SOON = Verdict(delay=0.3)
LATER = Verdict(delay=600)


@pytest_asyncio.fixture
async def event(store, event):
    return await store.events.change(event.slug, lambda event: replace(event, mode="open with delay"))


@pytest.fixture
def releaser(store):
    return Releaser(store)


async def put_off(store, event, verdict, **fields):
    post = a_post(**fields)
    await store.posts.submit(event.slug, [Submission(post, verdict)], now=NOW)
    return await store.posts.get(event.slug, post.id)


async def due_since(store, event, standing, ago):
    """Have a post been due for so long."""
    seconds, micros = await store.database.command("TIME")
    at = seconds * 1000 + micros // 1000 - int(ago.total_seconds() * 1000)
    await store.database.command("ZADD", EventKeys(event.slug).due, at, standing.post.id)


async def status(store, event, standing):
    return (await store.posts.get(event.slug, standing.post.id)).status


async def updates(store, event):
    return [update.kind for update in await store.feeds.after(event.slug, "public", 0, limit=100)]


async def test_a_delayed_post_waits_and_says_when_it_goes_on_the_wall(store, event, releaser):
    standing = await put_off(store, event, LATER)

    await releaser.look()

    assert standing.due == NOW + timedelta(seconds=600)
    assert await status(store, event, standing) is Status.WAITING
    assert await updates(store, event) == []


async def test_it_goes_on_the_wall_once_its_time_has_come(store, event, releaser):
    standing = await put_off(store, event, SOON)

    async def released():
        await releaser.look()
        return await status(store, event, standing) is Status.APPROVED

    await until(released)
    after = await store.posts.get(event.slug, standing.post.id)
    assert (after.decided_by_name, after.due) == ("the delay", None)
    assert await updates(store, event) == ["posted"]


async def test_redis_releases_nothing_before_its_time_whoever_asks(store, event):
    standing = await put_off(store, event, LATER)
    read = await store.database.command("GET", EventKeys(event.slug).event)

    assert not await store.due.release(event.slug, standing, read, now=NOW + timedelta(days=1))
    assert await status(store, event, standing) is Status.WAITING


async def test_of_many_who_release_it_at_once_one_does(store, event):
    standings = [await put_off(store, event, SOON, text=f"{number} #PyConEx") for number in range(10)]
    for standing in standings:
        await due_since(store, event, standing, timedelta(seconds=1))

    await asyncio.gather(*(Releaser(store).look() for _ in range(6)))

    assert await updates(store, event) == ["posted"] * 10
    assert event.slug not in await store.due.slugs()


async def test_an_event_that_changed_meanwhile_stops_the_release(store, event):
    standing = await put_off(store, event, SOON)
    await due_since(store, event, standing, timedelta(seconds=1))
    read = await store.database.command("GET", EventKeys(event.slug).event)

    await store.events.change(event.slug, lambda event: replace(event, mode="everything waits"))

    assert not await store.due.release(event.slug, standing, read, now=NOW)


@pytest.mark.parametrize("mode", ["everything waits", "trusted go through", "hold the suspicious"])
async def test_another_mode_stops_all_that_is_delayed_for_good(store, event, releaser, mode):
    standing = await put_off(store, event, LATER)
    await store.events.change(event.slug, lambda event: replace(event, mode=mode))
    await releaser.look()
    await store.events.change(event.slug, lambda event: replace(event, mode="open with delay"))

    await releaser.look()

    after = await store.posts.get(event.slug, standing.post.id)
    assert (after.status, after.due, after.reason) == (Status.WAITING, None, CHANGED)
    assert event.slug not in await store.due.slugs()


async def test_what_was_due_while_nothing_ran_waits_for_a_moderator(store, event, releaser):
    standings = [await put_off(store, event, SOON, text=f"{number} #PyConEx") for number in range(3)]
    for standing in standings:
        await due_since(store, event, standing, timedelta(minutes=5))

    await releaser.look()

    after = await store.posts.get_all(event.slug, [one.post.id for one in standings])
    assert [(one.status, one.reason) for one in after] == [(Status.WAITING, TOO_LATE)] * 3
    assert await updates(store, event) == []


@pytest.mark.parametrize(
    ("kind", "status_after"),
    [("approve", Status.APPROVED), ("reject", Status.REJECTED), ("stash", Status.STASHED)],
)
async def test_a_moderator_decides_before(store, event, releaser, kind, status_after):
    standing = await put_off(store, event, SOON)

    await store.posts.decide(event.slug, a_decision(kind, standing), now=NOW)
    slugs = await store.due.slugs()
    await due_since(store, event, standing, timedelta(seconds=1))
    await releaser.look()

    after = await store.posts.get(event.slug, standing.post.id)
    assert event.slug not in slugs
    assert (after.status, after.decided_by_name) == (status_after, "Mia")


async def test_a_decision_that_is_undone_leaves_the_post_to_moderators(store, event, releaser):
    standing = await put_off(store, event, SOON)
    rejected = await store.posts.decide(event.slug, a_decision("reject", standing), now=NOW)

    undone = await store.posts.decide(event.slug, a_decision("undo", rejected), now=NOW)

    assert (undone.status, undone.due) == (Status.WAITING, None)
    assert event.slug not in await store.due.slugs()


async def test_an_author_s_deletion_stops_it(store, event, releaser):
    standing = await put_off(store, event, SOON)

    await store.posts.withdraw(event.slug, standing.post.uid, now=NOW)

    assert event.slug not in await store.due.slugs()


async def test_an_edit_begins_the_delay_anew(store, event):
    standing = await put_off(store, event, SOON)
    edited = replace(standing.post, text="Other words #PyConEx", revision=1)

    await store.posts.edit(event.slug, Submission(edited, LATER), now=NOW + timedelta(seconds=5))

    after = await store.posts.get(event.slug, standing.post.id)
    assert after.due == NOW + timedelta(seconds=605)


async def test_a_rule_made_during_the_delay_stops_it(store, event, releaser):
    standing = await put_off(store, event, SOON, text="Buy coins #PyConEx")
    await due_since(store, event, standing, timedelta(seconds=1))
    await store.rules.change(
        event.slug, lambda rules: [Rule(id="r1", kind="words", entries=("coins",), places=("text",))]
    )

    await releaser.look()

    after = await store.posts.get(event.slug, standing.post.id)
    assert after.status is Status.WAITING
    assert "coins" in after.reason


async def test_a_rule_made_once_it_was_judged_for_the_last_time_stops_it(store, event, releaser, monkeypatch):
    standing = await put_off(store, event, SOON, text="Buy coins #PyConEx")
    await due_since(store, event, standing, timedelta(seconds=1))
    coins = Rule(id="r1", kind="words", entries=("coins",), places=("text",))
    released = Due.release

    async def after_a_rule(self, *arguments, **fields):
        await store.rules.change(event.slug, lambda rules: [coins])
        return await released(self, *arguments, **fields)

    monkeypatch.setattr(Due, "release", after_a_rule)
    await releaser.look()

    assert await status(store, event, standing) is Status.WAITING
    assert await updates(store, event) == []


async def test_the_removal_of_another_post_of_its_author_stops_it(store, event, releaser):
    mine = await put_off(store, event, SOON, author=BOB)
    other = await put_off(store, event, Verdict(status=Status.APPROVED), author=BOB)
    await due_since(store, event, mine, timedelta(seconds=1))
    read = await store.database.command("GET", EventKeys(event.slug).event)
    await store.posts.decide(event.slug, a_decision("remove", other), now=NOW)

    assert not await store.due.release(event.slug, mine, read, now=NOW)
    await releaser.look()

    after = await store.posts.get(event.slug, mine.post.id)
    assert after.status is Status.WAITING
    assert after.due is None


async def test_two_eyes_asked_for_meanwhile_stop_a_picture(store, event, releaser):
    post = pictured()
    await store.posts.submit(event.slug, [Submission(post, SOON)], now=NOW)
    await store.events.change(event.slug, lambda event: replace(event, two_eyes=True))
    standing = await store.posts.get(event.slug, post.id)
    await due_since(store, event, standing, timedelta(seconds=1))

    await releaser.look()

    after = await store.posts.get(event.slug, post.id)
    assert (after.status, after.reason) == (Status.WAITING, "A post with a picture needs two moderators.")


class TestTheLadder:
    async def test_counts_approved_posts_and_undo_takes_one_back(self, store, event):
        one = await put_off(store, event, Verdict())
        two = await put_off(store, event, Verdict())

        await store.posts.decide(event.slug, a_decision("approve", one), now=NOW)
        approved = await store.posts.decide(event.slug, a_decision("approve", two), now=NOW)
        both = await store.authors.trusts(event.slug, [ALICE.uid])
        await store.posts.decide(event.slug, a_decision("undo", approved), now=NOW)

        assert both == [Trust(approved=2)]
        assert await store.authors.trusts(event.slug, [ALICE.uid]) == [Trust(approved=1)]

    async def test_a_decision_sent_twice_counts_once(self, store, event):
        one = await put_off(store, event, Verdict())
        decision = a_decision("approve", one)

        for _ in range(2):
            await store.posts.decide(event.slug, decision, now=NOW)

        assert await store.authors.trusts(event.slug, [ALICE.uid]) == [Trust(approved=1)]

    async def test_a_removal_ends_trust_until_a_moderator_gives_it_again(self, store, event):
        await store.authors.trust(event.slug, ALICE.uid, by="Mia")
        one = await put_off(store, event, Verdict(status=Status.APPROVED))
        removed = await store.posts.decide(event.slug, a_decision("remove", one), now=NOW)
        (ended,) = await store.authors.trusts(event.slug, [ALICE.uid])

        await store.authors.judge(event.slug, removed, by="Max", now=NOW)

        (again,) = await store.authors.trusts(event.slug, [ALICE.uid])
        assert (ended.counts(0), ended.against) == (False, (one.post.id,))
        assert again == Trust(by="Max")

    async def test_trust_taken_back_by_hand_is_not_given_by_undoing_a_removal(self, store, event):
        one = await put_off(store, event, Verdict(status=Status.APPROVED))
        removed = await store.posts.decide(event.slug, a_decision("remove", one), now=NOW)
        await store.authors.judge(event.slug, removed, by=None, now=NOW)

        await store.posts.decide(event.slug, a_decision("undo", removed), now=NOW)

        (trust,) = await store.authors.trusts(event.slug, [ALICE.uid])
        assert trust.against == ("hand",)

    async def test_the_desks_are_told_of_it(self, store, event):
        one = await put_off(store, event, Verdict())

        await store.authors.judge(event.slug, one, by="Mia", now=NOW)
        await store.authors.judge(event.slug, one, by=None, now=NOW)

        told = await store.feeds.after(event.slug, "desk", 0, limit=10)
        assert [(update.kind, update.post_id) for update in told[1:]] == [
            ("trusted", one.post.id),
            ("distrusted", one.post.id),
        ]


class TestPanic:
    @pytest.mark.parametrize("kind", ["frozen", "blank", "pinned"])
    async def test_a_curtain_stops_all_that_is_delayed(self, store, event, releaser, kind):
        standing = await put_off(store, event, LATER)
        await store.curtains.draw(event.slug, kind, by="mia", by_name="Mia", now=NOW)

        await releaser.look()

        after = await store.posts.get(event.slug, standing.post.id)
        assert (after.status, after.due, after.reason) == (Status.WAITING, None, STOPPED)

    async def test_redis_releases_nothing_behind_a_curtain_whoever_asks(self, store, event):
        standing = await put_off(store, event, SOON)
        await due_since(store, event, standing, timedelta(seconds=1))
        read = await store.database.command("GET", EventKeys(event.slug).event)
        await store.curtains.draw(event.slug, "frozen", by="mia", by_name="Mia", now=NOW)

        assert not await store.due.release(event.slug, standing, read, now=NOW)

    @pytest.mark.parametrize("author", [ALICE.uid, EVERYONE])
    async def test_who_is_held_goes_nowhere_by_themselves(self, store, event, releaser, author):
        standing = await put_off(store, event, SOON)
        await due_since(store, event, standing, timedelta(seconds=1))
        read = await store.database.command("GET", EventKeys(event.slug).event)
        restriction = Restriction(author=author, name="", by="mia", by_name="Mia", at=NOW)
        await store.authors.restrict(event.slug, restriction, now=NOW)

        assert not await store.due.release(event.slug, standing, read, now=NOW)
        await releaser.look()

        after = await store.posts.get(event.slug, standing.post.id)
        assert (after.status, after.due, after.reason) == (Status.WAITING, None, restriction.reason)

    async def test_what_was_judged_before_its_author_was_restricted_is_not_delayed_but_waits(self, store, event):
        await store.authors.restrict(
            event.slug, Restriction(author=ALICE.uid, name="", by="mia", by_name="Mia", at=NOW), now=NOW
        )

        standing = await put_off(store, event, LATER)

        assert standing.due is None
        assert event.slug not in await store.due.slugs()
