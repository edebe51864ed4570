"""A proposal to a circle: to admit somebody or to remove a member, debated and voted on. Pure; `now` is an argument.

A ballot is final. So an outcome that those who have not voted cannot change any more is the outcome, and the vote ends.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, get_args

from wall.core.circle import CircleRule, Member
from wall.core.text import clean, clean_name
from wall.core.words import _
from wall.errors import ChangedMeanwhile, InvalidInput, NotAllowed

Kind = Literal["admit", "remove"]
Vote = Literal["aye", "nay", "abstain"]
VOTES: tuple[Vote, ...] = get_args(Vote)
State = Literal["open", "accepted", "declined", "withdrawn", "expired"]

LONGEST_REASON = 2_000  # graphemes
LONGEST_REACH = 300
LONGEST_REMARK = 2_000
LONGEST_BALLOT = 500
MOST_REMARKS = 200
MOST_LINES = 100
REMEMBERED = timedelta(days=90)
FORGOTTEN = "Somebody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """What one member voted, and why, if they said so."""

    member: str
    vote: Vote
    at: datetime
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What a member said in the debate."""

    member: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Whom a member proposes to admit, or to remove (`concerned`), why, and what became of it.

    `reach` says how the proposed is reached, for as long as that is of use. `voters` are the members at the opening but
    for the one concerned, and `rule` is the one that held then. `link` is what the token of the newest invitation is
    kept as, `joined` the member who came by it. `moved_at` is when something last happened, by whom.
    """

    id: str
    kind: Kind
    name: str
    reason: str
    proposer: str
    opened_at: datetime
    closes_at: datetime
    rule: CircleRule
    voters: tuple[str, ...]
    moved_at: datetime
    moved_by: str = ""
    reach: str = ""
    concerned: str = ""
    ballots: tuple[Ballot, ...] = ()
    remarks: tuple[Remark, ...] = ()
    state: State = "open"
    decided_at: datetime | None = None
    link: str = ""
    link_until: datetime | None = None
    joined: str = ""
    joined_at: datetime | None = None

    def ballot_of(self, member: str) -> Ballot | None:
        return next((ballot for ballot in self.ballots if ballot.member == member), None)

    def awaits(self, member: str) -> bool:
        """Tell whether a member may still vote."""
        return self.state == "open" and member in self.voters and self.ballot_of(member) is None


def propose(
    rule: CircleRule,
    proposer: Member,
    members: list[Member],
    *,
    id: str,
    now: datetime,
    reason: str,
    name: str = "",
    reach: str = "",
    concerned: Member | None = None,
) -> Proposal:
    """Return a new proposal with its proposer's aye; raises InvalidInput naming the field.

    `members` are those present. Alone, one decides at once.
    """
    who = concerned.name if concerned else clean_name(name)
    if not who:
        raise InvalidInput(_("Write whom you propose."), field="name")
    why = words(reason, LONGEST_REASON, "reason")
    if not why:
        raise InvalidInput(_("Write why; the others decide by it."), field="reason")
    proposal = Proposal(
        id=id,
        kind="remove" if concerned else "admit",
        name=who,
        reason=why,
        reach="" if concerned else words(reach, LONGEST_REACH, "reach"),
        concerned=concerned.id if concerned else "",
        proposer=proposer.id,
        opened_at=now,
        closes_at=now + timedelta(hours=rule.open_hours),
        rule=rule,
        voters=tuple(one.id for one in members if concerned is None or one.id != concerned.id),
        moved_at=now,
    )
    return with_ballot(proposal, proposer.id, "aye", now=now)


def outcome(proposal: Proposal, now: datetime) -> State:
    """Return what a vote has come to: open for as long as the ballots that may still be cast can change it.

    Depends on the rule, the voters, the ballots in whatever order, and whether the closing time has come.
    """
    cast = Counter(ballot.vote for ballot in proposal.ballots)
    number, voters = len(proposal.ballots), len(proposal.voters)
    left = 0 if now >= proposal.closes_at else voters - number
    quorate = number >= proposal.rule.enough(voters)
    if proposal.rule.manner == "no veto":
        if cast["nay"]:
            return "declined"
        passes, settled = cast["aye"] > 0, left == 0
    else:
        passes = cast["aye"] > cast["nay"] + left
        settled = passes or cast["nay"] >= cast["aye"] + left
    if settled and quorate:
        return "accepted" if passes else "declined"
    return "open" if left else "expired"


def settled(proposal: Proposal, now: datetime) -> Proposal:
    """Return a proposal as it stands by now: decided, if it is, at a time that does not depend on who looks when."""
    if proposal.state != "open":
        return forgotten(proposal, now)
    state = outcome(proposal, now)
    if state == "open":
        return proposal
    last = max((ballot.at for ballot in proposal.ballots), default=proposal.opened_at)
    early = outcome(proposal, last) == state
    at = last if early else proposal.closes_at
    return closed(proposal, state, at)


def closed(proposal: Proposal, state: State, at: datetime) -> Proposal:
    """Return a proposal with its outcome; how somebody is reached is kept only to invite them."""
    reach = proposal.reach if state == "accepted" else ""
    return replace(proposal, state=state, decided_at=at, moved_at=at, moved_by="", reach=reach)


def forgotten(proposal: Proposal, now: datetime) -> Proposal:
    """Return a proposal without what was said of somebody who did not come in, once that is long ago.

    Who proposed and who voted how remains.
    """
    stays = proposal.kind == "remove" or proposal.joined or proposal.decided_at is None
    if stays or proposal.name == FORGOTTEN or now - (proposal.decided_at or now) < REMEMBERED:
        return proposal
    ballots = tuple(replace(ballot, words="") for ballot in proposal.ballots)
    return replace(proposal, name=FORGOTTEN, reason="", reach="", remarks=(), ballots=ballots, link="")


def with_ballot(proposal: Proposal, member: str, vote: Vote, *, now: datetime, said: str = "") -> Proposal:
    """Return a proposal with one more ballot, decided if that decides it.

    Raises NotAllowed for who may not vote, ChangedMeanwhile after the vote, or for who has voted.
    """
    check_open(proposal, now)
    if member == proposal.concerned:
        raise NotAllowed(_("This proposal is about you, so you have no vote on it."))
    if member not in proposal.voters:
        raise NotAllowed(_("You came after this vote began; those who were members then decide."))
    if proposal.ballot_of(member):
        raise ChangedMeanwhile(_("You have voted already; a vote is final."))
    ballot = Ballot(member=member, vote=vote, at=now, words=words(said, LONGEST_BALLOT, "words"))
    return settled(moved(proposal, member, now, ballots=(*proposal.ballots, ballot)), now)


def with_remark(proposal: Proposal, member: str, said: str, *, now: datetime) -> Proposal:
    """Return a proposal with one more remark in its debate; raises InvalidInput, or ChangedMeanwhile after the vote."""
    check_open(proposal, now)
    text = words(said, LONGEST_REMARK, "words")
    if not text:
        raise InvalidInput(_("Write something first."), field="words")
    if len(proposal.remarks) >= MOST_REMARKS:
        raise InvalidInput(_("This debate is full; vote now."), field="words")
    remark = Remark(member=member, words=text, at=now)
    return moved(proposal, member, now, remarks=(*proposal.remarks, remark))


def withdrawn(proposal: Proposal, member: str, *, now: datetime) -> Proposal:
    """Return a proposal that its proposer takes back; raises NotAllowed, or ChangedMeanwhile after the vote."""
    check_open(proposal, now)
    if member != proposal.proposer:
        raise NotAllowed(_("Only who made a proposal can withdraw it."))
    return replace(closed(proposal, "withdrawn", now), moved_by=member)


def check_open(proposal: Proposal, now: datetime) -> None:
    if settled(proposal, now).state != "open":
        raise ChangedMeanwhile(_("This was decided meanwhile."))


def moved(
    proposal: Proposal,
    member: str,
    now: datetime,
    *,
    ballots: tuple[Ballot, ...] | None = None,
    remarks: tuple[Remark, ...] | None = None,
) -> Proposal:
    return replace(
        proposal,
        moved_at=now,
        moved_by=member,
        ballots=proposal.ballots if ballots is None else ballots,
        remarks=proposal.remarks if remarks is None else remarks,
    )


def words(text: str, limit: int, field: str) -> str:
    """Return what a member wrote as it is kept; raises InvalidInput for more than fits, so that nothing is cut off."""
    kept = clean(text, limit=limit, lines=MOST_LINES)
    if kept != clean(text, limit=limit + 1, lines=MOST_LINES + 1):
        raise InvalidInput(
            _("At most %(limit)s characters, in %(most_lines)s lines.", limit=limit, most_lines=MOST_LINES),
            field=field,
        )
    return kept
