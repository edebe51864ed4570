"""What the team writes on posts at the desk: notes for itself, and what pictures show."""

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from wall.core.annotation import Annotation, Description, Note
from wall.core.event import Event
from wall.web import access
from wall.web.body import read
from wall.web.decisions import answer_view, decision_id
from wall.web.state import state


class NoteForm(msgspec.Struct):
    """What a desk sends for a note; `seen` is the note that it replaces."""

    id: str
    post: str
    text: str
    seen: str = ""


class DescriptionForm(msgspec.Struct):
    """What a desk sends to describe a picture: which of the post's, counted from 0."""

    id: str
    post: str
    hash: str
    media: int
    text: str


async def write_note(request: Request) -> Response:
    """Write a note on a post, for the team alone; without text, take it away."""
    event, who = await access.staff(request, "moderator")
    form = await read(request, NoteForm)
    return await annotate(
        request,
        event,
        Note(
            id=decision_id(form.id, who),
            post_id=form.post,
            by=who.id,
            by_name=who.name,
            text=form.text,
            seen=form.seen,
        ),
    )


async def describe_picture(request: Request) -> Response:
    """Say what a picture shows, for who cannot see it; without text, its author's own words hold again."""
    event, who = await access.staff(request, "moderator")
    form = await read(request, DescriptionForm)
    return await annotate(
        request,
        event,
        Description(
            id=decision_id(form.id, who),
            post_id=form.post,
            by=who.id,
            by_name=who.name,
            text=form.text,
            media=form.media,
            content_hash=form.hash,
        ),
    )


async def annotate(request: Request, event: Event, annotation: Annotation) -> Response:
    services = state(request)
    after = await services["store"].posts.annotate(event.slug, annotation, now=services["now"]())
    return JSONResponse({**answer_view(after), "hash": after.post.content_hash})


routes = [
    Route("/{slug}/moderate/notes", write_note, methods=["POST"]),
    Route("/{slug}/moderate/descriptions", describe_picture, methods=["POST"]),
]
