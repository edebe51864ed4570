"""The audience's pages of polls: vote, see what came of it, and follow it live. Works without JavaScript."""

import hmac
from http import HTTPStatus
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.ballot import Ballot, ballot
from wall.core.event import Event
from wall.core.feed import Cursor
from wall.core.poll import Eyes, Poll
from wall.core.poll_results import Counted
from wall.core.tickets import check_ticket, make_ticket
from wall.core.words import _
from wall.errors import ChangedMeanwhile, InvalidInput, NotFound, NotTakingPart
from wall.web import access, frames, language
from wall.web.addresses import address
from wall.web.error_pages import wants_page
from wall.web.follow import chosen_view
from wall.web.form import MOST_FIELDS
from wall.web.live import stream_ticket
from wall.web.nav import nav
from wall.web.participation import admit, introduce, own_id, taking_part
from wall.web.poll_view import listed, poll_json, poll_view, results_key
from wall.web.poll_voting import cast
from wall.web.qr import qr_svg
from wall.web.state import State, state

BRIEFLY = {"cache-control": "public, max-age=1"}
NO_STORE = {"cache-control": "no-store"}
VIEWS = ("json", *language.VIEWS)


async def show(request: Request) -> Response:
    """Show every poll that is open, and what came of the closed ones; a screen’s code leads here, too."""
    event = await access.event(request, "viewer")
    if "k" in request.query_params:
        return await let_in(request, event, request.query_params["k"])
    return await page(request, event, await listed(state(request), event))


async def let_in(request: Request, event: Event, ticket: str) -> Response:
    """Let a phone that came by a screen's code take part, and lead it to the polls; an old code leads there alone."""
    answer = RedirectResponse(f"/{event.slug}/polls", HTTPStatus.SEE_OTHER)
    services = state(request)
    secret = await services["store"].screens.secret(event.slug)
    if check_ticket(secret, event.slug, ticket, now=services["now"]()):
        await admit(request, event, answer)
    await introduce(request, event, answer)
    return answer


async def code(request: Request) -> Response:
    """Return the QR code that leads a phone to the polls, with a ticket that soon ends."""
    event = await access.event(request, "screen")
    services = state(request)
    ticket = make_ticket(await services["store"].screens.secret(event.slug), event.slug, now=services["now"]())
    way_in = f"{address(request, f'/{event.slug}/polls')}?k={ticket}"
    # Kept for a moment, since the scene is drawn anew with every change of its numbers.
    return Response(qr_svg(way_in), media_type="image/svg+xml", headers={"cache-control": "private, max-age=45"})


async def show_one(request: Request) -> Response:
    """Show one poll alone, for a link or a code that leads to it."""
    event = await access.event(request, "viewer")
    return await page(request, event, [await one(request, event)], alone=True)


async def vote(request: Request) -> Response:
    """Count what somebody answered; who answers again changes their answer."""
    event = await access.event(request, "viewer")
    services = state(request)
    values = await request.form(max_files=0, max_fields=MOST_FIELDS)
    given = [value for name, value in values.multi_items() if name == "choice" and isinstance(value, str)]
    id = request.path_params["poll"]
    try:
        await cast(request, event, id, await taking_part(request, event), given)
    except (InvalidInput, NotTakingPart, ChangedMeanwhile) as error:
        if not wants_page(request):
            raise
        status = HTTPStatus.CONFLICT if isinstance(error, ChangedMeanwhile) else HTTPStatus.UNPROCESSABLE_ENTITY
        return await page(
            request,
            event,
            [await one(request, event)],
            alone=True,
            error=error.message,
            status=status,
            given=given,
        )
    if wants_page(request):
        place = f"/{id}" if "alone" in request.query_params else f"#poll-{id}"
        return RedirectResponse(f"/{event.slug}/polls{place}", HTTPStatus.SEE_OTHER)
    poll, counted = await one(request, event)
    shown = await fragment(services, event, poll, counted, answered(poll, given))
    return JSONResponse({"html": shown}, headers=NO_STORE)


async def show_json(request: Request) -> Response:
    """Tell of every poll what everybody may know. The answer is the same for all, and may be kept for a second."""
    event = await access.event(request, "viewer")
    services = state(request)
    view = chosen_view(request.query_params.get("view"), VIEWS)

    async def make() -> str:
        found = await listed(services, event)
        if view == "json":
            return frames.dump({"polls": [poll_json(*one) for one in found]})
        rows = [
            {
                "id": poll.id,
                "version": poll.version,
                "status": poll.status,
                "voters": counted.voters,
                "html": await fragment(services, event, poll, counted),
            }
            for poll, counted in found
        ]
        return frames.dump({"polls": rows})

    body = await services["polls"].get((event.slug, view, after(request)), make)
    return Response(body, media_type="application/json", headers=BRIEFLY)


