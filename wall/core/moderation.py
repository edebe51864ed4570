"""How a post stands with the moderators: what became of it, by whom and why.

One rule: what audiences are told of a change follows from what was visible before and after.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from wall.core.post import Post, Remark, post_id


class Status(StrEnum):
    """Where a post stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    REMOVED = "removed"
    STASHED = "stashed"
    WITHDRAWN = "withdrawn"
    GROUPED = "grouped"


UpdateKind = Literal["posted", "edited", "removed", "pinned", "unpinned"]
Bond = Literal["copy", "original", "same"]
"""What ties a grouped post to the lead: a copy of it by a bridge, what it is a copy of, or sent by the same person."""

DELAY = "delay"
"""Stands for whoever decided about a post that went on the wall because nobody stopped it."""

REFUSED = (Status.REJECTED, Status.REMOVED)
REPLY = "It answers a post on the wall, and has no hashtag of the event."
RULE = "rule:"
"""How the name of whoever decided begins where a rule did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the rules concluded about a post on its arrival, and why, in words for the moderator.

    `rule` is the id of the rule that caught it, `error` what went wrong when that rule was tried. With a `delay`, a
    waiting post goes on the wall by itself once so many seconds have passed. `hints` are what a moderator should see
    besides; they decide nothing.
    """

    status: Status = Status.WAITING
    reason: str | None = None
    rule: str | None = None
    rule_name: str | None = None
    error: str | None = None
    delay: float | None = None
    hints: tuple[str, ...] = ()


def as_reply(verdict: Verdict) -> Verdict:
    """Return a verdict for what came in only for the post it answers: it waits for a person, if not worse."""
    status = Status.WAITING if verdict.status is Status.APPROVED else verdict.status
    return replace(verdict, status=status, reason=verdict.reason if verdict.rule else REPLY, delay=None)


def restricted(verdict: Verdict, reason: str) -> Verdict:
    """Return a verdict for a post of an author who is restricted: it waits for a person, unless it came off worse."""
    status = Status.WAITING if verdict.status is Status.APPROVED else verdict.status
    return replace(verdict, status=status, reason=reason, delay=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A post that is grouped behind another: where it came from, and what a decision about it is bound to."""

    id: str
    source: str
    author: str
    handle: str
    bond: Bond
    reposts: int
    version: int
    content_hash: str


@dataclass(frozen=True, slots=True)
class Approval:
    """The first of two that a post with a picture needs: who gave it."""

    by: str
    by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The post that another one answers: its id, who wrote it, how it stands, and how it begins.

    Audiences are told of it only while it is `visible`; the words are for the desk.
    """

    id: str
    name: str
    status: Status
    words: str = ""

    @property
    def visible(self) -> bool:
        return self.status is Status.APPROVED


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A post and how it stands: status, version (grows with each change of anything), who decided and when.

    `rule` and `rule_name` are of the rule that gave the reason. `arrived` is its place in the order of arrival,
    `trusted` whether its author was trusted then, `first_time`, once it was asked for, whether nothing of its author is
    on the wall. `note` is for the team alone. `before` is the status that the last decision changed, with whether
    the post was pinned then, for undoing it. `approval` is the first of two, where two are needed. `refused` are the
    likenesses of the pictures that the post was refused for, and `refused_before` those before the last decision.
    `told` is the reason that whoever rejected or removed it last gave its author, `listed` whether that is one of the
    event's own. `trust` says in words how its author stood then, `hints` what its verdict hinted at. At `due`, a
    waiting post goes on the wall unless somebody stops it. `replies` is how many answers to it are on the wall,
    `reactions` how many it was given of each, `answers`, once it was asked for, the post that it answers: all as they
    are when it is read. `spoken` is the id of the wall's own answer to it (core/answering.py), and `answer`, once it
    was asked for, that answer while it is shown. `session`, once that was asked for, is the id of the session of
    the programme that it was written in.

    A card is one post and those that are grouped behind it (core/card.py): `card` is its id, `bond` what ties a grouped
    post to it, `proved` that this is no stranger's word, `cleared` that the rules would have let it through alone,
    `copy_of` the post that a bridge made it from, `parted` the card that a moderator took it out of, and `instead_of`
    the post in whose place it stands. `copies` are those behind this one, for Redis to give.
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
    hints: tuple[str, ...] = ()
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
    card: str | None = None
    bond: Bond | None = None
    proved: bool = False
    cleared: bool = False
    copy_of: str | None = None
    parted: str | None = None
    instead_of: str | None = None
    copies: tuple[Copy, ...] = ()
    replies: int = 0
    reactions: Mapping[str, int] = field(default_factory=dict)
    answers: Answered | None = None
    spoken: str = ""
    answer: Post | None = None
    session: str | None = None

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


def answered_id(post: Post) -> str | None:
    """Return the id that the post has, or would have, which this one answers."""
    return post_id(post.reply_to) if post.reply_to and post.reply_to != post.uid else None


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
        hints=verdict.hints,
        due=now + timedelta(seconds=verdict.delay) if verdict.delay is not None else None,
        approved_at=now if verdict.status is Status.APPROVED else None,
        decided_by=f"{RULE}{verdict.rule}" if rejected else None,
        decided_by_name=verdict.rule_name if rejected else None,
        decided_at=now if rejected else None,
    )


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
