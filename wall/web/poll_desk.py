"""The desk's page of polls: written, opened and closed here, with results that only the staff may see before."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import Any, get_args

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.event import Event
from wall.core.people import Person
from wall.core.poll import KINDS, POINTS, Poll, checked, duplicate, edited, moved, unveiled
from wall.core.poll_results import Counted, WordState, ranked, results, suspicion
from wall.core.words import _
from wall.errors import ChangedMeanwhile, InvalidInput
from wall.store.polls import Change
from wall.web import access
from wall.web.acts import entry
from wall.web.form import MOST_FIELDS, Trouble, fields
from wall.web.live import stream_ticket
from wall.web.poll_form import form_values, parse_poll
from wall.web.poll_view import results_view
from wall.web.state import state

ID_LENGTH = 8
MOST_WORDS_LISTED = 200
WORDS_ACTS: dict[str, WordState] = {"show": "shown", "strike": "struck"}
DONE = {"open": "opened", "close": "closed", "hide": "hid the results of", "show": "showed the results of"}
STANDS = {"draft": _("Draft"), "open": _("Open"), "closed": _("Closed")}


async def show(request: Request) -> HTMLResponse:
    """Show all polls of an event, and where one is written; with ?part only what may have changed."""
    event, who = await access.staff(request, "moderator")
    return await page(request, event, who)


async def create(request: Request) -> Response:
    """Keep a new draft; one form is one poll, however often it is sent."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    values = await fields(request)
    id, now = values.get("id", ""), services["now"]()
    try:
        if len(id) != ID_LENGTH or not id.isascii() or not id.isalnum():
            raise InvalidInput(_("This form is not whole; load the page again."))
        poll = checked(parse_poll(values, id=id, now=now))
        told = entry(request, who, "poll", about=f"wrote “{poll.question}”")
        await services["store"].polls.add(event.slug, replace(poll, version=1), now=now, entry=told)
    except InvalidInput as error:
        return await page(request, event, who, trouble=Trouble("poll", error, values))
    return back(event, id)