async def show_results(request: Request) -> Response:
    """Tell those who voted how an open poll goes. Whoever has its key voted, and all of them are told the same."""
    event = await access.event(request, "viewer")
    services = state(request)
    id = request.path_params["poll"]
    key = await results_key(services["store"], event.slug, id)
    if not hmac.compare_digest(key, request.path_params["key"].encode("ascii", "replace").decode()):
        raise NotFound(_("Results of an open poll are shown to those who voted."))

    async def make() -> str:
        poll, counted = await one(request, event)
        view = poll_view(poll, counted, "voter")
        html = services["pages"].render("live/_poll_results.html", poll=view) if view["results"] else ""
        return frames.dump({"voters": counted.voters, "version": poll.version, "html": html})

    body = await services["polls"].get((event.slug, id, language.here(), after(request)), make)
    return Response(body, media_type="application/json", headers=BRIEFLY)


async def one(request: Request, event: Event) -> tuple[Poll, Counted]:
    """Return the poll that the path names with its ballots counted; raises NotFound for one not for the audience."""
    store, id = state(request)["store"].polls, request.path_params["poll"]
    poll = await store.get(event.slug, id)
    if poll.status == "draft":
        raise NotFound(_("There is no such poll any more."))
    return poll, (await store.counted(event.slug, [id]))[id]


async def page(
    request: Request,
    event: Event,
    polls: list[tuple[Poll, Counted]],
    *,
    alone: bool = False,
    error: str | None = None,
    status: int = HTTPStatus.OK,
    given: list[str] | None = None,
) -> HTMLResponse:
    """Return a page of polls, each as whoever asks may see it."""
    services = state(request)
    who = await own_id(request, event)
    ids = [poll.id for poll, _ in polls]
    mine = await services["store"].polls.ballots_of(event.slug, who, ids) if who and ids else {}
    tip = await services["store"].feeds.tip(event.slug, "public")
    answer = services["pages"].page(
        "live/polls.html",
        status=status,
        event=event,
        nav=await nav(request, event),
        polls=[
            await fragment(
                services, event, poll, counted, mine.get(poll.id, ()), alone=alone, error=error, given=given
            )
            for poll, counted in polls
        ],
        alone=polls[0][0].id if alone else "",
        cursor=str(tip),
        follow_url=f"/{event.slug}/stream?ticket={await stream_ticket(services, event.slug)}",
    )
    await introduce(request, event, answer)
    return answer


async def fragment(
    services: State,
    event: Event,
    poll: Poll,
    counted: Counted,
    mine: tuple[str, ...] = (),
    *,
    alone: bool = False,
    error: str | None = None,
    given: list[str] | None = None,
) -> Markup:
    """Return a poll as who gave a ballot, or none, is shown it; `given` is what was just refused."""
    eyes: Eyes = "voter" if mine else "everybody"
    key = await results_key(services["store"], event.slug, poll.id) if mine else ""
    context: dict[str, Any] = {
        "poll": poll_view(poll, counted, eyes, mine),
        "vote_url": f"/{event.slug}/polls/{poll.id}" + ("?alone" if alone else ""),
        "results_url": results_url(event, poll, key) if mine else "",
        "error": error,
        "given": given,
    }
    return Markup(services["pages"].render("live/_poll.html", **context))  # noqa: S704 - our own template, which escapes


def results_url(event: Event, poll: Poll, key: str) -> str:
    """Return where who voted asks how it goes; its language is in the address, since caches keep the answer."""
    view = f"?view={language.here()}" if language.current() != "en" else ""
    return f"/{event.slug}/polls/{poll.id}/results/{key}{view}"


def answered(poll: Poll, given: list[str]) -> tuple[str, ...]:
    """Return the choices of a ballot that was just counted, whatever became of the poll since."""
    try:
        found: Ballot = ballot(poll, given)
    except ChangedMeanwhile:
        return ()
    return found.choices


def after(request: Request) -> str:
    """Return after which update of the feed somebody asks, empty where they do not say."""
    return str(Cursor.parse(request.query_params.get("at")) or "")


routes = [
    Route("/{slug}/polls", show),
    Route("/{slug}/polls.json", show_json),
    Route("/{slug}/screen/polls.svg", code),
    Route("/{slug}/polls/{poll}", show_one),
    Route("/{slug}/polls/{poll}", vote, methods=["POST"]),
    Route("/{slug}/polls/{poll}/results/{key}", show_results),
]
