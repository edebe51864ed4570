"""One card for many copies of a post: which posts belong to it, which stands for it, and what becomes of the rest.

All but one of a card are grouped: in no queue and on no wall, whatever becomes of that one. So what is decided about it
holds for all, and never are two of them shown.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from wall.core.bridges import BRIDGES, Origin, names, origin
from wall.core.moderation import Bond, Copy, Standing, Status, Verdict
from wall.core.post import Post
from wall.core.sameness import network, proven, same, says_the_same

MOST_COPIES = 20
"""Posts that are grouped behind one. A flood of claimed copies waits like everything else."""
AT_ONCE = timedelta(seconds=60)
"""Posts of one person are sent at once within this, and then what they show decides which is the better one."""

REFUSED = (Status.REJECTED, Status.REMOVED, Status.STASHED)
ITS_TWIN_IS_GONE = "The post that stood for this one was deleted."
SAYS_MORE = "It is what a post on the wall was copied from, and says something else."
PARTED = "A moderator took it for a post of its own."


@dataclass(frozen=True, slots=True)
class Match:
    """A post that another belongs to; `sure` when no stranger can have made it look so."""

    id: str
    bond: Bond
    sure: bool


def match(post: Post, others: Iterable[Standing], *, bridges: Collection[str] = BRIDGES) -> Match | None:
    """Return which of some posts this one belongs to: what it was copied from first, what is surer before the rest."""
    mine, mine_names = origin(post, bridges), names(post)
    found: list[Match] = []
    for other in others:
        if other.post.id == post.id or other.status is Status.WITHDRAWN or other.parted:
            continue
        theirs = origin(other.post, bridges)
        bond, by = claimed(mine, mine_names, theirs, names(other.post))
        if bond and by and (by.certain or says_the_same(post, other.post)):
            if network(post) != network(other.post) or by.certain:
                found.append(Match(other.post.id, bond, by.certain))
        elif same(post, other.post):
            found.append(Match(other.post.id, "same", proven(post.author, other.post.author)))
    return min(found, key=lambda one: (one.bond == "same", not one.sure), default=None)


def claimed(
    mine: Origin | None, my_names: Collection[str], theirs: Origin | None, their_names: Collection[str]
) -> tuple[Bond | None, Origin | None]:
    """Return what ties a post to another by where they say they came from, and whose word that is."""
    copied = mine is not None and mine.name in their_names
    copies = theirs is not None and theirs.name in my_names
    if copied and copies:
        # A server's feed and the copy of a bridge may both have the address of what they were made from.
        copied = mine is not None and (mine.certain or not (theirs and theirs.certain))
    if copied:
        return "copy", mine
    if copies:
        return "original", theirs
    if mine and theirs and mine.name == theirs.name:
        return "same", mine if not mine.certain else theirs
    return None, None


def joins(post: Post, verdict: Verdict, lead: Standing, found: Match) -> bool:
    """Tell whether a new post is grouped behind the one that stands for a card, rather than judged by itself.

    What a rule or a person holds back waits by itself, and so does what could go on the wall when only a stranger's
    word puts it behind a post that is not there.
    """
    if verdict.status is Status.REJECTED or (verdict.status is Status.WAITING and verdict.reason):
        return False
    if lead.status is Status.WITHDRAWN or len(lead.copies) >= MOST_COPIES:
        return False
    if not found.sure and lead.status in REFUSED:
        return False
    cleared = verdict.status is Status.APPROVED
    if found.bond == "original" and lead.visible:
        return cleared or (found.sure and says_the_same(post, lead.post))
    return found.sure or not cleared or lead.status in (Status.APPROVED, Status.WAITING)


def stands_apart(verdict: Verdict, lead: Standing, found: Match) -> bool:
    """Tell whether a new post waits by itself for a moderator to put it in the place of its copy on the wall."""
    return found.bond == "original" and lead.visible and verdict.status is Status.WAITING


def grouped(standing: Standing, card: str, found: Match) -> Standing:
    """Return how a new post stands once it is grouped behind the lead of a card."""
    return replace(
        standing,
        status=Status.GROUPED,
        card=card,
        bond=found.bond,
        proved=found.sure,
        copy_of=found.id if found.bond == "copy" else None,
        cleared=standing.visible,
        approved_at=None,
        due=None,
    )


def card_of(standing: Standing) -> str:
    """Return the id of the card that a post belongs to, or of the one that it begins: its own, and for good."""
    return standing.card or standing.post.id


def heir(lead: Standing, members: Sequence[Standing]) -> Standing | None:
    """Return which grouped post stands for its card from now on, None when the lead stays.

    What the lead was copied from comes first. Of posts that one person sent, the earliest or the richest leads, but
    only for as long as nobody decided.
    """
    behind = [one for one in members if one.status is Status.GROUPED]
    if lead.status is Status.WITHDRAWN:
        return min(behind, key=rank, default=None)
    if lead.status not in (Status.WAITING, Status.APPROVED):
        return None
    originals = [one for one in behind if one.bond == "original"]
    if lead.visible:
        return next((one for one in originals if may_be_shown(one, lead)), None)
    if originals or lead.decided_by is not None or lead.approval is not None:
        return next(iter(originals), None)
    equals = [one for one in behind if one.bond == "same" and betters(one, lead)]
    return min(equals, key=rank, default=None)


def may_be_shown(one: Standing, lead: Standing) -> bool:
    """Tell whether a post may stand on the wall in the place of its copy: what was approved says all that it says."""
    return one.cleared or (one.proved and says_the_same(one.post, lead.post))


def betters(one: Standing, lead: Standing) -> bool:
    """Tell whether a post is the better one to show of two that one person sent."""
    if one.cleared:
        return True
    apart = one.post.created_at - lead.post.created_at
    if abs(apart) > AT_ONCE:
        return apart < timedelta(0)
    return richness(one.post) > richness(lead.post)


def rank(standing: Standing) -> tuple[bool, datetime, int]:
    return standing.post.bridged_from is not None, standing.post.created_at, standing.arrived


def richness(post: Post) -> tuple[int, int]:
    return len(post.shown), sum(1 for media in post.media if media.alt)


def taken_over(one: Standing, lead: Standing, now: datetime) -> tuple[Standing, Standing]:
    """Return how a grouped post and the lead stand once they changed places; approval, pin and note go over."""
    after = replace(
        lead,
        post=one.post,
        arrived=one.arrived,
        version=one.version + 1,
        card=card_of(lead),
        bond=None,
        cleared=False,
        parted=None,
        instead_of=lead.post.id,
        copies=one.copies,
        before=None,
        approval=None,
        trusted=one.trusted,
        trust=one.trust,
    )
    if one.cleared and not says_the_same(one.post, lead.post):
        after = replace(after, decided_by=None, decided_by_name=None, decided_at=None)
    if one.cleared and not lead.visible:
        after = replace(after, status=Status.APPROVED, approved_at=now, due=None, reason=one.reason)
    return after, behind(lead, one if one.bond == "original" else None)


def replaces(standing: Standing, after: Standing) -> bool:
    """Tell whether a decision puts a post on the wall that is there already as a copy by a bridge."""
    return standing.bond == "original" and standing.card is not None and after.visible and not standing.visible


def stood_in(after: Standing, lead: Standing) -> tuple[Standing, tuple[Standing, Standing]]:
    """Return how a post stands that a moderator put in the place of its copy, and that copy before and after."""
    after = replace(after, bond=None, instead_of=lead.post.id, pinned=after.pinned or lead.pinned)
    return after, (lead, behind(lead, after))


def behind(lead: Standing, original: Standing | None) -> Standing:
    """Return how the lead of a card stands once another stands for it: its `original`, or one sent elsewhere."""
    return replace(
        lead,
        status=Status.GROUPED,
        version=lead.version + 1,
        pinned=False,
        approved_at=None,
        due=None,
        before=None,
        approval=None,
        card=card_of(lead),
        bond="copy" if original else "same",
        copy_of=original.post.id if original else None,
        copies=(),
    )


def orphans(members: Sequence[Standing]) -> list[Standing]:
    """Return which grouped posts of a card go with what their authors deleted: the copies that bridges made of that."""
    gone = {one.post.id for one in members if one.status is Status.WITHDRAWN}
    return [one for one in members if one.status is Status.GROUPED and one.copy_of in gone]


def released(member: Standing) -> Standing:
    """Return how a grouped post stands once it stands for its card, because the one before it was deleted."""
    return replace(
        member,
        status=Status.WAITING,
        version=member.version + 1,
        bond=None,
        cleared=False,
        reason=ITS_TWIN_IS_GONE,
    )


def copies(members: Iterable[Standing]) -> tuple[Copy, ...]:
    """Return what is told of the posts grouped behind a lead, in the order of their arrival."""
    behind = sorted((one for one in members if one.status is Status.GROUPED), key=lambda one: one.arrived)
    return tuple(
        Copy(
            id=one.post.id,
            source=one.post.source.kind,
            author=one.post.author.name,
            handle=one.post.author.handle,
            bond=one.bond or "same",
            reposts=one.post.reposts,
            version=one.version,
            content_hash=one.post.content_hash,
        )
        for one in behind
    )
