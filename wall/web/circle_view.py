"""What the pages of a circle say of its members and proposals."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from starlette.requests import Request

from wall.core.circle import Member, check_leaving, check_removable
from wall.core.event import Event
from wall.core.inviting import invitable
from wall.core.proposal import Proposal, State, Vote
from wall.core.words import _
from wall.errors import InvalidInput
from wall.web import access
from wall.web.state import state
from wall.web.when import clock, until

STATES: dict[State, str] = {
    "open": _("Open"),
    "accepted": _("Accepted"),
    "declined": _("Declined"),
    "withdrawn": _("Withdrawn"),
    "expired": _("Too few voted"),
}
VOTE_WORDS: dict[Vote, str] = {"aye": _("Aye"), "nay": _("Nay"), "abstain": _("Abstained")}
UNKNOWN = _("A former member")


async def news(request: Request, event: Event) -> int:
    """Return how many proposals of a circle moved since the member who asks looked; 0 for everybody else."""
    me = await access.member(request, event)
    if me is None:
        return 0
    services = state(request)
    proposals = await services["store"].proposals.all(event.slug, now=services["now"]())
    return len(await services["store"].proposals.unseen(event.slug, me, proposals))


def members_view(
    event: Event, me: Member, members: Iterable[Member], proposals: Sequence[Proposal], now: datetime
) -> list[dict[str, Any]]:
    """Return everybody who is or was a member, with how they came and went."""
    everybody = sorted(members, key=lambda one: (one.came_at, one.id))
    names = names_of(everybody)
    by_id = {one.id: one for one in proposals}
    return [
        {
            "id": one.id,
            "name": one.name,
            "you": one.id == me.id,
            "present": one.present,
            "office": one.office,
            "came": one.came,
            "came_at": clock(one.came_at, now, event.timezone),
            "proposal": one.proposal if one.proposal in by_id else None,
            "proposed_by": names.get(by_id[one.proposal].proposer, UNKNOWN) if one.proposal in by_id else None,
            "left": one.left,
            "left_at": clock(one.left_at, now, event.timezone) if one.left_at else None,
            "removable": one.id != me.id and removable(one, everybody),
        }
        for one in everybody
    ]


def summary(event: Event, me: Member, proposal: Proposal, unseen: set[str], now: datetime) -> dict[str, Any]:
    """Return a proposal as lists show it."""
    cast = Counter(ballot.vote for ballot in proposal.ballots)
    return {
        "id": proposal.id,
        "kind": proposal.kind,
        "name": proposal.name,
        "state": proposal.state,
        "words": STATES[proposal.state],
        "awaits": proposal.awaits(me.id),
        "new": proposal.id in unseen,
        "voted": len(proposal.ballots),
        "voters": len(proposal.voters),
        "closes": until(proposal.closes_at, now),
        "closes_at": clock(proposal.closes_at, now, event.timezone),
        "decided_at": clock(proposal.decided_at, now, event.timezone) if proposal.decided_at else None,
        "ayes": cast["aye"],
        "nays": cast["nay"],
        "abstained": cast["abstain"],
    }


def whole(
    event: Event, me: Member, proposal: Proposal, members: Mapping[str, Member], now: datetime
) -> dict[str, Any]:
    """Return a proposal with its debate. How others voted is told once it is decided, that they did at once."""
    names = names_of(members.values())
    mine = proposal.ballot_of(me.id)
    decided = proposal.state != "open"
    return {
        **summary(event, me, proposal, set(), now),
        "reason": proposal.reason,
        "reach": proposal.reach,
        "by": names.get(proposal.proposer, UNKNOWN),
        "yours": proposal.proposer == me.id,
        "about_you": proposal.concerned == me.id,
        "rule": proposal.rule,
        "enough": proposal.rule.enough(len(proposal.voters)),
        "opened_at": clock(proposal.opened_at, now, event.timezone),
        "my_vote": VOTE_WORDS[mine.vote] if mine else None,
        "may_vote": proposal.awaits(me.id),
        "ballots": [
            {
                "name": names.get(one.member, UNKNOWN),
                "vote": one.vote if decided else None,
                "words": VOTE_WORDS[one.vote] if decided else None,
                "said": one.words if decided else "",
            }
            for one in proposal.ballots
        ],
        "missing": [names.get(one, UNKNOWN) for one in proposal.voters if proposal.ballot_of(one) is None],
        "remarks": [
            {
                "name": names.get(one.member, UNKNOWN),
                "words": one.words,
                "at": clock(one.at, now, event.timezone),
            }
            for one in proposal.remarks
        ],
        "joined_at": clock(proposal.joined_at, now, event.timezone) if proposal.joined_at else None,
        "joined_as": names.get(proposal.joined),
        "invitable": invitable(proposal, me, members.get(proposal.proposer), now=now),
        "invited": bool(proposal.link),
    }


def names_of(members: Iterable[Member]) -> dict[str, str]:
    return {one.id: one.name for one in members}


def removable(member: Member, members: Sequence[Member]) -> bool:
    try:
        check_removable(member, members)
    except InvalidInput:
        return False
    return True


def may_leave(member: Member) -> bool:
    try:
        check_leaving(member)
    except InvalidInput:
        return False
    return True
