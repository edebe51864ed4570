"""The page on which the room asks and votes: whose questions, in which order, and what this browser voted for."""

import secrets
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from wall.core.event import Event
from wall.core.programme import Programme, Session
from wall.core.words import _
from wall.errors import NotFound, NotTakingPart, WallError
from wall.sources import form
from wall.web import access
from wall.web.live import stream_ticket
from wall.web.nav import nav
from wall.web.participation import introduce, own_id
from wall.web.question_board import Board, Row, on_now, session_of
from wall.web.question_view import row_view, session_words
from wall.web.state import State, state

NONCE_LENGTH = 32
SHOWN = 100


async def page(
    request: Request, event: Event, *, error: WallError | None = None, values: Mapping[str, str] | None = None
) -> Response:
    services, store = state(request), state(request)["store"]
    now = services["now"]()
    programme = await store.programmes.get(event.slug)
    session = chosen(request)
    sort = "newest" if request.query_params.get("sort") == "newest" else "top"
    boards = services["questions"]
    whole = await (boards.read if "voted" in request.query_params else boards.get)(event.slug)
    board = whole.of(session)
    board = board.newest_first() if sort == "newest" else board
    who = await own_id(request, event)
    rows = board.rows[:SHOWN]
    given = await votes_of(services, event, who, rows)
    typed = values or {}
    about = typed.get("session", session if session is not None else session_of(programme, room_of(request), now))
    sessions = sessions_view(event, programme, whole, on_now(programme, now), about)
    refused = HTTPStatus.FORBIDDEN if isinstance(error, NotTakingPart) else HTTPStatus.UNPROCESSABLE_ENTITY
    answer = services["pages"].page(
        "live/questions.html",
        status=refused if error else HTTPStatus.OK,
        event=event,
        nav=await nav(request, event),
        rows=[row_view(event, one, voted=one.id in given) for one in rows],
        session=session or "",
        sort=sort,
        sessions=sessions,
        about=about,
        closed=is_closed(session, sessions, whole),
        whole_open="" not in whole.closed,
        asked="asked" in request.query_params and not error,
        error=error.message if error else None,
        about_text=getattr(error, "field", None) == "text",
        text=typed.get("text", ""),
        name=typed.get("name", ""),
        nonce=typed.get("nonce") or secrets.token_hex(NONCE_LENGTH // 2),
        limit=form.LONGEST,
        cursor=str(await store.feeds.tip(event.slug, "public")),
        questions_stream=f"/{event.slug}/stream?ticket={await stream_ticket(services, event.slug)}",
    )
    await introduce(request, event, answer)
    return answer


async def votes_of(services: State, event: Event, who: str | None, rows: Sequence[Row]) -> set[str]:
    """Return the questions that somebody voted for, or for one that was merged into it."""
    if who is None:
        return set()
    leads = {one.post.id: row.id for row in rows for one in (row.standing, *row.same)}
    found = await services["store"].questions.given(event.slug, who, list(leads))
    return {leads[id] for id in found}


def sessions_view(
    event: Event, programme: Programme, board: Board, running: list[Session], about: str
) -> list[dict[str, Any]]:
    """Return the sessions to choose from: those whose time it is, and those that something was asked about."""
    asked = {one.question.session for one in board.rows} | {about}
    ids = dict.fromkeys([*(one.id for one in running), *(one.id for one in programme.sessions if one.id in asked)])
    found = [session for id in ids if (session := programme.session(id))]
    return [
        {
            "id": one.id,
            "words": session_words(one, event),
            "now": one in running,
            "closed": one.id in board.closed,
        }
        for one in found
    ]


def is_closed(session: str | None, sessions: Sequence[Mapping[str, Any]], board: Board) -> bool:
    """Tell whether nothing can be asked from a page: its session is closed, or all of them and the whole event are."""
    if session is not None:
        return session in board.closed
    return "" in board.closed and all(one["closed"] for one in sessions)


def fragment(services: State, event: Event, row: Row) -> str:
    """Return the row of a question as somebody sees it who did not vote for it."""
    view = row_view(event, row, voted=False)
    return services["pages"].render("live/_question.html", event=event, one=view, session="", sort="top")


async def event_of(request: Request) -> Event:
    event = await access.event(request, "viewer")
    if event.questions == "off":
        raise NotFound(_("Nobody asks questions here."))
    return event


def chosen(request: Request) -> str | None:
    """Return the session whose questions are wanted; None for all."""
    return request.query_params.get("session", "")[:200] or None


def address(event: Event, session: str, *, sort: str = "") -> str:
    return f"/{event.slug}/questions?{urlencode({'session': session, 'sort': sort or 'top'})}"


def room_of(request: Request) -> str:
    return request.query_params.get("room", "")[:200]
