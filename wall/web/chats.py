"""The chat as everybody follows it: what is asked now, when the next edition is, and a calendar of those to come."""

from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from wall.core.event import Event
from wall.core.figures import Figures
from wall.core.gathered import REST
from wall.web import editions, frames, language
from wall.web.addresses import address
from wall.web.chat_calendar import calendar, unplanned
from wall.web.chat_moment import Moment, moment_of, shown
from wall.web.chat_view import NEWEST, asked_views, chat_of, edition_view, post_views, when
from wall.web.follow import chosen_view
from wall.web.live import join_view, page_of, stream_ticket
from wall.web.nav import nav
from wall.web.participation import introduce
from wall.web.polls import BRIEFLY, after
from wall.web.shared_nav import ASKED
from wall.web.state import State, state
from wall.web.views import timestamp

VIEWS = ("json", *language.VIEWS)
RECENT = 4


async def show(request: Request) -> Response:
    """Show what is asked now, or when the next edition is."""
    event, chat = await chat_of(request)
    services, now = state(request), state(request)["now"]()
    moment = await moment_of(services["store"], event, now)
    planned = await services["store"].chats.all(event.slug)
    sums = await services["store"].chat_index.sums(event.slug)
    coming = unplanned(event, chat, planned, now=now, most=2)
    next_ = coming[0] if coming and (moment.edition is None or coming[0] < moment.edition.starts) else None
    head = await nav(request, event)
    tip = await services["store"].feeds.tip(event.slug, "public")
    answer = page_of(
        services,
        "live/chat.html",
        event=event,
        here="chat",
        nav=replace(head, announced=[one for one in head.announced if not one["id"].startswith(ASKED)]),
        join=await join_view(request, event),
        now_html=await now_context(services, event, moment, now),
        unplanned={"starts": timestamp(next_), "when": when(next_, event)} if next_ else None,
        recent=[editions.row(one, event, sums) for one in editions.over(planned, now)[:RECENT]],
        cursor=str(tip),
        follow_url=f"/{event.slug}/stream?ticket={await stream_ticket(services, event.slug)}",
    )
    await introduce(request, event, answer)
    answer.headers["cache-control"] = "no-store"
    return answer


async def show_json(request: Request) -> Response:
    """Tell what is asked now, the same to everybody; it may be kept for a second."""
    event, _chat = await chat_of(request)
    services = state(request)
    view = chosen_view(request.query_params.get("view"), VIEWS)

    async def make() -> str:
        now = services["now"]()
        moment = await moment_of(services["store"], event, now)
        if view == "json":
            return frames.dump(await moment_json(services, event, moment))
        with language.speaking(language.of_view(view)):
            context = await now_context(services, event, moment, now)
            parts = {
                part: f"<div>{services['pages'].render(f'live/_chat_{part}.html', event=event, chat=context)}</div>"
                for part in ("question", "answers")
            }
        on = moment.edition.number if moment.edition and moment.edition.opens <= now else None
        join = f"A{moment.standing.number}" if moment.standing else ""
        return frames.dump({"on": on, "join": join, "said": moment.said, **parts})

    body = await services["polls"].get(("chat", event.slug, view, after(request)), make)
    return Response(body, media_type="application/json", headers=BRIEFLY)


async def now_context(services: State, event: Event, moment: Moment, now: datetime) -> dict[str, Any]:
    """Return what the part of the page wants that follows the chat."""
    edition, stands = moment.edition, moment.standing
    if edition is None:
        return {"edition": None, "on": False, "question": None, "asked": [], "posts": [], "until": None}
    on = edition.opens <= now
    index = services["store"].chat_index
    figures = await index.figures(event.slug, edition.number) if on else Figures()
    under = stands.number if stands else REST
    ids = await index.ids(event.slug, edition.number, under, limit=NEWEST, newest=True) if on else []
    questions = asked_views(moment.asked, figures, event)
    return {
        "edition": edition_view(edition, event),
        "on": on,
        "begun": edition.starts <= now,
        "said": moment.said,
        "question": next((one for one in questions if stands and one["number"] == stands.number), None),
        "asked": [one for one in questions if not stands or one["number"] != stands.number],
        "posts": post_views(services, event, edition, await shown(services["store"], event, ids)),
        "until": timestamp(moment.until) if moment.until else None,
    }


async def moment_json(services: State, event: Event, moment: Moment) -> dict[str, Any]:
    edition, stands = moment.edition, moment.standing
    if edition is None:
        return {"edition": None, "question": None, "asked": []}
    counted = moment.asked and await services["store"].chat_index.figures(event.slug, edition.number)
    questions = asked_views(moment.asked, counted or Figures(), event)
    told = [{"number": one["number"], "text": one["text"], "answers": one["answers"]} for one in questions]
    return {
        "edition": {
            "number": edition.number,
            "topic": edition.topic,
            "starts": timestamp(edition.starts),
            "ends": timestamp(edition.ends),
            "hosts": [one.name for one in edition.hosts],
        },
        "question": stands.number if stands else None,
        "until": timestamp(moment.until) if moment.until else None,
        "asked": told,
    }


async def show_calendar(request: Request) -> Response:
    """Return the coming editions as a calendar."""
    event, chat = await chat_of(request)
    services = state(request)
    planned = await services["store"].chats.all(event.slug)
    url = address(request, f"/{event.slug}/chat")
    body = calendar(event, chat, planned, url=url, now=services["now"]())
    headers = {
        "cache-control": "public, max-age=300",
        "content-disposition": f'attachment; filename="{event.slug}-chat.ics"',
    }
    return Response(body, HTTPStatus.OK, media_type="text/calendar; charset=utf-8", headers=headers)


routes = [
    Route("/{slug}/chat", show),
    Route("/{slug}/chat.json", show_json),
    Route("/{slug}/chat.ics", show_calendar),
    *editions.routes,
]
