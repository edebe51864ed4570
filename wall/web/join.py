"""The form for the room: a phone reads the QR code of a screen, a person writes, and sees what becomes of it."""

import secrets
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.event import Event
from wall.core.moderation import Standing, Status
from wall.core.post import Post
from wall.core.tickets import check_ticket
from wall.errors import InvalidInput
from wall.sources import form
from wall.store.fares import Happened
from wall.web import access
from wall.web.participation import KEPT_SECONDS, admit, admitted, introduce, participant_id
from wall.web.state import State, state
from wall.web.terms_form import terms_words

NONCE_LENGTH = 32
MINUTE = 60
MOST_PER_PHONE = 5
MOST_PER_EVENT = 300

TOLD = {
    Status.WAITING: "waiting",
    Status.STASHED: "waiting",
    Status.APPROVED: "approved",
    Status.WITHDRAWN: "withdrawn",
}
"""What an author is told of a post; every other status is a plain no, with the reason if a moderator gave one."""


async def show(request: Request) -> Response:
    """Show the form to a phone that came by a screen's QR code, and what became of its posts."""
    event = await access.event(request, "viewer")
    ticket = request.query_params.get("k")
    if not ticket:
        return await page(request, event)
    secret = await state(request)["store"].screens.secret(event.slug)
    if not check_ticket(secret, event.slug, ticket, now=state(request)["now"]()):
        return await page(request, event, status=HTTPStatus.FORBIDDEN, stage="expired")
    answer = RedirectResponse(f"/{event.slug}/join", HTTPStatus.SEE_OTHER)
    await admit(request, event, answer)
    return answer


async def send(request: Request) -> Response:
    """Take in what somebody in the room wrote; it waits for a moderator."""
    event = await access.event(request, "viewer")
    services = state(request)
    values = await request.form(max_files=0, max_fields=10)
    if not await admitted(request, event):
        return await page(request, event, status=HTTPStatus.FORBIDDEN, stage="expired", values=values)
    author = participant_id(request, event.slug)
    try:
        if author is None:
            raise InvalidInput(
                "Your phone refuses cookies; allow them here, so that you can see your post's fate."
            )
        post = await written(request, event, values, author)
    except InvalidInput as error:
        return await page(request, event, status=HTTPStatus.UNPROCESSABLE_ENTITY, error=error, values=values)
    await services["acceptor"].accept(event.slug, [post])
    happened = Happened(
        state="healthy", detail="Taking posts in.", posts=1, kind=post.source.kind, now=services["now"]()
    )
    await services["store"].sources.note(event.slug, post.source.id, happened)
    await services["store"].participants.sent(event.slug, author, post.id, keep_seconds=KEPT_SECONDS)
    return RedirectResponse(f"/{event.slug}/join?sent", HTTPStatus.SEE_OTHER)


async def written(request: Request, event: Event, values: FormData, author: str) -> Post:
    """Return the post of a filled-in form; raises InvalidInput."""
    services = state(request)
    nonce = text_of(values, "nonce")
    if not nonce.isalnum() or len(nonce) != NONCE_LENGTH:
        raise InvalidInput("This form is not whole; load the page again.")
    if text_of(values, "website"):
        raise InvalidInput("Leave the hidden field empty.")
    for key, most in ((f"{event.slug} phone {author}", MOST_PER_PHONE), (f"{event.slug} form", MOST_PER_EVENT)):
        if not await services["store"].limits.allow(key, most=most, seconds=MINUTE):
            raise InvalidInput("That was a lot at once. Wait a minute, then send it again.", field="text")
    source = await form_source(services, event)
    if source is None:
        raise InvalidInput("No posts are taken from phones now.", field="text")
    # One nonce is one post: a form sent twice over a bad network is not two.
    post = form.parse(
        text_of(values, "name"),
        text_of(values, "text"),
        author,
        event,
        services["now"](),
        f"{author}-{nonce}",
        source=source,
    )
    if not event.wants(post):
        terms = replace(event.terms, every=())  # these need not be written here
        raise InvalidInput(f"Only posts {terms_words(terms)} come in.", field="text")
    return post


