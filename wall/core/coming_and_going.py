"""Who comes into a back channel, who leaves it, and how it ends.

Who comes in later reads what is said from then on. The starter alone lets others in. It ends when nobody is left in it,
or when all who are in it agree to erase it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from wall.core import consent
from wall.core.back_channel import Change, Invitation, Message, Thread, added, me, unsay
from wall.core.member import Member
from wall.core.words import _
from wall.errors import InvalidInput, NotFound

MOST_MEMBERS = 8
MOST_INVITATIONS = 5
OPENING = 1  # message, with which somebody was asked in
INVITED_FOR = timedelta(days=2)


def enter(thread: Thread, id: str, name: str, now: datetime) -> Change:
    """Let somebody in who was asked, or is let in by an invitation or as the team."""
    if thread.member(id):
        return Change(thread)
    if len(thread.members) >= MOST_MEMBERS:
        raise InvalidInput(
            _(
                "This conversation has %(most_members)s members, which is as many as it takes.",
                most_members=MOST_MEMBERS,
            )
        )
    since = 0 if thread.last <= OPENING else thread.last
    member = Member(id=id, name=name, since=since)
    others = tuple(replace(one, erasing=False) for one in thread.members)
    asked = tuple(one for one in thread.asked if one.id != id)
    return added(replace(thread, members=(*others, member), asked=asked), member, "joined", now)


def decline(thread: Thread, id: str) -> Change:
    """Take back the question to somebody who does not want to; who asked them sees that nobody came."""
    return Change(replace(thread, asked=tuple(one for one in thread.asked if one.id != id)))


def invite(thread: Thread, invitation: Invitation, now: datetime) -> Change:
    """Make a link that lets one more person in; raises InvalidInput for all but the starter."""
    if me(thread, invitation.by).id != thread.starter:
        raise InvalidInput(_("Only who started this conversation can invite somebody."))
    open_ones = tuple(one for one in thread.invitations if one.expires_at > now)
    if len(open_ones) >= MOST_INVITATIONS:
        raise InvalidInput(
            _(
                "%(most_invitations)s links are open already; take one of them back.",
                most_invitations=MOST_INVITATIONS,
            )
        )
    return Change(replace(thread, invitations=(*open_ones, invitation)))


def take_back(thread: Thread, by: str, invitation_id: str) -> Change:
    """Close a link that nobody has used."""
    if me(thread, by).id != thread.starter:
        raise InvalidInput(_("Only who started this conversation can take an invitation back."))
    return Change(replace(thread, invitations=tuple(o for o in thread.invitations if o.id != invitation_id)))


def open_invitation(thread: Thread, invitation_id: str, now: datetime) -> Invitation:
    """Return what a link opens; raises NotFound once it was used or taken back, is too old, or its maker has left."""
    for one in thread.invitations:
        if one.id == invitation_id and one.expires_at > now and thread.member(one.by):
            return one
    raise NotFound(_("This link was used already, was taken back, or is too old. Ask for a new one."))


def use(thread: Thread, invitation_id: str, id: str, name: str, now: datetime) -> Change:
    """Come in by a link, which is closed by that."""
    open_invitation(thread, invitation_id, now)
    left = tuple(one for one in thread.invitations if one.id != invitation_id)
    return enter(replace(thread, invitations=left), id, name, now)


def leave(thread: Thread, by: str, now: datetime, *, with_words: Sequence[Message] = ()) -> Change:
    """Leave, and take along the words of one's messages if one likes. Consent ends with that, and links one made."""
    member = me(thread, by)
    gone = unsay(thread, by, with_words)
    assert gone.thread is not None
    rest = tuple(one for one in gone.thread.members if one.id != by)
    if not rest:
        return Change(None)
    left = replace(
        gone.thread,
        members=rest,
        invitations=tuple(one for one in thread.invitations if one.by != by),
        excerpts=consent.without(gone.thread.excerpts, member=by),
    )
    told = added(left, member, "left", now)
    assert told.thread is not None
    return Change(agreed_to_erase(told.thread), (*gone.messages, *told.messages))


def erase(thread: Thread, by: str, *, agrees: bool) -> Change:
    """Agree that all of it be erased, or no longer; it is, once every member agrees."""
    me(thread, by)
    members = tuple(replace(one, erasing=agrees) if one.id == by else one for one in thread.members)
    return Change(agreed_to_erase(replace(thread, members=members)))


def agreed_to_erase(thread: Thread) -> Thread | None:
    return None if all(one.erasing for one in thread.members) else thread
