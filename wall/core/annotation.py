"""What the team writes on a post: a note for itself, and what a picture shows. The author's own words stay."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from wall.core.moderation import Standing, Status
from wall.core.post import Remark
from wall.core.text import clean
from wall.core.too_late import already_decided, moved
from wall.core.words import _
from wall.errors import InvalidInput

LONGEST_NOTE = 500  # graphemes
LONGEST_DESCRIPTION = 1_500  # as the longest on networks

AnnotationKind = Literal["noted", "described"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note for the team; without text, it is taken away. `seen` is the text that it replaces, as it was seen."""

    id: str
    post_id: str
    by: str
    by_name: str
    text: str
    seen: str = ""
    kind: AnnotationKind = "noted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a picture shows; without text, its author's own holds again. `content_hash` is of what was seen."""

    id: str
    post_id: str
    by: str
    by_name: str
    text: str
    media: int
    content_hash: str
    kind: AnnotationKind = "described"


Annotation = Note | Description


def annotate(standing: Standing, annotation: Annotation, now: datetime) -> Standing:
    """Return how a post stands once the team wrote something on it.

    Raises AlreadyDecided when what it replaces is no longer as it was seen, InvalidInput when the post has none such.
    A decision by somebody else meanwhile is no reason to lose what was written.
    """
    if standing.status is Status.WITHDRAWN:
        raise already_decided(standing)
    after = (
        noted(standing, annotation, now) if isinstance(annotation, Note) else described(standing, annotation, now)
    )
    return replace(after, version=standing.version + 1)


def noted(standing: Standing, note: Note, now: datetime) -> Standing:
    there = standing.note.text if standing.note else ""
    if note.seen != there:
        raise moved(standing, _("Somebody else wrote a note on this post. Look again, then write yours."))
    return replace(standing, note=remark(note, LONGEST_NOTE, now))


def described(standing: Standing, description: Description, now: datetime) -> Standing:
    post = standing.post
    if description.content_hash != post.content_hash:
        raise moved(standing, _("This post changed since you saw it. Look again, then describe it."))
    if not 0 <= description.media < len(post.media) or post.media[description.media].picture is None:
        raise InvalidInput(_("This post has no such picture."), field="media")
    said = remark(description, LONGEST_DESCRIPTION, now)
    media = tuple(
        replace(one, description=said) if place == description.media else one
        for place, one in enumerate(post.media)
    )
    return replace(standing, post=replace(post, media=media))


def remark(annotation: Annotation, longest: int, now: datetime) -> Remark | None:
    text = clean(annotation.text, limit=longest)
    return Remark(text, annotation.by, annotation.by_name, now) if text else None
