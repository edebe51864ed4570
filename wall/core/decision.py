"""A moderator's decision about a post, and what it makes of how the post stands: one table (`TRANSITIONS`)."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from wall.core.moderation import Approval, Standing, Status, approval_time
from wall.core.post import Post
from wall.core.too_late import already_decided
from wall.core.words import _
from wall.errors import InvalidInput

Kind = Literal["approve", "reject", "remove", "pin", "unpin", "stash", "part", "join", "undo"]

W, A, R, X, S, G = (
    Status.WAITING,
    Status.APPROVED,
    Status.REJECTED,
    Status.REMOVED,
    Status.STASHED,
    Status.GROUPED,
)

TRANSITIONS: dict[Kind, dict[Status, Status]] = {
    "approve": {W: A, R: A, X: A, S: A},
    "reject": {W: R, S: R, G: R},
    "stash": {W: S},
    "remove": {A: X},
    "pin": {A: A, W: A},
    "unpin": {A: A},
    "part": {G: W},
    "join": {W: G, A: G, S: G, R: G, X: G},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What one moderator wants done with one post.

    `id` is drawn by the moderator's page: sent twice, it is one decision. `version` and `content_hash` are of
    what the moderator saw; when either has moved, the decision is refused. `for_picture` says of a refusal that the
    picture is why, so that others like it are refused, too. `reason` is told to the author, and to nobody else
    unless it is `listed`: one of those that the event's organiser wrote.
    """

    id: str
    post_id: str
    kind: Kind
    by: str
    by_name: str
    version: int
    content_hash: str
    for_picture: bool = False
    reason: str | None = None
    listed: bool = False


def decide(standing: Standing, decision: Decision, now: datetime, *, two_eyes: bool = False) -> Standing:
    """Return how the post stands after a decision; with `two_eyes`, a post with a picture needs two to approve it.

    Raises AlreadyDecided when the post is no longer as the moderator saw it, InvalidInput when the decision
    makes no sense for it.
    """
    if decision.version != standing.version or decision.content_hash != standing.post.content_hash:
        raise already_decided(standing)
    if decision.kind == "undo":
        return undo(standing, decision, now)
    target = TRANSITIONS[decision.kind].get(standing.status)
    if decision.kind == "join" and standing.parted is None:
        raise InvalidInput(_("There is no card that this post was taken out of."))
    if target is None:
        raise InvalidInput(
            _(
                "This cannot be done with the post as it stands now. Look again, then decide.",
            )
        )
    if two_eyes and target is A and not standing.visible and standing.post.shown:
        if standing.approval is None:
            return first_approval(standing, decision, now)
        if standing.approval.by == decision.by:
            raise InvalidInput(_("You approved this already; it goes on the wall once somebody else does, too."))
    if decision.kind == "pin":
        pinned = True
    elif decision.kind == "unpin" or target is not A:
        pinned = False
    else:
        pinned = standing.pinned
    after = decided(standing, decision, now, status=target, pinned=pinned)
    return replace(
        after,
        approval=None if target in (R, X) else standing.approval,
        refused=likenesses(standing.post) if decision.for_picture and target in (R, X) else (),
    )


def first_approval(standing: Standing, decision: Decision, now: datetime) -> Standing:
    """Return how a post stands once the first of two moderators approved it: where it stood, with that noted."""
    after = decided(standing, decision, now, status=standing.status, pinned=False)
    return replace(after, approval=Approval(decision.by, decision.by_name))


def likenesses(post: Post) -> tuple[str, ...]:
    """Return what the pictures of a post look like; raises InvalidInput when that says nothing."""
    found = tuple(picture.likeness for picture in post.shown if picture.likeness)
    if not found:
        raise InvalidInput(_("This post has no picture that others could be like; refuse it without that."))
    return found


def undo(standing: Standing, decision: Decision, now: datetime) -> Standing:
    """Return how the post stood before its last decision; only the one who took it may take it back."""
    if standing.before is None or standing.decided_by != decision.by:
        raise InvalidInput(_("There is no decision of yours on this post to undo."))
    status, pinned = standing.before
    own = standing.approval is not None and standing.approval.by == decision.by
    return replace(
        decided(standing, decision, now, status=status, pinned=pinned),
        before=None,
        approval=None if own else standing.approval,
        refused=standing.refused_before,
        refused_before=(),
    )


def decided(standing: Standing, decision: Decision, now: datetime, *, status: Status, pinned: bool) -> Standing:
    refused = decision.kind in ("reject", "remove")
    return replace(
        in_card(standing, status),
        status=status,
        pinned=pinned,
        told=decision.reason if refused else standing.told,
        listed=decision.listed if refused else standing.listed,
        version=standing.version + 1,
        approved_at=approval_time(standing, status, now),
        decision=decision.id,
        decided_by=decision.by,
        decided_by_name=decision.by_name,
        decided_at=now,
        due=None,
        before=(standing.status, standing.pinned),
        refused_before=standing.refused,
    )


def in_card(standing: Standing, status: Status) -> Standing:
    """Return a post with the card that it leaves or comes back to by a decision, remembered for the way back."""
    if status is G and standing.parted:
        return replace(standing, card=standing.parted, parted=None)
    if standing.status is G:
        return replace(standing, card=None, parted=standing.card)
    return standing
