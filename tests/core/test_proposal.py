"""Votes of a circle, whatever is cast in whatever order."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import NOW
from wall.core.circle import MANNERS, CircleRule, Member
from wall.core.proposal import (
    FORGOTTEN,
    LONGEST_REASON,
    VOTES,
    Ballot,
    Proposal,
    outcome,
    propose,
    settled,
    with_ballot,
    with_remark,
    withdrawn,
)
from wall.errors import ChangedMeanwhile, InvalidInput, NotAllowed

HOUR = timedelta(hours=1)
CLOSING = NOW + 72 * HOUR
MEMBERS = [Member(id=one, name=one.title(), came="invitation", came_at=NOW) for one in "abcdefg"]
ANA, BEN, CY = MEMBERS[:3]


def a_proposal(rule=None, voters="abc", **changed):
    return Proposal(
        id="p",
        kind="admit",
        name="Dora",
        reason="She asks well.",
        proposer="a",
        opened_at=NOW,
        closes_at=CLOSING,
        rule=rule or CircleRule(),
        voters=tuple(voters),
        moved_at=NOW,
        reach="dora@x.example",
        **changed,
    )


def polled(votes, rule=None, voters="abc"):
    """Return a proposal on which so much was voted: "+-0" is an aye, a nay and an abstention, one of each voter."""
    cast = {"+": "aye", "-": "nay", "0": "abstain"}
    ballots = tuple(Ballot(member=who, vote=cast[vote], at=NOW) for who, vote in zip(voters, votes, strict=False))
    return a_proposal(rule, voters, ballots=ballots)


NO_VETO = CircleRule(manner="no veto")
EVERYBODY = CircleRule(quorum=100)


@pytest.mark.parametrize(
    ("rule", "voters", "votes", "early", "late"),
    [
        (CircleRule(), "abc", "", "open", "expired"),
        (CircleRule(), "abc", "+", "open", "expired"),
        (CircleRule(), "abc", "++", "accepted", "accepted"),
        (CircleRule(), "abc", "--", "declined", "declined"),
        (CircleRule(), "abc", "+-", "open", "declined"),
        (CircleRule(), "abc", "+0", "open", "accepted"),
        (CircleRule(), "abc", "+-0", "declined", "declined"),
        (CircleRule(), "abcd", "++-", "open", "accepted"),
        (CircleRule(), "abc", "000", "declined", "declined"),
        (EVERYBODY, "abc", "++", "open", "expired"),
        (EVERYBODY, "abc", "++0", "accepted", "accepted"),
        (NO_VETO, "abc", "-", "declined", "declined"),
        (NO_VETO, "abc", "++", "open", "accepted"),
        (NO_VETO, "abc", "+++", "accepted", "accepted"),
        (NO_VETO, "abc", "000", "declined", "declined"),
        (NO_VETO, "abcd", "+", "open", "expired"),
        (CircleRule(), "a", "+", "accepted", "accepted"),
    ],
)
def test_a_vote_ends_early_where_nobody_can_change_it_and_else_at_its_time(rule, voters, votes, early, late):
    proposal = polled(votes, rule, voters)

    assert outcome(proposal, NOW) == early
    assert outcome(proposal, CLOSING) == late


rules = st.builds(CircleRule, manner=st.sampled_from(MANNERS), quorum=st.integers(1, 100), open_hours=st.just(72))
ballots = st.lists(st.sampled_from(VOTES), max_size=7).map(
    lambda votes: [
        Ballot(member=who, vote=vote, at=NOW + HOUR) for who, vote in zip("abcdefg", votes, strict=False)
    ]
)


@given(rules, ballots, st.randoms())
def test_the_order_of_ballots_does_not_matter(rule, cast, random):
    shuffled = random.sample(cast, len(cast))

    ends = [taken_in(a_proposal(rule, "abcdefg"), order) for order in (cast, shuffled)]

    assert ends[0].state == ends[1].state
    assert ends[0].state != "open"


@given(rules, ballots, st.integers(0, 7))
def test_an_outcome_once_reached_never_changes(rule, cast, first):
    proposal = a_proposal(rule, "abcdefg", ballots=tuple(cast[:first]))
    before = outcome(proposal, NOW + HOUR)
    later = [
        outcome(replace(proposal, ballots=tuple(cast[:number])), now)
        for number in range(first, len(cast) + 1)
        for now in (NOW + HOUR, CLOSING, CLOSING + HOUR)
    ]

    assert before == "open" or set(later) <= {before}


@given(ballots.filter(lambda cast: any(ballot.vote == "nay" for ballot in cast)), st.integers(1, 100))
def test_without_veto_one_nay_ends_it(cast, quorum):
    rule = CircleRule(manner="no veto", quorum=quorum)

    assert outcome(a_proposal(rule, "abcdefg", ballots=tuple(cast)), NOW + HOUR) == "declined"


def taken_in(proposal, cast):
    """Return a proposal once ballots came until it was decided, and its time."""
    for ballot in cast:
        if proposal.state == "open":
            proposal = with_ballot(proposal, ballot.member, ballot.vote, now=ballot.at)
    return settled(proposal, CLOSING)


def test_when_it_was_decided_does_not_depend_on_who_looks_when():
    late = settled(polled("+0"), CLOSING + 10 * HOUR)
    early = settled(polled("++"), CLOSING + 10 * HOUR)

    assert (late.state, late.decided_at) == ("accepted", CLOSING)
    assert (early.state, early.decided_at) == ("accepted", NOW)


def test_who_proposes_votes_aye_and_alone_decides():
    proposal = propose(CircleRule(), ANA, [ANA], id="p", now=NOW, name=" Dora ", reason="Why not?", reach="dora@x")

    assert (proposal.state, proposal.name, proposal.voters) == ("accepted", "Dora", ("a",))
    assert proposal.ballot_of("a").vote == "aye"
    assert proposal.reach == "dora@x"


@pytest.mark.parametrize("state", ["declined", "expired"])
def test_how_somebody_is_reached_is_not_kept_where_they_do_not_come(state):
    proposal = settled(polled({"declined": "--", "expired": ""}[state]), CLOSING)

    assert (proposal.state, proposal.reach) == (state, "")


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"name": " "}, "name"), ({"reason": ""}, "reason"), ({"reason": "x" * (LONGEST_REASON + 1)}, "reason"),
     ({"reach": "x" * 301}, "reach")],
)  # fmt: skip
def test_what_cannot_be_proposed_says_which_field(changed, field):
    with pytest.raises(InvalidInput) as refused:
        propose(CircleRule(), ANA, [ANA], id="p", now=NOW, **{"name": "Dora", "reason": "Yes"} | changed)

    assert refused.value.field == field


def test_who_is_to_be_removed_has_no_vote():
    proposal = propose(CircleRule(), ANA, MEMBERS[:3], id="p", now=NOW, reason="Tells others.", concerned=CY)

    assert (proposal.kind, proposal.name, proposal.voters) == ("remove", "C", ("a", "b"))
    with pytest.raises(NotAllowed):
        with_ballot(proposal, "c", "nay", now=NOW)


@pytest.mark.parametrize(
    ("member", "error"), [("a", ChangedMeanwhile), ("z", NotAllowed)], ids=["twice", "came later"]
)
def test_nobody_votes_twice_or_on_what_began_before_they_came(member, error):
    with pytest.raises(error):
        with_ballot(polled("+"), member, "nay", now=NOW)


@pytest.mark.parametrize(
    "act",
    [
        lambda proposal: with_ballot(proposal, "c", "nay", now=NOW),
        lambda proposal: with_remark(proposal, "c", "Wait!", now=NOW),
        lambda proposal: withdrawn(proposal, "a", now=NOW),
    ],
)
def test_what_is_decided_stays_so(act):
    with pytest.raises(ChangedMeanwhile):
        act(settled(polled("++"), NOW))


def test_only_who_made_a_proposal_withdraws_it():
    with pytest.raises(NotAllowed):
        withdrawn(polled("+"), "b", now=NOW)

    assert withdrawn(polled("+"), "a", now=NOW).state == "withdrawn"


def test_a_debate_keeps_who_said_what():
    proposal = with_remark(polled("+"), "b", "Do we know her?\u202e", now=NOW)

    assert [(one.member, one.words) for one in proposal.remarks] == [("b", "Do we know her?")]
    assert (proposal.moved_by, proposal.state) == ("b", "open")


def test_what_was_said_of_somebody_who_did_not_come_is_forgotten_in_the_end():
    proposal = settled(with_remark(polled("-"), "b", "I know her.", now=NOW), CLOSING)
    kept = settled(proposal, CLOSING + timedelta(days=89))
    gone = settled(proposal, CLOSING + timedelta(days=91))

    assert kept == proposal
    assert (gone.name, gone.reason, gone.remarks) == (FORGOTTEN, "", ())
    assert gone.ballots == proposal.ballots
