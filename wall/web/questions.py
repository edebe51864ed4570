"""The room asks: questions, votes for them, and what became of them. Works without JavaScript."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.event import Event
from wall.core.identity import KEPT_SECONDS
from wall.core.participant import Participant
from wall.core.question import Question
from wall.core.words import _
from wall.errors import InvalidInput, NotFound, NotTakingPart
from wall.sources import form, question
from wall.store.questions import mark_of
from wall.web import language
from wall.web.doors import whence
from wall.web.form import fields
from wall.web.participation import taking_part
from wall.web.question_page import NONCE_LENGTH, SHOWN, address, chosen, event_of, fragment, page
from wall.web.question_view import question_json
from wall.web.state import State, state
from wall.web.writing import may_write

MINUTE = 60
MOST_VOTES = 60
MOST_VOTES_PER_ADDRESS = 3_000
"""A hall is often behind one address."""
SHARED = {"cache-control": "public, max-age=1, stale-while-revalidate=1"}


async def show(request: Request) -> Response:
    """Show the questions of a session, or of the whole event, to read, vote and ask."""
    return await page(request, await event_of(request))


async def show_json(request: Request) -> JSONResponse:
    """Tell the questions that are on the wall, the same to everybody."""
    event = await event_of(request)
    services = state(request)
    board = (await services["questions"].get(event.slug)).of(chosen(request))
    html = request.query_params.get("view") in language.VIEWS
    rows = board.rows[:SHOWN]
    body = {
        "asking": event.questions,
        "closed": sorted(board.closed),
        "questions": [
            question_json(event, one) | ({"html": fragment(services, event, one)} if html else {}) for one in rows
        ],
    }
    return JSONResponse(body, headers=SHARED)


async def ask(request: Request) -> Response:
    """Take a question in; it goes the way of posts, to a moderator or, where they are open, through the rules alone."""
    event = await event_of(request)
    values = await fields(request)
    try:
        who = await taking_part(request, event)
        session = values.get("session", "")
        await take_in(request, event, who, values, session)
    except (InvalidInput, NotTakingPart) as error:
        return await page(request, event, error=error, values=values)
    return RedirectResponse(f"{address(event, session)}&asked", HTTPStatus.SEE_OTHER)


async def take_in(request: Request, event: Event, who: Participant, values: dict[str, str], session: str) -> None:
    services, store = state(request), state(request)["store"]
    now = services["now"]()
    nonce = values.get("nonce", "")
    if not nonce.isalnum() or not nonce.isascii() or len(nonce) != NONCE_LENGTH:
        raise InvalidInput(_("This form is not whole; load the page again."))
    await open_or_refuse(services, event, session)
    if (await store.absences.among(event.slug, [form.author_uid(who.id)]))[0]:
        raise NotTakingPart(_("You left this wall. On the page for posts you can take part again."))
    name = values.get("name", "") or who.name
    post = question.parse(values.get("text", ""), name, who, event, now, nonce=nonce)
    if not event.wants(post):
        raise InvalidInput(_("This event takes no such posts now."), field="text")
    await may_write(request, event, who)
    await store.questions.ask(event.slug, Question(post_id=post.id, at=now, session=session, place=who.place))
    await services["acceptor"].accept(event.slug, [post])
    await store.participants.sent(event.slug, who.id, post.id, keep_seconds=KEPT_SECONDS)


async def vote(request: Request) -> Response:
    """Give a vote, or take it back; the same sent again changes nothing."""
    event = await event_of(request)
    values = await fields(request)
    id, wanted = request.path_params["post_id"], values.get("wanted") != "no"
    in_page = "application/json" not in request.headers.get("accept", "")
    try:
        who = await taking_part(request, event)
        lead = await cast(request, event, who, id, wanted=wanted)
    except (InvalidInput, NotFound, NotTakingPart) as error:
        if not in_page:
            raise
        return await page(request, event, error=error)
    if in_page:
        where = address(event, values.get("session", ""), sort=values.get("sort", ""))
        return RedirectResponse(f"{where}&voted#question-{lead}", HTTPStatus.SEE_OTHER)
    board = await state(request)["questions"].read(event.slug)
    votes = next((one.tally.votes for one in board.rows if one.id == lead), 0)
    return JSONResponse({"id": lead, "votes": votes, "voted": wanted}, headers={"cache-control": "no-store"})


async def cast(request: Request, event: Event, who: Participant, id: str, *, wanted: bool) -> str:
    """Count a vote; returns the question that it counts for. Raises InvalidInput, or NotFound."""
    services, store = state(request), state(request)["store"]
    mark = mark_of(await store.screens.secret(event.slug), whence(request))
    limits = (
        (f"{event.slug} votes {who.id}", MOST_VOTES),
        (f"{event.slug} votes from {mark}", MOST_VOTES_PER_ADDRESS),
    )
    for key, most in limits:
        if not await store.limits.allow(key, most=most, seconds=MINUTE):
            raise InvalidInput(_("These are a lot of votes at once. Wait a minute, then vote again."))
    lead = await store.questions.vote(event.slug, id, who.id, wanted=wanted, mark=mark, now=services["now"]())
    if lead is None:
        raise NotFound(_("Nobody can vote for this question now: it is answered, closed, or gone."))
    return lead


async def open_or_refuse(services: State, event: Event, session: str) -> None:
    """Refuse a question about a session that is closed, or that there is not."""
    if session and (await services["store"].programmes.get(event.slug)).session(session) is None:
        raise InvalidInput(_("There is no such session; choose another."), field="session")
    if session in await services["store"].questions.closed(event.slug):
        raise InvalidInput(_("No more questions are taken there; choose another session."), field="session")


routes = [
    Route("/{slug}/questions", show),
    Route("/{slug}/questions", ask, methods=["POST"]),
    Route("/{slug}/questions.json", show_json),
    Route("/{slug}/questions/{post_id}/vote", vote, methods=["POST"]),
]
