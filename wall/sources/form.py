"""Posts that people in the room write on their phones. Nothing here listens; the phone page's route does."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from wall.core import markup
from wall.core.event import Event
from wall.core.participant import AUTHOR
from wall.core.post import Author, Post, SourceRef
from wall.core.text import GRAPHEME, clean_name
from wall.errors import InvalidInput
from wall.sources.base import Option
from wall.sources.implied import implied

LONGEST = 280  # graphemes
LONGEST_RAW = 20_000  # characters, before anything is looked at
SOMEONE = "Someone in the room"


class Form:
    """The phone page of the event itself, reached by the code on the screen."""

    kind: ClassVar[str] = "form"
    title: ClassVar[str] = "Phone page in the room"
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
    name: str, text: str, participant: str, event: Event, now: datetime, id: str, *, source: str = "form"
) -> Post:
    """Return what somebody wrote, `id` being drawn by the caller and `participant` the id of who wrote it.

    Raises InvalidInput when there is nothing to show, or too much.
    """
    marked = markup.from_text(text[:LONGEST_RAW])
    if not marked.text:
        raise InvalidInput("Write something first.", field="text")
    length = sum(1 for _ in GRAPHEME.finditer(marked.text))
    if len(text) > LONGEST_RAW or length > LONGEST:
        raise InvalidInput(f"This has {length} characters; {LONGEST} fit on the wall.", field="text")
    return Post(
        uid=f"form:{id}",
        source=SourceRef(id=source, kind=Form.kind),
        author=Author(uid=author_uid(participant), handle="", name=clean_name(name) or SOMEONE),
        text=marked.text,
        spans=marked.spans,
        tags=implied(event, markup.tags(marked)),
        created_at=now,
        received_at=now,
    )
