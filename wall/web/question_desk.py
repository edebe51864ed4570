"""The questions at the desk: what is answered now and next, what asks the same, and whether anything more is asked."""

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core import question
from wall.core.event import Event
from wall.core.moderation import Status
from wall.core.people import Person
from wall.core.question import Hand, Question, Questions
from wall.core.words import _
from wall.errors import InvalidInput, NotFound
from wall.store.questions import Change
from wall.web import access
from wall.web.acts import entry
from wall.web.body import read
from wall.web.form import fields
from wall.web.language import say
from wall.web.question_board import on_now, session_of
from wall.web.question_desk_view import rows_view, waiting_count
from wall.web.question_page import chosen, sessions_view
from wall.web.question_view import row_view
from wall.web.state import State, state


class Promotion(msgspec.Struct):
    """What a desk sends to make a question of a post."""

    post: Annotated[str, msgspec.Meta(max_length=80)]


class NextForm(msgspec.Struct):
    """What a stage view sends: the session whose next question is to be taken up."""

    session: Annotated[str, msgspec.Meta(max_length=200)] = ""


async def show(request: Request) -> HTMLResponse:
    """Show the questions by rank; with ?part only what may have changed on a page that is open."""
    event, who = await access.staff(request, "moderator")
    return await page(request, event, who)


async def act(request: Request) -> Response:
    """Do something to a question, or take up the next one."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    values = await fields(request)
    id, do, session = (values.get(name, "") for name in ("post", "do", "session"))
    hand = Hand(by_name=who.name, at=services["now"]())
    try:
        if do == "next":
            id = await next_of(services, event, session)
        change, about = changing(do, id, values, hand)
        told = entry(request, who, "question", about=about, post=id or None)
        await services["store"].questions.change(event.slug, change, now=hand.at, entry=told)
    except (InvalidInput, NotFound) as error:
        return await page(request, event, who, error=error.message, about=id, values=values)
    return back(event, values.get("shown", ""))


def changing(do: str, id: str, values: dict[str, str], hand: Hand) -> tuple[Change, str]:
    """Return what a button does to the questions, and that in words for the audit log; raises InvalidInput."""
    match do:
        case "next" if not id:
            return partial(
                question.finish, session=values.get("session", ""), hand=hand
            ), "None is answered any more"
        case "next" | "answering":
            return partial(question.take_up, id=id, hand=hand), "Now answering"
        case "answered":
            note, link = values.get("note", ""), values.get("link", "")
            question.parse_link(link)
            return partial(question.answer, id=id, hand=hand, note=note, link=link), "Answered"
        case "reopen":
            return partial(question.reopen, id=id, hand=hand), "Asked again"
        case "merge":
            into = values.get("into", "")
            return partial(question.merge, id=id, into=into, hand=hand), "Merged with another"
        case "part":
            return partial(question.part, id=id, hand=hand), "Taken out of another"
        case "move":
            return partial(question.move, id=id, session=values.get("session", "")), "Moved to another session"
    raise InvalidInput(_("This page is not whole; load it again."))


async def take_next(request: Request) -> JSONResponse:
    """Take up the next question of a session, for the one button of a stage view."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    form = await read(request, NextForm)
    hand = Hand(by_name=who.name, at=services["now"]())
    id = await next_of(services, event, form.session)
    change, about = changing("next", id, {"session": form.session}, hand)
    told = entry(request, who, "question", about=about, post=id or None)
    await services["store"].questions.change(event.slug, change, now=hand.at, entry=told)
    return JSONResponse({"id": id or None}, headers={"cache-control": "no-store"})


async def next_of(services: State, event: Event, session: str) -> str:
    """Return the question of a session to take up next; "" when none waits."""
    rows = (await services["questions"].read(event.slug)).of(session).waiting
    return rows[0].id if rows else ""


async def set_asking(request: Request) -> Response:
    """Take no more questions and votes in a session, or take them again."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    values = await fields(request)
    session, closed = values.get("session", "")[:200], values.get("closed") == "yes"
    programme = await services["store"].programmes.get(event.slug)
    found = programme.session(session)
    if session and found is None:
        raise NotFound(_("There is no such session; an import may have taken it away."))
    about = found.title if found else "The whole event"
    told = entry(request, who, "questions closed" if closed else "questions opened", about=about)
    await services["store"].questions.close(event.slug, session, closed=closed, now=told.at, entry=told)
    return back(event, values.get("shown", ""))


async def promote(request: Request) -> JSONResponse:
    """Make a question of a post, from whichever network it came; of the session that is on, if that is clear."""
    event, who = await access.staff(request, "moderator")
    store = state(request)["store"]
    if event.questions == "off":
        raise InvalidInput(_("Questions are off for this event. An organiser turns them on in its settings."))
    form = await read(request, Promotion)
    standing = await store.posts.get(event.slug, form.post)
    if standing.status in (Status.WITHDRAWN, Status.GROUPED):
        raise NotFound(_("This post is gone, so nothing can be made of it."))
    told = entry(request, who, "question", about="Made a question of a post", post=form.post)
    session = session_of(await store.programmes.get(event.slug), "", told.at)
    made = Question(post_id=form.post, at=told.at, session=session, promoted_by=who.name)

    def promoted(questions: Questions) -> Sequence[Question]:
        return [] if form.post in questions else [made]

    await store.questions.change(event.slug, promoted, now=told.at, entry=told)
    words = _("It is a question now.") if standing.visible else _("It is a question once it is approved.")
    return JSONResponse({"words": say(words)}, headers={"cache-control": "no-store"})


async def page(
    request: Request,
    event: Event,
    who: Person,
    *,
    error: str = "",
    about: str = "",
    values: dict[str, str] | None = None,
) -> HTMLResponse:
    services, store = state(request), state(request)["store"]
    now = services["now"]()
    session = (values or {}).get("shown") or chosen(request)
    programme = await store.programmes.get(event.slug)
    whole = await services["questions"].read(event.slug)
    board = whole.of(session)
    running = on_now(programme, now)
    part = "part" in request.query_params
    return services["pages"].page(
        "moderate/_questions.html" if part else "moderate/questions.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
        page="organise",
        event=event,
        person={"name": who.name},
        base=f"/{event.slug}/moderate",
        session=session or "",
        sessions=sessions_view(event, programme, whole, running, session or ""),
        closed=(session or "") in whole.closed,
        rows=await rows_view(services, event, board),
        answering=[row_view(event, one, voted=False) for one in board.answering],
        next=next((row_view(event, one, voted=False) for one in board.waiting), None),
        waiting=await waiting_count(services, event),
        refresh=f"/{event.slug}/moderate/questions?{urlencode({'part': '', 'session': session or ''})}",
        error=error,
        about=about,
        values=values or {},
    )


def back(event: Event, session: str) -> Response:
    query = f"?{urlencode({'session': session})}" if session else ""
    return RedirectResponse(f"/{event.slug}/moderate/questions{query}", HTTPStatus.SEE_OTHER)


routes = [
    Route("/{slug}/moderate/questions", show),
    Route("/{slug}/moderate/questions", act, methods=["POST"]),
    Route("/{slug}/moderate/questions/next", take_next, methods=["POST"]),
    Route("/{slug}/moderate/questions/asking", set_asking, methods=["POST"]),
    Route("/{slug}/moderate/questions/promotion", promote, methods=["POST"]),
]