async def change(request: Request) -> Response:
    """Write a draft anew."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    values, id = await fields(request), request.path_params["poll"]
    try:
        seen = int(values.get("version", "")[:9])
    except ValueError as error:
        raise InvalidInput(_("This form is not whole; load the page again.")) from error
    try:
        poll = parse_poll(values, id=id, now=services["now"]())
        await keep(request, event, who, id, partial(edited, after=poll, seen=seen), "changed")
    except (InvalidInput, ChangedMeanwhile) as error:
        wrong = error if isinstance(error, InvalidInput) else InvalidInput(error.message)
        return await page(request, event, who, trouble=Trouble(f"poll-{id}", wrong, values))
    return back(event, id)


async def act(request: Request) -> Response:
    """Open or close a poll, hide or show its results, duplicate or delete it; what is done already is as good."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    done, id, now = (await fields(request)).get("do", ""), request.path_params["poll"], services["now"]()
    polls = services["store"].polls
    changes: dict[str, Change] = {
        "open": partial(moved, status="open", now=now),
        "close": partial(moved, status="closed", now=now),
        "hide": partial(unveiled, hidden=True),
        "show": partial(unveiled, hidden=False),
    }
    if done in changes:
        await keep(request, event, who, id, changes[done], DONE[done])
    elif done == "copy":
        poll = duplicate(await polls.get(event.slug, id), id=secrets.token_hex(ID_LENGTH // 2), now=now)
        told = entry(request, who, "poll", about=f"duplicated “{poll.question}”")
        await polls.add(event.slug, poll, now=now, entry=told)
        return back(event, poll.id)
    elif done == "delete":
        poll = await polls.get(event.slug, id)
        told = entry(request, who, "poll", about=f"deleted “{poll.question}”")
        await polls.delete(event.slug, id, now=now, entry=told)
        return back(event)
    else:
        raise InvalidInput(_("This form is not whole; load the page again."))
    return back(event, id)


async def set_words(request: Request) -> Response:
    """Show words that wait, or strike some from every screen at once."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    values = await request.form(max_files=0, max_fields=MOST_FIELDS + MOST_WORDS_LISTED)
    words = [value for name, value in values.multi_items() if name == "word" and isinstance(value, str)]
    done = WORDS_ACTS.get(str(values.get("do", "")))
    if done is None or not words:
        raise InvalidInput(_("Choose a word first."))
    id = request.path_params["poll"]
    poll = await services["store"].polls.get(event.slug, id)
    did = "showed" if done == "shown" else "struck"
    many = "a word" if len(words) == 1 else f"{len(words)} words"
    told = entry(request, who, "poll", about=f"{did} {many} of “{poll.question}”")
    await services["store"].polls.set_words(event.slug, id, words, done, now=services["now"](), entry=told)
    return back(event, id)


async def keep(request: Request, event: Event, who: Person, id: str, change: Change, did: str) -> None:
    services = state(request)
    question = (await services["store"].polls.get(event.slug, id)).question
    told = entry(request, who, "poll", about=f"{did} “{question}”")
    await services["store"].polls.change(event.slug, id, change, now=services["now"](), entry=told)


def back(event: Event, id: str = "") -> Response:
    place = f"#poll-{id}" if id else ""
    return RedirectResponse(f"/{event.slug}/moderate/polls{place}", HTTPStatus.SEE_OTHER)


async def page(request: Request, event: Event, who: Person, *, trouble: Trouble | None = None) -> HTMLResponse:
    services = state(request)
    tip = await services["store"].feeds.tip(event.slug, "public")  # before the polls: what comes later is heard
    polls = await services["store"].polls.all(event.slug)
    counted = await services["store"].polls.counted(event.slug, [poll.id for poll in polls])
    part = "part" in request.query_params
    return services["pages"].page(
        "moderate/_polls.html" if part else "moderate/polls.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if trouble else HTTPStatus.OK,
        page="organise",
        event=event,
        person={"name": who.name},
        base=f"/{event.slug}/moderate",
        kinds=KINDS,
        points=POINTS,
        new={"id": new_id(trouble), "values": form_values(None)},
        polls=[desk_view(poll, counted[poll.id]) for poll in polls],
        cursor=str(tip),
        follow_url=f"/{event.slug}/stream?ticket={await stream_ticket(services, event.slug)}",
        trouble=trouble,
        lost=lost(polls, trouble),
    )


def lost(polls: Sequence[Poll], trouble: Trouble | None) -> str:
    """Return what went wrong with a form that is no longer on the page."""
    forms = {"poll", *(f"poll-{poll.id}" for poll in polls if poll.status == "draft")}
    return trouble.error.message if trouble and trouble.form not in forms else ""


def new_id(trouble: Trouble | None) -> str:
    typed = trouble.values.get("id", "") if trouble and trouble.form == "poll" else ""
    return typed if len(typed) == ID_LENGTH and typed.isalnum() else secrets.token_hex(ID_LENGTH // 2)


def desk_view(poll: Poll, counted: Counted) -> dict[str, Any]:
    """Return a poll as the staff sees it: its results always, every word, and what looks stuffed."""
    return {
        "id": poll.id,
        "question": poll.question,
        "kind": KINDS[poll.kind],
        "status": poll.status,
        "stands": STANDS[poll.status],
        "hidden": poll.hidden,
        "version": poll.version,
        "voters": counted.voters,
        "results": results_view(poll, results(poll, counted)) if poll.status != "draft" else None,
        "words": {name: words(counted, name) for name in get_args(WordState)} if poll.kind == "words" else {},
        "suspicion": suspicion(counted),
        "values": form_values(poll),
    }


def words(counted: Counted, state: WordState) -> list[Mapping[str, Any]]:
    said = {folded: word.said for folded, word in counted.words.items() if word.state == state}
    rows = ranked(said, counted, most=MOST_WORDS_LISTED)
    return [{"choice": row.choice, "label": row.label, "number": row.number} for row in rows]


BASE = "/{slug}/moderate/polls"
routes = [
    Route(BASE, show),
    Route(BASE, create, methods=["POST"]),
    Route(f"{BASE}/{{poll}}", change, methods=["POST"]),
    Route(f"{BASE}/{{poll}}/acts", act, methods=["POST"]),
    Route(f"{BASE}/{{poll}}/words", set_words, methods=["POST"]),
]
