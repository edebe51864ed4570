from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import NOW, a_decision, a_post
from wall.core.moderation import Verdict
from wall.core.post import Media, Picture
from wall.store.desks import HERE_SECONDS
from wall.store.keys import EventKeys
from wall.store.submission import Submission


class Team:
    """The desks of an event, each of a person of the same name."""

    def __init__(self, store, event):
        self.store = store
        self.slug = event.slug

    async def hold(self, name, *, posts=10, busy=60, now=NOW, post_id=""):
        return await self.store.desks.hold(
            self.slug, f"{name}-desk", person_id=name, name=name, posts=posts,
            busy=now + timedelta(seconds=busy), now=now, post_id=post_id,
        )  # fmt: skip

    async def leave(self, name):
        await self.store.desks.leave(self.slug, f"{name}-desk")

    async def there(self, now=NOW):
        team = await self.store.desks.team(self.slug, now=now)
        return {desk.name: list(desk.posts) for desk in team.desks}


@pytest.fixture
def team(store, event):
    return Team(store, event)


@pytest.fixture
async def waiting(store, event):
    """Six posts that wait, oldest first."""
    posts = [a_post(f"Post {number} #PyConEx") for number in range(6)]
    await store.posts.submit(event.slug, [Submission(post, Verdict()) for post in posts], now=NOW)
    return [post.id for post in posts]


async def test_who_is_alone_holds_the_oldest(team, waiting):
    assert await team.hold("ada", posts=4) == waiting[:4]


async def test_no_two_hold_the_same_post(team, waiting):
    await team.hold("ada", posts=2)

    assert await team.hold("ben", posts=2) == waiting[2:4]
    assert await team.there() == {"ada": sorted(waiting[:2]), "ben": sorted(waiting[2:4])}


async def test_little_work_is_shared(team, waiting):
    await team.hold("ada")
    first = await team.hold("ben")
    again = await team.hold("ada")

    assert (first, again) == ([], waiting[:3])
    assert await team.hold("ben") == waiting[3:]


async def test_the_post_on_the_stage_is_held_before_older_ones(team, waiting):
    assert await team.hold("ada", posts=2, post_id=waiting[4]) == [waiting[4], waiting[0]]


async def test_a_post_on_the_stage_that_somebody_holds_stays_theirs(team, waiting):
    await team.hold("ada", posts=2)

    assert await team.hold("ben", posts=1, post_id=waiting[0]) == [waiting[2]]


async def test_a_post_that_does_not_wait_is_held_by_nobody(team, waiting):
    assert "nonsense" not in await team.hold("ada", post_id="nonsense")


PICTURED = (Media(kind="image", url="https://a.example/1", picture=Picture("0" * 32, 8, 6)),)


@pytest.fixture
async def pictured(store, event):
    """Three posts that need two moderators each, oldest first."""
    await store.events.change(event.slug, lambda event: replace(event, two_eyes=True))
    posts = [a_post(f"Picture {number} #PyConEx", media=PICTURED) for number in range(3)]
    await store.posts.submit(event.slug, [Submission(post, Verdict()) for post in posts], now=NOW)
    return [post.id for post in posts]


async def decide(store, event, kind, id, by):
    standing = await store.posts.get(event.slug, id)
    return await store.posts.decide(event.slug, a_decision(kind, standing, by=by), now=NOW)


async def test_who_approved_first_is_not_handed_the_post_again_and_the_others_are(store, event, team, pictured):
    await team.hold("ada")
    await decide(store, event, "approve", pictured[0], "ada")

    assert await team.hold("ada", post_id=pictured[0]) == pictured[1:]
    await team.leave("ada")
    assert await team.hold("ben") == pictured


async def test_a_whole_queue_of_ones_own_first_approvals_hides_nothing_behind_it(store, event, team, pictured):
    for id in pictured[:2]:
        await decide(store, event, "approve", id, "ada")

    assert await team.hold("ada", posts=1) == pictured[2:]


async def test_who_takes_the_first_approval_back_may_be_handed_the_post(store, event, team, pictured):
    await decide(store, event, "approve", pictured[0], "ada")
    await decide(store, event, "undo", pictured[0], "ada")

    assert await team.hold("ada") == pictured


