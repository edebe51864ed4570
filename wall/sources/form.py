"""Posts that people write on the event's own page. Nothing here listens; the page's route does."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from wall.core import markup
from wall.core.event import Event
from wall.core.participant import AUTHOR, Place
from wall.core.post import Author, Post, SourceRef
from wall.core.text import GRAPHEME, clean_name
from wall.core.words import _
from wall.errors import InvalidInput
from wall.sources.base import Option
from wall.sources.implied import implied

LONGEST = 280  # graphemes
LONGEST_RAW = 20_000  # characters, before anything is looked at
SOMEONE = "Someone"


class Form:
    """The page “Take part” of the event itself, reached by the code on the screen or from the live page."""

    kind: ClassVar[str] = "form"
    title: ClassVar[str] = _("The page “Take part”")
    pushed: ClassVar[bool] = True
    nameless: ClassVar[bool] = True
    door: ClassVar[str] = "join"
    options: ClassVar[Sequence[Option]] = ()

    @classmethod
    def check(cls, options: Mapping[str, str]) -> Mapping[str, str]:
        return {}


def author_uid(participant: str) -> str:
    """Return which author a participant is."""
    return f"{AUTHOR}{participant}"


def parse(
    name: str,
    text: str,
    participant: str,
    event: Event,
    now: datetime,
    id: str,
    *,
    source: str = "form",
    place: Place = "",
    reply_to: str | None = None,
) -> Post:
    """Return what somebody wrote, `id` being drawn by the caller and `participant` the id of who wrote it.

    `reply_to` is the uid of the post that it answers.

    Raises InvalidInput when there is nothing to show, or too much.
    """
    marked = markup.from_text(text[:LONGEST_RAW])
    if not marked.text:
        raise InvalidInput(_("Write something first."), field="text")
    length = sum(1 for _ in GRAPHEME.finditer(marked.text))
    if len(text) > LONGEST_RAW or length > LONGEST:
        raise InvalidInput(
            _("This has %(length)s characters; %(longest)s fit on the wall.", length=length, longest=LONGEST),
            field="text",
        )
    return Post(
        uid=f"form:{id}",
        source=SourceRef(id=source, kind=Form.kind),
        author=Author(uid=author_uid(participant), handle="", name=clean_name(name) or SOMEONE),
        text=marked.text,
        spans=marked.spans,
        tags=implied(event, markup.tags(marked)),
        created_at=now,
        received_at=now,
        place=place,
        reply_to=reply_to,
    )
