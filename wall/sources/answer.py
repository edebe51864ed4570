"""Answers of the wall as posts. Nothing here listens; the desk's route does."""

from datetime import datetime

from wall.core import markup
from wall.core.answering import KIND, answer_author, answer_uid
from wall.core.event import Event
from wall.core.post import Author, Picture, Post, SourceRef
from wall.core.text import clean_name
from wall.core.words import _
from wall.errors import InvalidInput
from wall.sources.blog import own_words
from wall.sources.implied import implied

ORGANISER = "Organiser"


def answer(
    text: str, event: Event, answered: Post, *, voice: str, now: datetime, logo: Picture | None = None
) -> Post:
    """Return an answer to a post, as `voice` speaks for the wall; raises InvalidInput."""
    name = clean_name(voice)
    if not name:
        raise InvalidInput(_("Say who answers."), field="voice")
    marked = markup.from_text(own_words(text))
    return Post(
        uid=answer_uid(answered.id),
        source=SourceRef(id=KIND, kind=KIND),
        author=Author(uid=answer_author(event.slug), handle="", name=name, avatar=logo),
        text=marked.text,
        spans=marked.spans,
        tags=implied(event, markup.tags(marked)),
        reply_to=answered.uid,
        created_at=now,
        received_at=now,
        revision=int(now.timestamp() * 1000),
    )
