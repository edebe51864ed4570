"""The editions of a chat as everybody reads them: the list of all, and each question by question, with its figures."""

from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from wall.core.edition import Edition
from wall.core.event import Event
from wall.core.figures import Figures
from wall.core.gathered import REST
from wall.core.numbered import MOST_NUMBERS
from wall.core.words import _
from wall.errors import NotFound
from wall.web import sharing
from wall.web.chat_calendar import unplanned
from wall.web.chat_moment import questions_of, shown
from wall.web.chat_view import SAID, chat_of, edition_view, of_path, post_views, when
from wall.web.figures_view import figures_view
from wall.web.live import page_of
from wall.web.nav import nav
from wall.web.polls import BRIEFLY
from wall.web.state import State, state
from wall.web.stories import looked_at_again
from wall.web.views import timestamp

PAGE = 50
SECTION = 10
"""Answers to a question on the page of the whole edition; its own page and the transcript have them all."""
LISTED = 30


async def show_editions(request: Request) -> Response:
    """Show every edition, those to come and those that were."""
    event, chat = await chat_of(request)
    services, now = state(request), state(request)["now"]()
    editions = await services["store"].chats.all(event.slug)
    sums = await services["store"].chat_index.sums(event.slug)
    done = over(editions, now)
    start = place_of(request)
    coming = sorted((one for one in editions if one.ends > now), key=lambda one: one.starts)
    page = page_of(
        services,
        "live/editions.html",
        event=event,
        here="chat",
        nav=await nav(request, event),
        coming=[row(one, event, sums) for one in coming] if not start else [],
        unplanned=[
            {"starts": timestamp(one), "when": when(one, event)}
            for one in unplanned(event, chat, editions, now=now, most=3)
        ]
        if not start
        else [],
        editions=[row(one, event, sums) for one in done[start : start + LISTED]],
        done=len(done),
        older=start + LISTED if start + LISTED < len(done) else None,
    )
    return looked_at_again(request, page)


async def show_edition(request: Request) -> Response:
    """Show one edition question by question, each post as it stands now."""
    event, _chat = await chat_of(request)
    services = state(request)
    edition = await open_edition(services, event, of_path(request))
    figures = await services["store"].chat_index.figures(event.slug, edition.number)
    page = page_of(
        services,
        "live/edition.html",
        event=event,
        here="chat",
        nav=await nav(request, event),
        edition=edition_view(edition, event),
        sections=await sections_of(services, event, edition, figures),
        figures=await figures_view(services, event, figures),
        shared=sharing.of_edition(request, event, edition),
    )
    return looked_at_again(request, page)


async def show_part(request: Request) -> Response:
    """Show all answers to one question, or all that was also said, page by page."""
    event, _chat = await chat_of(request)
    services = state(request)
    edition = await open_edition(services, event, of_path(request))
    number, start = part_of(request), place_of(request)
    questions = {
        one.number: one for one in await questions_of(services["store"], event, edition, services["now"]())
    }
    size = (await services["store"].chat_index.sizes(event.slug, edition.number, [number]))[number]
    if number != REST and number not in questions and not size:
        raise NotFound(_("There is nothing under this number in this edition."))
    ids = await services["store"].chat_index.ids(event.slug, edition.number, number, start=start, limit=PAGE)
    question = questions.get(number)
    page = page_of(
        services,
        "live/edition_part.html",
        event=event,
        here="chat",
        nav=await nav(request, event),
        edition=edition_view(edition, event),
        number=number,
        text=question.text if question else "",
        size=size,
        posts=post_views(services, event, edition, await shown(services["store"], event, ids)),
        newer=max(0, start - PAGE) if start else None,
        older=start + PAGE if start + PAGE < size else None,
    )
    return looked_at_again(request, page)


async def sections_of(services: State, event: Event, edition: Edition, figures: Figures) -> list[dict[str, Any]]:
    """Return an edition as sections: each question with the first answers, and then what was also said.

    Costs the same however many editions there are. A question that is still to come has no section, unless somebody
    answered its number; its words are in none.
    """
    index = services["store"].chat_index
    questions = {
        one.number: one for one in await questions_of(services["store"], event, edition, services["now"]())
    }
    numbers = [*sorted(questions.keys() | figures.answers.keys()), REST]
    sizes = await index.sizes(event.slug, edition.number, numbers)
    sections = []
    for number in numbers:
        question = questions.get(number)
        ids = await index.ids(event.slug, edition.number, number, limit=SECTION)
        asking = [question.post] if question and question.post else []
        sections.append(
            {
                "number": number,
                "text": question.text if question else "",
                "asked": question is not None,
                "total": sizes[number],
                "asking": post_views(services, event, edition, await shown(services["store"], event, asking)),
                "posts": post_views(services, event, edition, await shown(services["store"], event, ids)),
                "more": sizes[number] > len(ids),
                "url": f"/{event.slug}/chat/{edition.number}/{number or SAID}",
            }
        )
    return sections


async def show_figures(request: Request) -> Response:
    """Tell the figures of an edition to programs, the same to everybody."""
    event, _chat = await chat_of(request)
    services = state(request)
    edition = await open_edition(services, event, of_path(request))
    view = await figures_view(
        services, event, await services["store"].chat_index.figures(event.slug, edition.number)
    )
    body = {name: view[name] for name in ("posts", "people", "new", "by_hosts", "top_share", "top", "placed")}
    body["minutes"] = [{"from": one["first"], "to": one["last"], "posts": one["posts"]} for one in view["bars"]]
    body["continents"] = [{"name": one["name"], "people": one["people"]} for one in view["continents"]]
    return JSONResponse(body, headers=BRIEFLY)


async def open_edition(services: State, event: Event, number: int) -> Edition:
    return await services["store"].chats.get(event.slug, number)


def over(editions: list[Edition], now: datetime) -> list[Edition]:
    """Return the editions that have ended, the newest first."""
    return sorted(
        (one for one in editions if one.ends <= now), key=lambda one: (one.starts, one.number), reverse=True
    )


def row(edition: Edition, event: Event, sums: dict[int, tuple[int, int]]) -> dict[str, Any]:
    posts, people = sums.get(edition.number, (0, 0))
    return {**edition_view(edition, event), "posts": posts, "people": people}


def place_of(request: Request) -> int:
    text = request.query_params.get("from", "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def part_of(request: Request) -> int:
    text = request.path_params["part"]
    if text == SAID:
        return REST
    if not text.isascii() or not text.isdigit() or len(text) > 2 or not 1 <= int(text) <= MOST_NUMBERS:
        raise NotFound(_("There is nothing under this number in this edition."))
    return int(text)


routes = [
    Route("/{slug}/chat/editions", show_editions),
    Route("/{slug}/chat/{number}", show_edition),
    Route("/{slug}/chat/{number}/figures.json", show_figures),
    Route("/{slug}/chat/{number}/{part}", show_part),
]
