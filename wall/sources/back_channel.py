"""What a private thread gave to the wall, with the consent of all who are quoted. Nothing here listens."""

from datetime import datetime

from wall.core import markup
from wall.core.consent import Excerpt
from wall.core.event import Event
from wall.core.post import Author, Post, SourceRef, post_id
from wall.sources.implied import implied

KIND = "back-channel"


def uid(excerpt: Excerpt) -> str:
    """Return the uid of the post that an excerpt becomes, which tells nothing of where it is from."""
    return f"{KIND}:{excerpt.id}"


def post_of(excerpt: Excerpt, event: Event, now: datetime) -> Post:
    """Return the post that an excerpt becomes."""
    marked = markup.from_text(excerpt.words)
    return Post(
        uid=uid(excerpt),
        source=SourceRef(id=KIND, kind=KIND),
        author=Author(uid=uid(excerpt), handle="", name=" · ".join(excerpt.names)),
        text=marked.text,
        spans=marked.spans,
        tags=implied(event, markup.tags(marked)),
        created_at=now,
        received_at=now,
        forgeable=True,
    )


def id_of(excerpt: Excerpt) -> str:
    """Return the id of the post that an excerpt becomes."""
    return post_id(uid(excerpt))
