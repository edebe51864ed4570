"""The page “Take part” as it stands for one person: what is asked of them, the form, and what became of their posts."""

import re
import secrets
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from wall.core import challenge
from wall.core.event import Event
from wall.core.moderation import Standing, Status
from wall.core.participant import Participant
from wall.errors import WallError
from wall.sources import form
from wall.web.figures_view import CONTINENTS
from wall.web.nav import nav
from wall.web.participation import introduce, missing, own_id
from wall.web.state import State, state
from wall.web.writing import lock_words

NONCE_LENGTH = 32
BEGIN = re.compile(r"A[1-9][0-9]?", re.ASCII)
LONGEST_ALT = 1000  # characters
WORDS_QUOTED = 200

TOLD = {
    Status.WAITING: "waiting",
    Status.STASHED: "waiting",
    Status.APPROVED: "approved",
    Status.WITHDRAWN: "withdrawn",
}
"""What an author is told of a post; every other status is a plain no, with the reason if a moderator gave one."""


async def join_page(
    request: Request,
    event: Event,
    *,
    status: int = HTTPStatus.OK,
    stage: str | None = None,
    error: WallError | None = None,
    values: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    """Return the page; with `error`, it says what could not be done, and holds what was typed."""
    services = state(request)
    values = values or {}
    author = await own_id(request, event)
    there = await services["store"].participants.get(event.slug, author) if author else Participant(id="")
    stage = stage or await stage_of(request, event, author)
    if stage == "check" and author is None and "again" not in request.query_params:
        return await known_from_now_on(request, event)
    answer = services["pages"].page(
        "join/join.html",
        status=status,
        event=event,
        nav=await nav(request, event),
        state="sent" if stage == "open" and "sent" in request.query_params else stage,
        nonce=secrets.token_hex(NONCE_LENGTH // 2),
        mine=[told(standing) for standing in await sent_from(services, event, author)],
        error=error.message if error else None,
        field=getattr(error, "field", None) or "",
        name=values.get("name", there.name),
        text=values.get("text", begin(request)),
        alt=values.get("alt", ""),
        place=values.get("place", there.place),
        continent=values.get("continent", there.continent),
        continents=CONTINENTS if event.chat and event.chat.continents else {},
        answered=await answered(services, event, values.get("reply") or request.query_params.get("reply", "")),
        limit=form.LONGEST,
        longest_alt=LONGEST_ALT,
        lock_words=lock_words(event),
        seed=await seed(request, author) if stage == "check" and author else "",
        bits=challenge.BITS,
        **{"mailed": False, "code": "", "moving": None, **more},
    )
    await introduce(request, event, answer)
    return answer


def begin(request: Request) -> str:
    """Return how an answer to a question of a chat begins, where somebody came from there."""
    said = request.query_params.get("begin", "")
    return f"{said} " if BEGIN.fullmatch(said) else ""


async def known_from_now_on(request: Request, event: Event) -> Response:
    """Lead a browser back here with a cookie, for the check is for one browser."""
    query = urlencode({**request.query_params, "again": ""})
    answer = RedirectResponse(f"/{event.slug}/join?{query}", HTTPStatus.SEE_OTHER)
    await introduce(request, event, answer)
    return answer


async def stage_of(request: Request, event: Event, author: str | None) -> str:
    """Return what the page is about for somebody: writing (“open”), or what is between them and that."""
    services = state(request)
    if await form_source(services, event) is None:
        return "closed"
    if await has_left(services, event, author):
        return "left"
    lacking = await missing(request, event)
    if lacking:
        return lacking
    return "locked" if event.participation.locked else "open"


async def seed(request: Request, author: str) -> str:
    services = state(request)
    return challenge.make_seed(await services["seal"].load(), author, now=services["now"]().timestamp())


async def answered(services: State, event: Event, id: str) -> dict[str, str] | None:
    """Return the post that is to be answered, if it is on the wall."""
    standing = await answerable(services, event, id)
    if standing is None:
        return None
    author, words = standing.post.author, " ".join(standing.post.text.split())
    short = words if len(words) <= WORDS_QUOTED else f"{words[:WORDS_QUOTED].rstrip()}…"
    return {"id": standing.post.id, "name": author.name or author.handle, "words": short}


async def answerable(services: State, event: Event, id: str) -> Standing | None:
    """Return the post with this id if it is on the wall, where everybody may answer it."""
    if not id.isalnum() or not id.isascii():
        return None
    (standing,) = await services["store"].posts.get_all(event.slug, [id[:40]])
    return standing if standing and standing.visible else None


async def sent_from(services: State, event: Event, author: str | None) -> list[Standing]:
    """Return how the posts of a participant stand, newest first."""
    ids = await services["store"].participants.posts(event.slug, author) if author else []
    return [standing for standing in await services["store"].posts.get_all(event.slug, ids) if standing]


async def has_left(services: State, event: Event, author: str | None) -> bool:
    """Tell whether nothing is taken in from a browser, as its owner wished."""
    return (
        author is not None and (await services["store"].absences.among(event.slug, [form.author_uid(author)]))[0]
    )


async def form_source(services: State, event: Event) -> str | None:
    """Return the id of the event's source for what is written here, or None while nobody is to write."""
    if event.participation.who == "nobody":
        return None
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
