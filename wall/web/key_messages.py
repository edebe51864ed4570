"""What the team watches for, and whether what it wants people to hear is heard."""

from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.event import Event
from wall.core.key_messages import Outcome, Verdict
from wall.core.mood import Heard
from wall.core.people import Person
from wall.core.words import _
from wall.errors import InvalidInput
from wall.web import access
from wall.web.acts import entry
from wall.web.form import Trouble, fields
from wall.web.state import State, state
from wall.web.watch_form import parse_watch, watch_values
from wall.web.when import clock

MOST_POSTS = 20
MOST_HEARD = 500
VERDICTS: dict[Verdict, str] = {
    "hit": _("Hit"),
    "missed": _("Missed"),
    "early": _("Too early to say"),
    "unsaid": _("Hardly said"),
}


async def show(request: Request) -> HTMLResponse:
    """Show what became of each message, and what is watched for."""
    event, who = await access.staff(request, "organiser")
    return await page(request, event, who)


async def change(request: Request) -> Response:
    """Keep what is watched for from now on."""
    event, who = await access.staff(request, "organiser")
    values = await fields(request)
    try:
        watch = parse_watch(values)
    except InvalidInput as error:
        return await page(request, event, who, Trouble("watch", error, values))
    made = entry(request, who, "settings", about="what the team watches for")
    await state(request)["store"].events.change(
        event.slug,
        lambda before: replace(before, watch=watch),
        entry=lambda before, after: made if before != after else None,
    )
    return RedirectResponse(f"/organise/{event.slug}/messages", HTTPStatus.SEE_OTHER)


async def page(request: Request, event: Event, who: Person, trouble: Trouble | None = None) -> HTMLResponse:
    services = state(request)
    kept = await services["rolls"].get(event.slug)
    outcomes = kept.sayings.outcomes(int(services["now"]().timestamp())) if kept else []
    return services["pages"].page(
        "organise/messages.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if trouble else HTTPStatus.OK,
        page="organise",
        event=event,
        person={"name": who.name},
        base=f"/organise/{event.slug}",
        trouble=trouble,
        values=trouble.values if trouble else watch_values(event.watch),
        reading=kept is None,
        outcomes=[await outcome_view(services, event, one) for one in outcomes],
    )


async def outcome_view(services: State, event: Event, one: Outcome) -> dict[str, Any]:
    store, now = services["store"], services["now"]()
    shown = one.echoes[:MOST_POSTS]
    standings = await store.posts.get_all(event.slug, [echo.post for echo in shown])
    heard = await store.moods.get_all(event.slug, [echo.post for echo in one.echoes[:MOST_HEARD]])
    told = {
        name: at and clock(datetime.fromtimestamp(at, UTC), now, event.timezone) for name, at in times(one).items()
    }
    return {
        "name": one.message.name,
        "phrases": one.message.phrases,
        "verdict": one.verdict,
        "verdict_words": VERDICTS[one.verdict],
        "people": one.people,
        "posts": one.posts,
        "passed_on": one.passed_on,
        "unhappy": sum(each.unhappy for each in heard),
        "scored": sum(is_known(each) for each in heard),
        "said_by": [
            {"name": each.post.author.name or each.post.author.handle, "words": each.post.text, "id": each.post.id}
            for each in standings
            if each and each.visible
        ],
        **told,
    }


def times(one: Outcome) -> dict[str, int | None]:
    return {"said": one.said, "first": one.first, "last": one.last}


def is_known(heard: Heard) -> bool:
    """Tell whether it is known, or guessed, how a post sounds."""
    return heard.word is not None or (heard.mood is not None and heard.mood.score is not None)


routes = [
    Route("/organise/{slug}/messages", show),
    Route("/organise/{slug}/messages", change, methods=["POST"]),
]
