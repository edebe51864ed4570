"""Inviting whom a circle admitted: who may make the link, and until when."""

from datetime import datetime, timedelta

from wall.core.circle import Member
from wall.core.proposal import Proposal
from wall.core.words import _
from wall.errors import ChangedMeanwhile, NotAllowed

INVITABLE = timedelta(days=30)


def check_invitable(proposal: Proposal, member: Member, proposer: Member | None, *, now: datetime) -> None:
    """Raise where a member may not make the link: who proposed may, or an organiser once they are gone."""
    gone = proposer is None or not proposer.present
    if member.id != proposal.proposer and not (gone and member.office):
        raise NotAllowed(_("The link is made by who proposed them."))
    if proposal.kind != "admit" or proposal.state != "accepted" or proposal.decided_at is None:
        raise ChangedMeanwhile(_("Nobody was admitted by this proposal."))
    if proposal.joined:
        raise ChangedMeanwhile(_("%(name)s has come in already.", name=proposal.name))
    if now - proposal.decided_at > INVITABLE:
        raise ChangedMeanwhile(_("That was too long ago; propose them anew."))


def invitable(proposal: Proposal, member: Member, proposer: Member | None, *, now: datetime) -> bool:
    try:
        check_invitable(proposal, member, proposer, now=now)
    except (NotAllowed, ChangedMeanwhile):
        return False
    return True