async def remove(request: Request) -> Response:
    """Withdraw a post for the phone that it came from."""
    event = await access.event(request, "viewer")
    services = state(request)
    author, values = participant_id(request, event.slug), await request.form(max_files=0, max_fields=10)
    if author is not None:
        await services["leaving"].remove(
            event.slug, text_of(values, "post"), form.author_uid(author), now=services["now"]()
        )
    return RedirectResponse(f"/{event.slug}/join", HTTPStatus.SEE_OTHER)


async def leave(request: Request) -> Response:
    """Leave everything from this phone out of the event, or take it in again."""
    event = await access.event(request, "viewer")
    services = state(request)
    author, values = participant_id(request, event.slug), await request.form(max_files=0, max_fields=10)
    now = services["now"]()
    if author is not None and text_of(values, "do") == "return":
        await services["leaving"].come_back(event.slug, form.author_uid(author), at=now)
    elif author is not None:
        await services["leaving"].leave(event.slug, form.author_uid(author), at=now, now=now)
        await services["store"].reactions.take_back(event.slug, author)
    return RedirectResponse(f"/{event.slug}/join", HTTPStatus.SEE_OTHER)


async def mine(request: Request) -> Response:
    """Tell a phone what became of its posts."""
    event = await access.event(request, "viewer")
    author = participant_id(request, event.slug)
    sent = await sent_from(state(request), event, author)
    return JSONResponse([told(standing) for standing in sent], headers={"cache-control": "no-store"})


async def page(
    request: Request,
    event: Event,
    *,
    status: int = HTTPStatus.OK,
    stage: str | None = None,
    error: InvalidInput | None = None,
    values: FormData | None = None,
) -> Response:
    services = state(request)
    author = participant_id(request, event.slug)
    sent = await sent_from(services, event, author)
    left = await has_left(services, event, author)
    if await form_source(services, event) is None:
        stage = "closed"
    elif stage is None and not await admitted(request, event):
        stage = "expired"
    if left and stage != "closed":
        stage = "left"
    answer = services["pages"].page(
        "join/join.html",
        status=status,
        event=event,
        state=stage or ("sent" if "sent" in request.query_params else "open"),
        k="",
        nonce=secrets.token_hex(NONCE_LENGTH // 2),
        mine=[told(standing) for standing in sent],
        error=error.message if error else None,
        name=text_of(values, "name") if values else "",
        text=text_of(values, "text") if values else "",
        limit=form.LONGEST,
    )
    introduce(request, event, answer)
    return answer


async def sent_from(services: State, event: Event, author: str | None) -> list[Standing]:
    """Return how the posts of a phone stand, newest first."""
    ids = await services["store"].participants.posts(event.slug, author) if author else []
    return [standing for standing in await services["store"].posts.get_all(event.slug, ids) if standing]


async def has_left(services: State, event: Event, author: str | None) -> bool:
    """Tell whether nothing is taken in from a phone, as its owner wished."""
    return (
        author is not None and (await services["store"].absences.among(event.slug, [form.author_uid(author)]))[0]
    )


async def form_source(services: State, event: Event) -> str | None:
    """Return the id of the event's source for phones, or None while the organiser has none."""
    for settings in await services["store"].sources.all(event.slug):
        if settings.kind == form.Form.kind:
            return settings.id
    return None


def told(standing: Standing) -> dict[str, Any]:
    return {
        "id": standing.post.id,
        "status": TOLD.get(standing.status, "rejected"),
        "reason": standing.explanation,
        "name": standing.post.author.name,
        "text": standing.post.text,
    }


def text_of(values: FormData, name: str) -> str:
    value = values.get(name, "")
    return value if isinstance(value, str) else ""


routes = [
    Route("/{slug}/join", show),
    Route("/{slug}/join", send, methods=["POST"]),
    Route("/{slug}/join/mine", mine),
    Route("/{slug}/join/removal", remove, methods=["POST"]),
    Route("/{slug}/join/leaving", leave, methods=["POST"]),
]
