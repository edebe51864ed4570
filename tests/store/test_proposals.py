import asyncio
from datetime import timedelta

import pytest

from tests.cast import NOW
from tests.circle import RULE, a_circle, come_in, invite
from wall.core.audit import Filter
from wall.core.circle import CircleRule
from wall.errors import ChangedMeanwhile, InvalidInput, NotAllowed, NotFound
from wall.settling import Settler
from wall.store.proposals import MOST_OPEN_EACH

LATER = NOW + timedelta(hours=80)


@pytest.fixture
async def circle(store, event):
    return await a_circle(store, event.slug)


async def log(store, event):
    entries, _ = await store.audit.page(event.slug, Filter(), limit=20)
    return [(entry.kind, entry.by_name, entry.about) for entry in entries]


async def test_alone_the_organiser_admits_at_once_and_two_have_to_agree(store, event, circle):
    members = await store.members.all(event.slug)

    assert sorted((one.name, one.came, one.office) for one in members) == [
        ("Ana", "invitation", False), ("Ben", "invitation", False), ("Olga", "organiser", True),
    ]  # fmt: skip
    assert {one.state for one in await store.proposals.all(event.slug, now=NOW)} == {"accepted"}


async def test_the_audit_log_tells_what_happened_and_names_nobody_who_was_not_admitted(store, event, circle):
    _, ana, ben, *_ = circle
    made = await store.proposals.propose(event.slug, RULE, ana, now=NOW, name="Zoe Unwanted", reason="Secret")
    await store.proposals.vote(event.slug, made.id, ben.id, "nay", "", now=NOW)
    await store.proposals.get(event.slug, made.id, now=LATER)

    assert (await log(store, event))[:3] == [
        ("circle decided", "The circle", "to admit somebody: declined"),
        ("proposed", "Ana", "to admit somebody"),
        ("member came", "Ben", "by invitation"),
    ]


async def test_a_removal_is_carried_out_in_the_step_that_decides_it(store, event, circle):
    olga, ana, ben, anas, _ = circle
    made = await store.proposals.propose(event.slug, RULE, ben, now=NOW, reason="Talks.", removing=ana.id)

    await store.proposals.vote(event.slug, made.id, olga.id, "aye", "Sadly.", now=NOW)

    assert await store.ways_in.member(event.slug, anas, now=NOW) is None
    assert (await store.members.get(event.slug, ana.id)).left == "removed"
    with pytest.raises(NotAllowed):
        await store.proposals.propose(event.slug, RULE, ana, now=NOW, name="Max", reason="Friend")


async def test_a_vote_whose_time_has_come_is_decided_once_though_many_look(store, event, circle):
    olga, _, ben, *_ = circle
    rule = CircleRule(quorum=1)
    before = len(await log(store, event))
    made = await store.proposals.propose(event.slug, rule, olga, now=NOW, reason="Talks.", removing=ben.id)

    await asyncio.gather(*(Settler(store, lambda: LATER).look() for _ in range(5)))

    decided = await store.proposals.get(event.slug, made.id, now=LATER)
    assert (decided.state, decided.decided_at) == ("accepted", decided.closes_at)
    assert (await store.members.get(event.slug, ben.id)).present is False
    assert len(await log(store, event)) == before + 2


async def test_ballots_at_once_are_all_counted(store, event, circle):
    olga, ana, ben, *_ = circle
    rule = CircleRule(quorum=100)
    made = await store.proposals.propose(event.slug, rule, olga, now=NOW, name="Cy", reason="Good.")

    await asyncio.gather(
        *(store.proposals.vote(event.slug, made.id, one.id, "nay", "", now=NOW) for one in (ana, ben))
    )

    found = await store.proposals.get(event.slug, made.id, now=NOW)
    assert (found.state, len(found.ballots)) == ("declined", 3)


async def test_what_was_decided_takes_no_vote_and_no_words(store, event, circle):
    olga, ana, ben, *_ = circle
    made = await store.proposals.propose(event.slug, RULE, olga, now=NOW, name="Cy", reason="Good.")
    await store.proposals.withdraw(event.slug, made.id, olga.id, now=NOW)

    with pytest.raises(ChangedMeanwhile):
        await store.proposals.vote(event.slug, made.id, ana.id, "nay", "", now=NOW)
    with pytest.raises(ChangedMeanwhile):
        await store.proposals.remark(event.slug, made.id, ben.id, "Wait", now=NOW)


async def test_nobody_is_under_vote_twice_and_nobody_proposes_without_end(store, event, circle):
    _, ana, *_ = circle
    names = [f"Person {number}" for number in range(MOST_OPEN_EACH)]
    await store.proposals.propose(event.slug, RULE, ana, now=NOW, name=names[0], reason="Good.")

    with pytest.raises(InvalidInput, match="under vote already"):
        await store.proposals.propose(event.slug, RULE, ana, now=NOW, name="person 0", reason="Again.")
    for name in names[1:]:
        await store.proposals.propose(event.slug, RULE, ana, now=NOW, name=name, reason="Good.")
    with pytest.raises(InvalidInput, match="Much is under vote"):
        await store.proposals.propose(event.slug, RULE, ana, now=NOW, name="One more", reason="Good.")


