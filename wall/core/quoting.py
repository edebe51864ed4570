"""Entries of the wall's own blog: their words, which post they quote, and what becomes of them once that is gone."""

from dataclasses import dataclass, replace
from datetime import datetime

from wall.core import authorship
from wall.core.moderation import RULE, Standing, Status
from wall.core.post import Post
from wall.core.too_late import moved
from wall.core.words import _

QUOTABLE = (Status.WAITING, Status.APPROVED)
NOBODY = f"{RULE}quote"
GONE = "The quoted post left the wall"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An entry as the team wrote it: the post it is, its own words, the post it quotes, and who wrote it last."""

    post_id: str
    words: str
    quoted: str | None = None
    by_name: str


def ends_quotes(before: Standing, after: Standing) -> bool:
    """Tell whether a change takes a post's words back, so that nothing may quote them any longer."""
    if after.status is Status.WITHDRAWN:
        return True
    ended = before.status in QUOTABLE and after.status not in QUOTABLE
    return ended or before.post.text != after.post.text


def unquoted(entry: Standing, quoted: Standing, now: datetime) -> Standing | None:
    """Return how an entry stands once the words it quotes were taken back; None when it is nowhere already.

    What an author deleted is kept in no entry either.
    """
    if quoted.status is Status.WITHDRAWN:
        return None if entry.status is Status.WITHDRAWN else authorship.withdraw(entry, now)
    if entry.status not in (*QUOTABLE, Status.STASHED):
        return None
    return replace(
        entry,
        status=Status.REMOVED if entry.visible else Status.REJECTED,
        version=entry.version + 1,
        pinned=False,
        approved_at=None,
        decided_by=NOBODY,
        decided_by_name=GONE,
        decided_at=now,
        approval=None,
        due=None,
        before=None,
    )


def rewritten(entry: Standing, post: Post, version: int) -> Standing:
    """Return an entry with new words, which go where the old ones are; raises AlreadyDecided when it has moved."""
    if entry.version != version:
        raise moved(entry, _("Somebody changed this entry since you saw it. Look again, then write."))
    kept = replace(post, received_at=entry.post.received_at, created_at=entry.post.created_at)
    return replace(entry, post=kept, version=entry.version + 1, before=None, approval=None)
