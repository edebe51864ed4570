"""The chat at the desk: editions are planned here, their questions asked by hand, and posts put elsewhere."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.edition import Edition, asked
from wall.core.event import Event
from wall.core.gathered import REST, Place
from wall.core.numbered import MOST_NUMBERS
from wall.core.people import Person
from wall.core.words import _
from wall.errors import ChangedMeanwhile, InvalidInput, NotFound
from wall.gathering import Gatherer
from wall.web import access
from wall.web.acts import entry
from wall.web.chat_moment import shown
from wall.web.chat_view import SAID, of_path, question_views, when
from wall.web.edition_form import edition_values, new_values, parse_edition, parse_number
from wall.web.form import Trouble, fields
from wall.web.state import State, state

LATER = (5, 10)
"""Minutes by which a question can be put off."""
LISTED = 30


async def show_all(request: Request) -> HTMLResponse:
    """Show the editions there are, and where one is planned."""
    event, who = await chat_of(request)
    return await list_page(request, event, who)


async def create(request: Request) -> Response:
    """Plan an edition; one form is one edition, however often it is sent."""
    event, who = await chat_of(request)
    services, values = state(request), await fields(request)
    try:
        number = parse_number(values)
        made = replace(parse_edition(values, event, await staff(services, event), number=number), by_name=who.name)
        told = entry(request, who, "chat", about=f"planned edition {number}, “{made.topic}”")
        await services["store"].chats.create(event.slug, made, now=services["now"](), entry=told)
    except InvalidInput as error:
        return await list_page(request, event, who, Trouble("edition", error, values))
    return back(event, number)


async def show(request: Request) -> HTMLResponse:
    """Show an edition as it is planned and led; ?under names the question whose newest posts are listed."""
    event, who = await chat_of(request)
    return await edition_page(request, event, who)


async def change(request: Request) -> Response:
    """Change what is planned."""
    event, who = await chat_of(request)
    services, values = state(request), await fields(request)
    number = of_path(request)
    try:
        after = replace(
            parse_edition(values, event, await staff(services, event), number=number), by_name=who.name
        )
        seen = values.get("version", "")
        if not seen.isascii() or not seen.isdigit():
            raise InvalidInput(_("This form is not whole; load the page again."))
        edit = partial(edited, after=after, seen=int(seen[:9]))
        await keep(request, event, who, number, edit, f"changed edition {number}")
    except (InvalidInput, ChangedMeanwhile) as error:
        wrong = error if isinstance(error, InvalidInput) else InvalidInput(error.message)
        return await edition_page(request, event, who, Trouble("edition", wrong, values))
    return back(event, number)


async def act(request: Request) -> Response:
    """Ask a question now, put it off, drop it or take it up again, or delete the edition."""
    event, who = await chat_of(request)
    values, number, now = await fields(request), of_path(request), state(request)["now"]()
    done, _sep, argument = values.get("do", "").partition(" ")
    which = question_number(values)
    match done:
        case "ask":
            change, did = partial(Edition.asking, number=which, now=now), f"asked Q{which} of edition {number}"
        case "later" if argument in map(str, LATER):
            change = partial(Edition.put_off, number=which, minutes=int(argument), now=now)
            did = f"put Q{which} of edition {number} off by {argument} minutes"
        case "drop":
            change = partial(Edition.dropping, number=which, dropped=True)
            did = f"dropped Q{which} of edition {number}"
        case "take-up":
            change = partial(Edition.dropping, number=which, dropped=False)
            did = f"took Q{which} of edition {number} up again"
        case "delete":
            await keep(request, event, who, number, lambda _: None, f"deleted edition {number}")
            return RedirectResponse(f"/{event.slug}/moderate/chat", HTTPStatus.SEE_OTHER)
        case _:
            raise InvalidInput(_("There is no such act."))
    await keep(request, event, who, number, change, did)
    return back(event, number, "#questions")


async def put(request: Request) -> Response:
    """Put a post under another question, or beside them all, or where it says itself."""
    event, who = await chat_of(request)
    services, values, number = state(request), await fields(request), of_path(request)
    post, to = values.get("post", "")[:40], values.get("to", "")
    if not post.isalnum() or not post.isascii():
        raise InvalidInput(_("This form is not whole; load the page again."))
    await services["store"].chats.get(event.slug, number)
    await services["store"].posts.get(event.slug, post)
    if to == "itself":
        place, words = None, "where it says itself"
    else:
        place = Place(number, REST if to == SAID else question_number({"question": to}))
        words = f"under Q{place.question}" if place.question else "beside the questions"
    told = entry(request, who, "chat", about=f"put it {words} of edition {number}", post=post)
    await services["store"].chats.put(event.slug, post, place, entry=told)
    await Gatherer(services["store"]).gather(event.slug)
    return back(event, number, f"?under={values.get('under', '')[:4]}#posts")


async def keep(request: Request, event: Event, who: Person, number: int, change: Any, did: str) -> None:
    """Change an edition as it stands, which says then that it changed."""

    def changed(before: Edition) -> Edition | None:
        after: Edition | None = change(before)
        return after if after is None or after == before else replace(after, version=before.version + 1)

    told = entry(request, who, "chat", about=did)
    services = state(request)
    await services["store"].chats.change(event.slug, number, changed, now=services["now"](), entry=told)


def edited(before: Edition, *, after: Edition, seen: int) -> Edition:
    return before.edited(replace(after, version=before.version), seen=seen)


async def chat_of(request: Request) -> tuple[Event, Person]:
    """Return the event and who asks; raises NotFound for an event that is no chat."""
    event, who = await access.staff(request, "moderator")
    if event.chat is None:
        raise NotFound(_("This event is no chat; its organiser can make it one in its settings."))
    return event, who


async def staff(services: State, event: Event) -> list[Person]:
    return [one for one in await services["store"].people.all() if one.may(event.slug, "speaker")]


def question_number(values: Mapping[str, str]) -> int:
    text = values.get("question", "")
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= MOST_NUMBERS:
        return 0
    return int(text)


def back(event: Event, number: int, place: str = "") -> Response:
    return RedirectResponse(f"/{event.slug}/moderate/chat/{number}{place}", HTTPStatus.SEE_OTHER)


async def list_page(request: Request, event: Event, who: Person, trouble: Trouble | None = None) -> HTMLResponse:
    services = state(request)
    assert event.chat is not None
    now = services["now"]()
    editions = await services["store"].chats.all(event.slug)
    sums = await services["store"].chat_index.sums(event.slug)
    rows = [
        {
            "number": one.number,
            "topic": one.topic,
            "when": when(one.starts, event),
            "questions": len(one.questions),
            "posts": sums.get(one.number, (0, 0))[0],
            "stands": "over" if one.ends <= now else "on" if one.opens <= now else "coming",
        }
        for one in sorted(editions, key=lambda one: one.starts, reverse=True)
    ]
    return services["pages"].page(
        "moderate/chat.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if trouble else HTTPStatus.OK,
        page="organise",
        event=event,
        person={"name": who.name},
        base=f"/{event.slug}/moderate",
        editions=rows,
        values=new_values(event.chat, event, editions, now),
        trouble=trouble,
    )


async def edition_page(
    request: Request, event: Event, who: Person, trouble: Trouble | None = None
) -> HTMLResponse:
    services = state(request)
    edition = await services["store"].chats.get(event.slug, of_path(request))
    now, index = services["now"](), services["store"].chat_index
    under = question_number({"question": request.query_params.get("under", "")})
    posts = await index.asked(event.slug, edition.number)
    questions = asked(edition, posts, now)
    figures = await index.figures(event.slug, edition.number)
    ids = await index.ids(event.slug, edition.number, under, limit=LISTED, newest=True)
    known = {one.number for one in edition.questions} | {one.number for one in questions}
    numbers = sorted(known | set(figures.answers))
    return services["pages"].page(
        "moderate/edition.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if trouble else HTTPStatus.OK,
        page="organise",
        event=event,
        person={"name": who.name},
        base=f"/{event.slug}/moderate",
        edition={
            "number": edition.number,
            "topic": edition.topic,
            "when": when(edition.starts, event),
            "url": f"/{event.slug}/chat/{edition.number}",
            "version": edition.version,
            "posts": figures.posts,
        },
        values=edition_values(edition, event),
        questions=question_views(edition, questions, figures, event),
        numbers=numbers,
        later=LATER,
        said=SAID,
        under=under,
        posts=[
            {
                "id": one.post.id,
                "author": one.post.author.name or one.post.author.handle,
                "words": " ".join(one.post.text.split())[:200],
            }
            for one in await shown(services["store"], event, ids)
        ],
        trouble=trouble,
    )


BASE = "/{slug}/moderate/chat"
routes = [
    Route(BASE, show_all),
    Route(BASE, create, methods=["POST"]),
    Route(f"{BASE}/{{number}}", show),
    Route(f"{BASE}/{{number}}", change, methods=["POST"]),
    Route(f"{BASE}/{{number}}/acts", act, methods=["POST"]),
    Route(f"{BASE}/{{number}}/places", put, methods=["POST"]),
]
