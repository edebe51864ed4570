from datetime import timedelta

import pytest

from tests.cast import NOW, a_decision, a_post
from wall.core.moderation import Verdict
from wall.store.desks import HERE_SECONDS
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
