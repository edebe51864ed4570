"""How a post stands with the moderators, and what each decision or act of its author makes of that.

One table (`TRANSITIONS`) and one rule: what audiences are told follows from what was visible before and after.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from wall.core.post import Author, Post, Remark
from wall.errors import AlreadyDecided, InvalidInput


class Status(StrEnum):
    """Where a post stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    REMOVED = "removed"
    STASHED = "stashed"
    WITHDRAWN = "withdrawn"


Kind = Literal["approve", "reject", "remove", "pin", "unpin", "stash", "undo"]
UpdateKind = Literal["posted", "edited", "removed", "pinned", "unpinned"]

DELAY = "delay"
"""Stands for whoever decided about a post that went on the wall because nobody stopped it."""

REFUSED = (Status.REJECTED, Status.REMOVED)
RULE = "rule:"
"""How the name of whoever decided begins where a rule did."""

NOBODY = Author(uid="left", handle="", name="Somebody who left")

W, A, R, X, S = Status.WAITING, Status.APPROVED, Status.REJECTED, Status.REMOVED, Status.STASHED

TRANSITIONS: dict[Kind, dict[Status, Status]] = {
    "approve": {W: A, R: A, X: A, S: A},
    "reject": {W: R, S: R},
    "stash": {W: S},
    "remove": {A: X},
    "pin": {A: A, W: A},
    "unpin": {A: A},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the rules concluded about a post on its arrival, and why, in words for the moderator.

    `rule` is the id of the rule that caught it, `error` what went wrong when that rule was tried. With a `delay`, a
    waiting post goes on the wall by itself once so many seconds have passed.
    """

    status: Status = Status.WAITING
    reason: str | None = None
    rule: str | None = None
    rule_name: str | None = None
    error: str | None = None
    delay: float | None = None


def held_back(verdict: Verdict, reason: str) -> Verdict:
    """Return a verdict for a post of an author who is held: it waits for a person, unless it came off worse."""
    status = Status.WAITING if verdict.status is Status.APPROVED else verdict.status
    return replace(verdict, status=status, reason=reason, delay=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What one moderator wants done with one post.

    `id` is drawn by the moderator's page: sent twice, it is one decision. `version` and `content_hash` are of
    what the moderator saw; when either has moved, the decision is refused. `for_picture` says of a refusal that the
    picture is why, so that others like it are refused as they come. `reason` is told to the author, and to nobody else
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


@dataclass(frozen=True, slots=True)
class Approval:
    """The first of two that a post with a picture needs: who gave it."""

    by: str
    by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A post and how it stands: status, version (grows with each change of anything), who decided and when.

    `rule` and `rule_name` are of the rule that gave the reason. `arrived` is its place in the order of arrival,
    `trusted` whether its author was trusted then, `first_time`, once it was asked for, whether nothing of its author is
    on the wall. `note` is for the team alone. `before` is the status that the last decision changed, with whether
    the post was pinned then, for undoing it. `approval` is the first of two, where two are needed. `refused` are the
    likenesses of the pictures that the post was refused for, and `refused_before` those before the last decision.
    `told` is the reason that whoever rejected or removed it last gave its author, `listed` whether that is one of the
    event's own. `trust` says in words how its author stood then. At `due`, a waiting post goes on the wall unless
    somebody stops it.
    """

    post: Post
    status: Status
    version: int = 1
    arrived: int = 0
    pinned: bool = False
    reason: str | None = None
    rule: str | None = None
    rule_name: str | None = None
    trusted: bool = False
    first_time: bool = False
    note: Remark | None = None
    trust: str = ""
    due: datetime | None = None
    approved_at: datetime | None = None
    decision: str | None = None
    decided_by: str | None = None
    decided_by_name: str | None = None
    decided_at: datetime | None = None
    before: tuple[Status, bool] | None = None
    approval: Approval | None = None
    refused: tuple[str, ...] = ()
    refused_before: tuple[str, ...] = ()
    told: str | None = None
    listed: bool = False

    @property
    def visible(self) -> bool:
        return self.status is Status.APPROVED

    @property
    def explanation(self) -> str | None:
        """Why it is not shown, in a moderator's words for its author."""
        return self.told if self.status in REFUSED and not self.by_rule else None

    @property
    def by_rule(self) -> bool:
        """Whether no person decided how it stands: nobody did, or a rule, or the end of its delay."""
        return self.decided_by in (None, DELAY) or str(self.decided_by).startswith(RULE)

    @property
    def counted(self) -> str | None:
        """What a refused post is counted under in public, None for any other: its cause, without words of one post."""
        if self.status not in REFUSED:
            return None
        if self.by_rule:
            return "rule"
        if self.told and self.listed:
            return f"reason:{self.told}"
        return "picture" if self.refused else "moderator"


def arrive(post: Post, verdict: Verdict, now: datetime, *, trusted: bool, trust: str = "") -> Standing:
    """Return how a post stands on its arrival. What a rule rejects was decided by that rule."""
    rejected = verdict.status is Status.REJECTED and verdict.rule is not None
    return Standing(
        post=post,
        status=verdict.status,
        reason=verdict.reason,
        rule=verdict.rule,
        rule_name=verdict.rule_name,
        trusted=trusted,
        trust=trust,
        due=now + timedelta(seconds=verdict.delay) if verdict.delay is not None else None,
        approved_at=now if verdict.status is Status.APPROVED else None,
        decided_by=f"{RULE}{verdict.rule}" if rejected else None,
        decided_by_name=verdict.rule_name if rejected else None,
        decided_at=now if rejected else None,
    )


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
    if target is None:
        raise InvalidInput(f"A post that is {standing.status} cannot be changed by “{decision.kind}”.")
    if two_eyes and target is A and not standing.visible and standing.post.shown:
        if standing.approval is None:
            return first_approval(standing, decision, now)
        if standing.approval.by == decision.by:
            raise InvalidInput("You approved this already; it goes on the wall once somebody else does, too.")
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
        raise InvalidInput("This post has no picture that others could be like; refuse it without that.")
    return found


def undo(standing: Standing, decision: Decision, now: datetime) -> Standing:
    """Return how the post stood before its last decision; only the one who took it may take it back."""
    if standing.before is None or standing.decided_by != decision.by:
        raise InvalidInput("There is no decision of yours on this post to undo.")
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
        standing,
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


def edit(standing: Standing, post: Post, verdict: Verdict, now: datetime) -> Standing:
    """Return how a post stands once its author changed it.

    An approved post goes back to the queue unless the rules let the new words through. What was refused,
    removed or withdrawn stays so. What the team said of its pictures stays where the author says nothing new.
    """
    post = described_again(standing.post, post)
    edited = replace(
        standing,
        post=replace(post, received_at=standing.post.received_at),
        version=standing.version + 1,
        before=None,
        approval=None,
        due=None,
    )
    if standing.status not in (Status.APPROVED, Status.WAITING):
        return replace(edited, pinned=False)
    judged = arrive(post, verdict, now, trusted=standing.trusted, trust=standing.trust)
    by_rule = judged.decided_by is not None
    return replace(
        edited,
        status=judged.status,
        due=judged.due,
        reason=judged.reason or ("Edited by its author after it was approved." if standing.visible else None),
        rule=judged.rule,
        rule_name=judged.rule_name,
        pinned=standing.pinned and judged.visible,
        approved_at=approval_time(standing, judged.status, now),
        decided_by=judged.decided_by if by_rule else standing.decided_by,
        decided_by_name=judged.decided_by_name if by_rule else standing.decided_by_name,
        decided_at=now if by_rule else standing.decided_at,
    )


def withdraw(standing: Standing, now: datetime) -> Standing:
    """Return how a post stands once its author deleted it: its words and pictures are gone, here too."""
    emptied = replace(
        standing.post,
        author=replace(standing.post.author, avatar=None, avatar_url=None),
        text="",
        spans=(),
        tags=(),
        media=(),
        emojis={},
        content_warning=None,
        url=None,
    )
    return replace(
        standing,
        post=emptied,
        status=Status.WITHDRAWN,
        note=None,
        pinned=False,
        version=standing.version + 1,
        approved_at=None,
        decided_at=now,
        due=None,
        before=None,
    )


def forget(standing: Standing, now: datetime) -> Standing:
    """Return how a post stands once its author left the wall: withdrawn, and of nobody."""
    withdrawn = withdraw(standing, now)
    return replace(withdrawn, post=replace(withdrawn.post, author=NOBODY))


def release(standing: Standing, now: datetime) -> Standing:
    """Return how a delayed post stands once its time has come and nobody stopped it: on the wall."""
    return replace(
        standing,
        status=Status.APPROVED,
        version=standing.version + 1,
        approved_at=now,
        decided_by=DELAY,
        decided_by_name="the delay",
        decided_at=now,
        due=None,
        before=None,
    )


def stop(standing: Standing, reason: str) -> Standing:
    """Return how a delayed post stands once it no longer goes on the wall by itself, and why in words."""
    return replace(standing, version=standing.version + 1, reason=reason, due=None)


def is_edit(standing: Standing, post: Post) -> bool:
    """Tell whether a post that came again is an edit of what we have, rather than a copy or an older version.

    A copy at the same revision is never an edit, for it may be another server's: they differ in small things, and
    a post must not swing between them. Without revisions, only what its own source says again can be one.
    """
    if standing.status is Status.WITHDRAWN:
        return False
    if described_again(standing.post, post).content_hash == standing.post.content_hash:
        return False
    if post.revision != standing.post.revision:
        return post.revision > standing.post.revision
    return post.revision == 0 and post.source.id == standing.post.source.id


def described_again(before: Post, post: Post) -> Post:
    """Return a post that came again with what the team said of those pictures of which its author says nothing new."""
    said = {(media.kind, media.url, media.alt): media.description for media in before.media if media.description}
    if not said:
        return post
    media = tuple(replace(one, description=said.get((one.kind, one.url, one.alt))) for one in post.media)
    return replace(post, media=media)


def public_update(before: Standing | None, after: Standing) -> UpdateKind | None:
    """Return what the public feed tells of a change, or None when audiences notice nothing of it."""
    was_visible = before is not None and before.visible
    if after.visible and not was_visible:
        return "posted"
    if was_visible and not after.visible:
        return "removed"
    if not after.visible or before is None:
        return None
    if before.post.content_hash != after.post.content_hash:
        return "edited"
    if before.pinned != after.pinned:
        return "pinned" if after.pinned else "unpinned"
    return None


def approval_time(standing: Standing, status: Status, now: datetime) -> datetime | None:
    if status is not Status.APPROVED:
        return None
    return standing.approved_at if standing.visible else now


def already_decided(standing: Standing) -> AlreadyDecided:
    """Return the error that tells a moderator who was faster, or that the author changed the post."""
    if standing.status is Status.WITHDRAWN:
        message = "Its author deleted this post."
    elif standing.approval and not standing.visible:
        message = f"{standing.approval.by_name} approved this already; it needs one more. Look again, then decide."
    elif standing.decided_by_name and standing.status is not Status.WAITING:
        message = f"{standing.decided_by_name} was faster: this post is {standing.status} already."
    else:
        message = "This post changed since you saw it. Look again, then decide."
    return moved(standing, message)


def moved(standing: Standing, message: str) -> AlreadyDecided:
    """Return an error in these words that tells how a post stands by now."""
    return AlreadyDecided(
        message,
        by=standing.decided_by_name,
        at=standing.decided_at.timestamp() if standing.decided_at else None,
        status=standing.status,
        version=standing.version,
    )
