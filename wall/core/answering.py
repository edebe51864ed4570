"""Answers of the wall: the team answers a post in the wall's name, and the answer comes and goes with that post."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from wall.core import authorship
from wall.core.moderation import RULE, Standing, Status
from wall.core.post import Post, post_id
from wall.core.too_late import moved
from wall.core.words import _

KIND = "answer"
FOLLOWS = f"{RULE}answered"
ANSWERABLE = (Status.WAITING, Status.STASHED, Status.APPROVED)
LIVE = (Status.STASHED, Status.APPROVED)
COMES = "It is shown once the post that it answers is."
EDITED = "The post that it answers was edited"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """An answer that was also posted at the network of what it answers: its uid and address there, by whom and when."""

    uid: str
    url: str
    by_name: str
    at: datetime

    @property
    def post_id(self) -> str:
        return post_id(self.uid)


def answer_uid(answered_id: str) -> str:
    """Return the uid of the answer to a post; each has one at most, so that two at once cannot make two."""
    return f"{KIND}:{answered_id}"


def answer_id(answered_id: str) -> str:
    return post_id(answer_uid(answered_id))


def answer_author(slug: str) -> str:
    """Return the uid of whoever speaks for the wall of an event: one author, by whatever name."""
    return f"{KIND}:{slug}"


def is_answer(post: Post) -> bool:
    return post.source.kind == KIND


def without_answers(standings: Sequence[Standing]) -> list[Standing]:
    """Return posts without the wall's answers, which are shown with what they answer, and never alone."""
    return [one for one in standings if not is_answer(one.post)]


def spoken(
    answer: Standing, post: Post, answered: Standing, *, by: str, by_name: str, seen: int, now: datetime
) -> Standing:
    """Return how an answer stands once it has these words: on the wall if the post that it answers is, else held.

    Raises AlreadyDecided when somebody else wrote or changed it since version `seen`.
    """
    if answer.version != seen:
        raise moved(
            answer,
            _(
                "%(decided_by_name)s answered this meanwhile. Look again, then write.",
                decided_by_name=answer.decided_by_name or "Somebody",
            ),
        )
    kept = replace(post, created_at=answer.post.created_at, received_at=answer.post.received_at)
    # What nobody wrote anything into yet, or what was taken down, begins now.
    kept = kept if answer.status in LIVE else replace(kept, created_at=now)
    return standing_as(replace(answer, post=kept), answered.visible, by, by_name, now)


def followed(answer: Standing, before: Standing | None, answered: Standing, now: datetime) -> Standing | None:
    """Return how an answer stands after what became of the post that it answers; None where that changes nothing.

    What a moderator took down does not come back by itself, nor what answers other words than those that are there now.
    """
    if answered.status is Status.WITHDRAWN:
        return None if answer.status is Status.WITHDRAWN else authorship.withdraw(answer, now)
    if answer.status not in LIVE:
        return None
    if before and before.post.text != answered.post.text:
        gone = standing_as(answer, False, FOLLOWS, EDITED, now)
        return replace(gone, status=Status.REMOVED if answer.visible else Status.REJECTED, reason=None)
    held = answer.status is Status.STASHED and answer.decided_by == FOLLOWS
    if answered.visible and held:
        return standing_as(answer, True, FOLLOWS, str(answer.decided_by_name), now)
    if answer.visible and not answered.visible:
        return standing_as(answer, False, FOLLOWS, str(answer.decided_by_name), now)
    return None


def standing_as(answer: Standing, visible: bool, by: str, by_name: str, now: datetime) -> Standing:
    return replace(
        answer,
        status=Status.APPROVED if visible else Status.STASHED,
        version=answer.version + 1,
        pinned=False,
        reason=None if visible else COMES,
        approved_at=(answer.approved_at or now) if visible else None,
        decided_by=by if visible else FOLLOWS,
        decided_by_name=by_name,
        decided_at=now,
        before=None,
        approval=None,
        due=None,
    )
