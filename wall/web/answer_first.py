"""Who wants an answer first: one list for the team, each place with its reasons, and what became of each case."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from statistics import median
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.answering import ANSWERABLE
from wall.core.caseload import Concern, Held, Noted
from wall.core.event import Event
from wall.core.influence import Band, influences
from wall.core.lasting import State as CourseState
from wall.core.ledger import Ledger
from wall.core.people import Person
from wall.core.triage import Progress, Reason
from wall.core.watch import affiliation
from wall.core.words import _
from wall.errors import ChangedMeanwhile, InvalidInput
from wall.insight.caseload import caseload
from wall.sources.registry import title
from wall.web import access
from wall.web.acts import entry
from wall.web.form import fields
from wall.web.state import State, state
from wall.web.when import ago, span

LONGEST_PERSON = 2_000
MOST_SHOWN = 100
STATES: dict[CourseState, str] = {
    "new": _("New complaint"),
    "flare": _("Flare"),
    "passed": _("Passed"),
    "lasting": _("Lasting"),
    "settled": _("Settled"),
}
PROGRESS: dict[Progress, str] = {
    "open": _("Open"),
    "waiting": _("We wait for their word"),
    "answered": _("Answered"),
    "closed": _("Closed"),
}


async def show(request: Request) -> HTMLResponse:
    """Show everybody who may want an answer."""
    event, who = await access.staff(request, "moderator")
    return await page(request, event, who)


async def show_list(request: Request) -> HTMLResponse:
    """Return the list alone, for the page to bring itself up to date."""
    event, _who = await access.staff(request, "moderator")
    services = state(request)
    return services["pages"].page("moderate/_answer_first.html", event=event, **await listed(services, event))


async def change(request: Request) -> Response:
    """Take a case or leave it, wait for somebody's word, close a case or open it again."""
    event, who = await access.staff(request, "moderator")
    services, values = state(request), await fields(request)
    person, seen = values.get("person", ""), values.get("version", "")
    act = ACTS.get(values.get("do", ""))
    if act is None or not person or len(person) > LONGEST_PERSON or not (seen.isascii() and seen.isdigit()):
        raise InvalidInput(_("This form is not whole; load the page again."))

    def changed(before: Held) -> Held:
        if before.version != int(seen[:9]):
            raise ChangedMeanwhile(faster(before))
        return replace(act(before, who, services["now"]()), version=before.version + 1)

    try:
        about = f"{values['do']} {values.get('handle', '')[:100]}".strip()
        await services["store"].cases.change(
            event.slug, person, changed, entry=entry(request, who, "case", about=about)
        )
    except ChangedMeanwhile as error:
        return await page(request, event, who, error=error.message)
    return RedirectResponse(f"/{event.slug}/moderate/first", HTTPStatus.SEE_OTHER)


ACTS: dict[str, Callable[[Held, Person, datetime], Held]] = {
    "take": lambda held, who, _now: replace(held, owner=who.id, owner_name=who.name),
    "leave": lambda held, _who, _now: replace(held, owner="", owner_name=""),
    "wait": lambda held, _who, now: replace(held, waiting=now, closed=None),
    "close": lambda held, _who, now: replace(held, closed=now, waiting=None),
    "open": lambda held, _who, _now: replace(held, closed=None, waiting=None),
}


def faster(held: Held) -> str:
    if held.owner_name:
        return _("%(name)s was faster: they take it.", name=held.owner_name)
    return _("Somebody changed this meanwhile. Look again.")


async def page(request: Request, event: Event, who: Person, *, error: str = "") -> HTMLResponse:
    services = state(request)
    return services["pages"].page(
        "moderate/answer_first.html",
        status=HTTPStatus.CONFLICT if error else HTTPStatus.OK,
        page="organise",
        scripts=["elements/fresh-list"],
        event=event,
        person={"name": who.name},
        base=f"/{event.slug}/moderate",
        error=error,
        **await listed(services, event),
    )


async def listed(services: State, event: Event) -> dict[str, Any]:
    now = services["now"]()
    bands = await services["ledgers"].answer(event.slug, bands_of, bands_of)
    found = await caseload(services["store"], event, now=now, bands=bands)
    times = [one.to_answer for one in found if one.to_answer is not None]
    waiting = [one for one in found if one.progress == "open"]
    return {
        "action": f"/{event.slug}/moderate/first",
        "answering": f"/{event.slug}/moderate/answers/",
        "concerns": [concern_view(one, event, now) for one in found[:MOST_SHOWN]],
        "more": max(0, len(found) - MOST_SHOWN),
        "open": len(waiting),
        "oldest": ago(moment(min(one.turn.case.since for one in waiting)), now) if waiting else "",
        "to_answer": span(timedelta(seconds=median(times))) if times else "",
        "answers": len(times),
    }


def bands_of(ledger: Ledger) -> Mapping[str, Band]:
    """Return whom others listen to at an event."""
    return {one.author: one.band for one in influences(ledger) if one.band != "low"}


def concern_view(one: Concern, event: Event, now: datetime) -> dict[str, Any]:
    shown = next(each for each in one.posts if each.standing.post.id == one.turn.case.post)
    author = shown.standing.post.author
    return {
        "person": one.person,
        "name": author.name or author.handle,
        "handle": author.handle,
        "followers": author.followers,
        "affiliation": affiliation(event.watch, author.handle),
        "network": title(shown.standing.post.source.kind),
        "post": post_view(shown, now),
        "others": [post_view(each, now) for each in one.posts if each is not shown],
        "state": one.course.state,
        "state_words": STATES.get(one.course.state, ""),
        "progress": one.progress,
        "progress_words": PROGRESS[one.progress],
        "points": one.turn.points,
        "reasons": [
            {"points": f"{each.points:+d}" if each.points else "", "words": each.words}
            for each in one.turn.reasons
        ],
        "owner": one.held.owner_name,
        "version": one.held.version,
        "private": event.back_channels and shown.standing.visible,
    }


def reason_view(reason: Reason) -> dict[str, Any]:
    return {"points": f"{reason.points:+d}".replace("-", "−") if reason.points else "", "words": reason.words}


def post_view(one: Noted, now: datetime) -> dict[str, Any]:
    post = one.standing.post
    return {
        "id": post.id,
        "words": " ".join(post.text.split()),
        "language": post.language,
        "ago": ago(post.created_at, now),
        "url": post.url,
        "answerable": one.standing.status in ANSWERABLE,
        "answered": len([each for each in one.replies if each.ours]),
    }


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


routes: Sequence[Route] = [
    Route("/{slug}/moderate/first", show),
    Route("/{slug}/moderate/first", change, methods=["POST"]),
    Route("/{slug}/moderate/first/list", show_list),
]