async def test_an_edit_ends_the_first_approval_and_whose_it_was(store, event, team, pictured):
    await decide(store, event, "approve", pictured[0], "ada")
    before = await store.posts.get(event.slug, pictured[0])
    edited = a_post("Other words #PyConEx", uid=before.post.uid, media=PICTURED, revision=1)

    await store.posts.edit(event.slug, Submission(edited, Verdict()), now=NOW)

    assert await team.hold("ada") == pictured


@pytest.mark.parametrize("end", ["approved", "rejected", "withdrawn"])
async def test_nothing_is_kept_of_a_first_approval_that_is_over(store, event, pictured, end):
    first = await decide(store, event, "approve", pictured[0], "ada")
    if end == "withdrawn":
        await store.posts.withdraw(event.slug, first.post.uid, now=NOW)
    else:
        await decide(store, event, {"approved": "approve", "rejected": "reject"}[end], pictured[0], "ben")

    assert not await store.database.command("EXISTS", EventKeys(event.slug).firsts)


async def test_a_decided_post_is_free_and_the_next_one_is_held(store, event, team, waiting):
    await team.hold("ada", posts=2)
    standing = await store.posts.get(event.slug, waiting[0])

    await store.posts.decide(event.slug, a_decision("approve", standing, by="ada"), now=NOW)

    assert await team.there() == {"ada": [waiting[1]]}
    assert await team.hold("ada", posts=2) == waiting[1:3]


async def test_who_leaves_frees_what_they_held(team, waiting):
    await team.hold("ada", posts=6)
    await team.leave("ada")

    assert await team.there() == {}
    assert await team.hold("ben", posts=6) == waiting


async def test_who_does_nothing_for_a_while_is_there_and_holds_nothing(team, waiting):
    await team.hold("ada", posts=2, busy=30)
    later = NOW + timedelta(seconds=31)

    assert await team.there(later) == {"ada": []}
    assert await team.hold("ada", posts=2, busy=0, now=later) == []
    assert await team.hold("ben", posts=2, now=later) == waiting[:2]


async def test_who_is_not_heard_of_is_gone(team, waiting):
    await team.hold("ada", posts=2)
    later = NOW + timedelta(seconds=HERE_SECONDS + 1)

    assert await team.there(later) == {}
    assert await team.hold("ben", posts=2, now=later) == waiting[:2]


async def test_every_change_of_the_team_has_a_turn_of_its_own(store, event, team, waiting):
    turns = []
    for step in (team.hold("ada"), team.hold("ada"), team.hold("ben"), team.leave("ben"), team.leave("ben")):
        await step
        turns.append((await store.desks.team(event.slug, now=NOW)).turn)

    assert turns == [1, 1, 2, 3, 3]


async def test_the_team_says_when_its_first_lease_ends(store, event, team):
    await team.hold("ada", busy=20)

    assert (await store.desks.team(event.slug, now=NOW)).until == NOW + timedelta(seconds=20)


async def test_the_newest_decisions_of_somebody_are_told_with_how_the_posts_stand_now(store, event, waiting):
    for id, kind, by in zip(waiting, ("approve", "reject", "stash"), ("ada", "ben", "ada"), strict=False):
        standing = await store.posts.get(event.slug, id)
        await store.posts.decide(event.slug, a_decision(kind, standing, by=by), now=NOW)
    approved = await store.posts.get(event.slug, waiting[0])
    await store.posts.decide(event.slug, a_decision("remove", approved, by="ben"), now=NOW)

    recent = await store.posts.recent(event.slug, "ada", limit=20)

    assert [(taken.kind, taken.status, standing.status) for taken, standing in recent] == [
        ("stash", "stashed", "stashed"), ("approve", "approved", "removed"),
    ]  # fmt: skip


async def test_a_decision_sent_twice_is_one_of_the_newest(store, event, waiting):
    decision = a_decision("approve", await store.posts.get(event.slug, waiting[0]), by="ada")
    await store.posts.decide(event.slug, decision, now=NOW)
    await store.posts.decide(event.slug, decision, now=NOW)

    assert len(await store.posts.recent(event.slug, "ada", limit=20)) == 1