async def test_who_organises_the_event_is_not_removed(store, event, circle):
    olga, ana, *_ = circle

    with pytest.raises(InvalidInput):
        await store.proposals.propose(event.slug, RULE, ana, now=NOW, reason="No.", removing=olga.id)
    with pytest.raises(NotFound):
        await store.proposals.propose(event.slug, RULE, ana, now=NOW, reason="No.", removing="nobody")


async def test_who_organises_no_more_has_no_place_any_more(store, event, circle):
    olga, *_ = circle

    await store.members.unseat(event.slug, "olga", now=NOW)

    assert (await store.members.get(event.slug, olga.id)).left == "office"
    assert await store.members.of_person(event.slug, "olga") is None


async def test_a_member_leaves_and_an_organiser_cannot(store, event, circle):
    olga, ana, *_ = circle

    await store.members.leave(event.slug, ana.id, now=NOW)

    assert (await store.members.get(event.slug, ana.id)).left == "left"
    with pytest.raises(InvalidInput):
        await store.members.leave(event.slug, olga.id, now=NOW)


async def test_a_link_admits_one_person_once(store, event, circle):
    olga, ana, ben, *_ = circle
    token = await invite(store, event.slug, olga, "Cy", votes=[ana, ben][:1])

    cy, _ = await come_in(store, event.slug, token, "Cy")

    with pytest.raises(NotAllowed):
        await come_in(store, event.slug, token, "Another")
    (proposal,) = [one for one in await store.proposals.all(event.slug, now=NOW) if one.name == "Cy"]
    assert (proposal.joined, proposal.reach, cy.proposal) == (cy.id, "", proposal.id)


async def test_of_many_who_use_a_link_at_once_one_comes_in(store, event, circle):
    olga, ana, *_ = circle
    token = await invite(store, event.slug, olga, "Cy", votes=[ana])

    ends = await asyncio.gather(
        *(come_in(store, event.slug, token, f"Cy {number}") for number in range(5)), return_exceptions=True
    )

    assert sum(isinstance(end, NotAllowed) for end in ends) == 4
    assert len([one for one in await store.members.all(event.slug) if one.name.startswith("Cy")]) == 1


@pytest.mark.parametrize("token", ["", "x", "i..", "b.x.y", "i.x.y.z", "i.\udcff.y", "q.a.b"])
async def test_a_made_up_link_admits_nobody(store, event, circle, token):
    with pytest.raises(NotAllowed):
        await store.ways_in.invited(event.slug, token, now=NOW)
    with pytest.raises(NotAllowed):
        await store.ways_in.enter(event.slug, token, name="Eve", browser="", now=NOW)


async def test_a_newer_link_replaces_the_one_before_and_each_is_good_for_a_week(store, event, circle):
    olga, ana, *_ = circle
    first = await invite(store, event.slug, olga, "Cy", votes=[ana])
    (proposal,) = [one for one in await store.proposals.all(event.slug, now=NOW) if one.name == "Cy"]
    second = await store.ways_in.invite(event.slug, proposal, olga, now=NOW)

    with pytest.raises(NotAllowed):
        await store.ways_in.invited(event.slug, first, now=NOW)
    assert await store.ways_in.invited(event.slug, second, now=NOW) == "Cy"
    with pytest.raises(NotAllowed):
        await store.ways_in.invited(event.slug, second, now=NOW + timedelta(days=8))


async def test_a_member_lets_in_a_browser_of_their_own_and_ends_it(store, event, circle):
    _, ana, ben, anas, _ = circle
    token = await store.ways_in.own_link(event.slug, ana.id, now=NOW)
    secret = await store.ways_in.enter(event.slug, token, name="", browser="Safari", now=NOW)
    (new,) = [id for id, one in await store.ways_in.browsers(event.slug, ana.id) if one.words == "Safari"]

    assert (await store.ways_in.member(event.slug, secret, now=NOW)).id == ana.id
    with pytest.raises(NotAllowed):
        await store.ways_in.enter(event.slug, token, name="", browser="Safari", now=NOW)
    await store.ways_in.end(event.slug, ben.id, new)  # which is not Ben's
    assert await store.ways_in.member(event.slug, secret, now=NOW)
    await store.ways_in.end(event.slug, ana.id, new)
    assert await store.ways_in.member(event.slug, secret, now=NOW) is None
    assert await store.ways_in.member(event.slug, anas, now=NOW)


async def test_a_browser_that_was_not_used_for_half_a_year_lets_nobody_in(store, event, circle):
    *_, anas, _ = circle

    assert await store.ways_in.member(event.slug, anas, now=NOW + timedelta(days=179))
    assert await store.ways_in.member(event.slug, anas, now=NOW + timedelta(days=300))
    assert await store.ways_in.member(event.slug, anas, now=NOW + timedelta(days=500)) is None


async def test_what_moved_is_marked_until_a_member_looks(store, event, circle):
    olga, _, ben, *_ = circle
    later = NOW + timedelta(minutes=1)
    made = await store.proposals.propose(event.slug, RULE, olga, now=later, name="Cy", reason="Good.")

    async def unseen(member):
        found = await store.proposals.all(event.slug, now=later)
        return await store.proposals.unseen(event.slug, member, found)

    assert await unseen(olga) == set()
    assert await unseen(ben) == {made.id}
    await store.proposals.look(event.slug, ben.id, made)
    assert await unseen(ben) == set()
