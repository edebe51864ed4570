"""Where speakers answer: what was posted during their sessions and is on the wall, and nothing else of the desk."""

from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.answering import LIVE, answer_id, without_answers
from wall.core.event import Event
from wall.core.moderation import Standing, Status
from wall.core.people import Person
from wall.core.speakers import during
from wall.core.words import _
from wall.errors import AlreadyDecided, InvalidInput, NotFound
from wall.sources.blog import LONGEST
from wall.web import access
from wall.web.answering import existing, remove, write
from wall.web.form import fields
from wall.web.live import fragment
from wall.web.state import State, state

LOOKED_AT = 500
SHOWN = 100


async def show(request: Request) -> HTMLResponse:
    """Show a speaker what they may answer, the newest first."""
    event, who = await access.staff(request, "speaker")
    return await page(request, event, who)


async def answer(request: Request) -> Response:
    """Answer a post of a session of theirs in their own name, or take that answer down; raises NotFound."""
    event, who = await access.staff(request, "speaker")
    services = state(request)
    values = await fields(request)
    answered = await services["store"].posts.get(event.slug, request.path_params["post"])
    if answered not in await theirs(services, event, who, [answered]):
        raise NotFound(_("There is no such post in a session of yours."))
    try:
        there = await existing(services, event, answered.post)
        if there and there.status in LIVE and not is_own(there, who):
            raise InvalidInput(_("%(name)s answered this already.", name=there.post.author.name))
        act = remove if values.get("do") == "remove" else write
        await act(request, event, who, answered, {**values, "voice": "own"})
    except (InvalidInput, AlreadyDecided) as error:
        return await page(
            request, event, who, about=answered.post.id, text=values.get("text", ""), error=error.message
        )
    return RedirectResponse(f"/{event.slug}/speak#post-{answered.post.id}", HTTPStatus.SEE_OTHER)


async def theirs(services: State, event: Event, who: Person, standings: list[Standing]) -> list[Standing]:
    """Return those posts on the wall that were written during a session that is theirs by the programme."""
    programme = await services["store"].programmes.get(event.slug)
    shown = [one for one in without_answers(standings) if one.visible]
    return [one for one in shown if during(programme, who.id, one.post.created_at)]


async def page(
    request: Request, event: Event, who: Person, *, about: str = "", text: str = "", error: str | None = None
) -> HTMLResponse:
    services = state(request)
    found = await services["store"].posts.page(event.slug, Status.APPROVED, limit=LOOKED_AT)
    shown = (await theirs(services, event, who, [one for _place, one in found]))[:SHOWN]
    tied = await services["store"].threads.tied(event.slug, shown)
    ids = [answer_id(one.post.id) for one in tied]
    answers = await services["store"].posts.get_all(event.slug, ids) if ids else []
    return services["pages"].page(
        "moderate/speak.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
        page="organise",
        event=event,
        person={"name": who.name},
        base=f"/{event.slug}/speak",
        limit=LONGEST,
        about=about,
        text=text,
        error=error,
        tied=who.id in (await services["store"].programmes.get(event.slug)).speaking.values(),
        posts=[post_view(services, event, who, *pair) for pair in zip(tied, answers, strict=True)],
    )


def is_own(answer: Standing, who: Person) -> bool:
    """Tell whether an answer is somebody's own; a name alone does not say that, for two may have the same."""
    return answer.decided_by == who.id and answer.post.author.name == who.name


def post_view(
    services: State, event: Event, who: Person, standing: Standing, there: Standing | None
) -> dict[str, Any]:
    live = there is not None and there.status in LIVE
    return {
        "id": standing.post.id,
        "html": fragment(services, event, standing)["html"],
        "answered": live,
        "own": there is not None and live and is_own(there, who),
        "text": there.post.text if there and live else "",
        "version": there.version if there else 0,
    }


routes = [
    Route("/{slug}/speak", show),
    Route("/{slug}/speak/{post}", answer, methods=["POST"]),
]
