"""How posts sound, at the desk: those that sound unhappy, what moderators say of them, and which way the mood goes.

Nothing here is for any audience, and nothing of it decides about a post (docs/insight.md).
"""

from http import HTTPStatus
from typing import Any, get_args

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.event import Event
from wall.core.languages import direction
from wall.core.moderation import Standing
from wall.core.mood import SAYS, Heard, Says, Word
from wall.core.mood_figures import by_session, course
from wall.core.people import Person
from wall.core.words import _
from wall.errors import InvalidInput, NotFound
from wall.store.moods import Order
from wall.web import access, language, mood_chart
from wall.web.form import fields
from wall.web.mood_view import latest_words, line_view, row_view, taught_words
from wall.web.state import State, state

AT_ONCE = 30
MOST_SKIPPED = 100_000
ORDERS: tuple[Order, ...] = get_args(Order)


async def show(request: Request) -> HTMLResponse:
    """Show what sounds unhappy, newest or strongest first, or what moderators spoke of."""
    event, who = await access.staff(request, "moderator")
    return await page(request, event, who)


async def page(request: Request, event: Event, who: Person, *, error: InvalidInput | None = None) -> HTMLResponse:
    services = state(request)
    moods, asked = services["store"].moods, request.query_params
    listed = asked.get("order") if asked.get("order") in (*ORDERS, "said") else "newest"
    skip = parse_skip(asked.get("skip"))
    ids = (
        await moods.said(event.slug, limit=AT_ONCE, skip=skip)
        if listed == "said"
        else await moods.unhappy(
            event.slug, "strongest" if listed == "strongest" else "newest", limit=AT_ONCE, skip=skip
        )
    )
    unhappy, said = await moods.counts(event.slug)
    return services["pages"].page(
        "moderate/mood.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
        page="mood-desk",
        event=event,
        person={"name": who.name},
        base=f"/{event.slug}/moderate/mood",
        listed=listed,
        unhappy=unhappy,
        said=said,
        rows=await rows(services, event, ids),
        older=skip + AT_ONCE if len(ids) == AT_ONCE else None,
        taught=taught_words(event, await moods.taught(event.slug)),
        error=error.message if error else None,
        **await course_view(services, event),
    )


async def rows(services: State, event: Event, ids: list[str]) -> list[dict[str, Any]]:
    store, now = services["store"], services["now"]()
    standings = await store.posts.get_all(event.slug, ids)
    heard = await store.moods.get_all(event.slug, ids)
    return [
        row_view(event, standing, one, now)
        for standing, one in zip(standings, heard, strict=True)
        if standing and (one.mood or one.said)
    ]


async def course_view(services: State, event: Event) -> dict[str, Any]:
    """Return which way the mood went, by the hour and by the session."""
    ledgers = services["ledgers"]
    found = await ledgers.answer(event.slug, course, course)
    sessions = await ledgers.answer(event.slug, by_session, by_session)
    if found is None or sessions is None:
        return {"columns": None, "latest": None, "sessions": []}
    latest, zone = found.latest, event.timezone
    programme = await services["store"].programmes.get(event.slug)
    return {
        "columns": mood_chart.columns(found, zone, from_right=direction(language.current()) == "rtl"),
        "chart": mood_chart,
        "latest": latest_words(latest.begins, latest.movement, zone) if latest else None,
        "sessions": mood_chart.sessions(sessions, programme, zone),
    }


async def line(request: Request) -> JSONResponse:
    """Return how one post sounds, as a line for its card."""
    event = await access.event(request, "moderator")
    services = state(request)
    if event.listens == "no":
        raise NotFound(_("Nobody listens to the posts of this event."))
    standing = await services["store"].posts.get(event.slug, request.path_params["post"])
    (heard,) = await services["store"].moods.get_all(event.slug, [standing.post.id])
    return answer(services, event, standing, heard)


async def say(request: Request) -> Response:
    """Keep a moderator's word about a post, or take it back; scripts are answered with the line as it is then."""
    event, who = await access.staff(request, "moderator")
    values = await fields(request)
    services, post = state(request), request.path_params["post"]
    in_page = "application/json" not in request.headers.get("accept", "")
    try:
        heard = await carry_out(services, event, who, post, values)
    except InvalidInput as error:
        if not in_page:
            raise
        return await page(request, event, who, error=error)
    if in_page:
        listed = values.get("listed", "newest")
        order = listed if listed in (*ORDERS, "said") else "newest"
        return RedirectResponse(f"/{event.slug}/moderate/mood?order={order}", HTTPStatus.SEE_OTHER)
    standing = await services["store"].posts.get(event.slug, post)
    return answer(services, event, standing, heard)


def answer(services: State, event: Event, standing: Standing, heard: Heard) -> JSONResponse:
    one = line_view(event, standing, heard, services["now"]())
    html = services["pages"].render("moderate/_mood.html", one=one)
    return JSONResponse({"html": html}, headers={"cache-control": "no-store"})


async def carry_out(services: State, event: Event, who: Person, post: str, values: dict[str, str]) -> Heard:
    moods, says = services["store"].moods, values.get("says", "")
    if says == "":
        return await moods.take_back(event.slug, post)
    word = Word(
        says=parse_says(says), by=who.id, by_name=who.name, at=services["now"](), words=values.get("words", "")
    )
    return await moods.say(event.slug, post, word)


def parse_says(text: str) -> Says:
    for says in SAYS:
        if says == text:
            return says
    raise InvalidInput(_("Say unhappy, not unhappy, or that nobody can tell."), field="says")


def parse_skip(text: str | None) -> int:
    number = text or "0"
    return min(int(number[:6]), MOST_SKIPPED) if number.isascii() and number.isdigit() else 0


routes = [
    Route("/{slug}/moderate/mood", show),
    Route("/{slug}/moderate/mood/{post}", line),
    Route("/{slug}/moderate/mood/{post}", say, methods=["POST"]),
]
