"""The pages of private threads: mine, and one of them with all that can be done in it. They work without JavaScript."""

from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from wall.assets import folder
from wall.core.back_channel import LONGEST
from wall.core.barring import BARRED
from wall.core.event import Event
from wall.core.push import padless, public_bytes
from wall.errors import InvalidInput
from wall.store.back_channels import Listed, Read
from wall.web import access
from wall.web.back_channels.views import about, listed_view, stamp, thread_view
from wall.web.back_channels.who import Self, entered, event_of, selves
from wall.web.nav import nav
from wall.web.participation import introduce
from wall.web.state import State, state

FRESH = {"cache-control": "no-store"}


async def show_mine(request: Request) -> Response:
    """Show somebody the threads they are in, and those they are asked into."""
    event = await event_of(request)
    services = state(request)
    me = await selves(request, event)
    rows = [row for one in me for row in await rows_of(services, event, one)]
    key = padless(public_bytes(await services["store"].pushes.key())) if rows else ""
    answer = services["pages"].page(
        "back-channels/mine.html",
        event=event,
        nav=await nav(request, event),
        requests=[row for row in rows if row["asked"]],
        threads=[row for row in rows if not row["asked"]],
        barred=bool(await services["store"].barrings.among(event.slug, [one.id for one in me])) and BARRED,
        unread=sum(row["unread"] > 0 for row in rows) + sum(row["asked"] for row in rows),
        push_key=key,
    )
    await introduce(request, event, answer)
    return answer


async def rows_of(services: State, event: Event, me: Self) -> list[dict[str, Any]]:
    listed = await wanted(services, event, me.id)
    posts = await about(services, event, [one.thread.post_id for one in listed])
    now = services["now"]()
    rows = [listed_view(event, one, me.id, post, now) for one, post in zip(listed, posts, strict=True)]
    first = [await opening(services, event, row) for row in rows]
    return [{**row, "opening": words} for row, words in zip(rows, first, strict=True)]


async def wanted(services: State, event: Event, me: str) -> list[Listed]:
    """Return somebody's threads without questions of those whom they do not want to hear from, or who are barred."""
    channels = services["store"].back_channels
    listed = await channels.of(event.slug, me)
    asking = [one.thread.starter for one in listed if not one.thread.member(me)]
    barred = await services["store"].barrings.among(event.slug, asking)
    return [
        one
        for one in listed
        if one.thread.member(me)
        or not (one.thread.starter in barred or await channels.blocked(event.slug, me, one.thread.starter))
    ]


async def opening(services: State, event: Event, row: dict[str, Any]) -> str:
    """Return the words with which the team asks somebody; nobody else's reach those who have not agreed to talk."""
    if not (row["asked"] and row["by_team"]):
        return ""
    read = await services["store"].back_channels.read(event.slug, row["id"])
    return next((one.text for one in read.messages if one.kind == "said"), "")


async def show_unread(request: Request) -> Response:
    """Tell a page how many of somebody's threads have something new."""
    event = await event_of(request)
    services = state(request)
    new = 0
    for me in await selves(request, event):
        for one in await wanted(services, event, me.id):
            member = one.thread.member(me.id)
            new += member is None or one.thread.last > max(one.seen, member.since)
    return JSONResponse({"unread": new}, headers=FRESH)


async def show_thread(request: Request) -> Response:
    """Show a thread to one who is in it."""
    event = await event_of(request)
    read, me = await entered(request, event)
    return await thread_page(request, event, read, me)


async def show_news(request: Request) -> Response:
    """Answer with what is said, if the thread is not at the version that the page has; else with nothing."""
    event = await event_of(request)
    services = state(request)
    read, me = await entered(request, event, with_messages=False)
    members = [one.id for one in read.thread.members]
    silent = await services["store"].barrings.among(event.slug, members)
    if request.query_params.get("version") == stamp(read, silent):
        return Response(status_code=HTTPStatus.NO_CONTENT, headers=FRESH)
    read, me = await entered(request, event)
    thread = await shown(services, event, read, me)
    return HTMLResponse(
        services["pages"].render("back-channels/_said.html", event=event, thread=thread), headers=FRESH
    )


async def thread_page(
    request: Request,
    event: Event,
    read: Read,
    me: str,
    *,
    error: InvalidInput | None = None,
    text: str = "",
    link: dict[str, str] | None = None,
) -> HTMLResponse:
    """Return the page of a thread; with `error`, what was typed stands in it, with `link`, one that is told once."""
    services = state(request)
    return services["pages"].page(
        "back-channels/thread.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
        event=event,
        nav=await nav(request, event),
        thread=await shown(services, event, read, me),
        error=error.message if error else None,
        text=text,
        link=link,
        limit=LONGEST,
    )


async def shown(services: State, event: Event, read: Read, me: str) -> dict[str, Any]:
    """Return a thread for its page, and note that all of it is seen by that."""
    await services["store"].back_channels.list_for(event.slug, me, read.thread.id, seen=read.thread.last)
    return await thread_view(services, event, read, me)


async def worker(request: Request) -> Response:
    """Return the service worker, which tells of something new and keeps nothing."""
    event = await access.event(request, "viewer")
    path = folder("static") / "js" / "workers" / "back-channels.js"
    headers = {"cache-control": "no-cache", "service-worker-allowed": f"/{event.slug}/back-channels"}
    return FileResponse(path, media_type="text/javascript", headers=headers)


routes = [
    Route("/{slug}/back-channels", show_mine),
    Route("/{slug}/back-channels/worker.js", worker),
    Route("/{slug}/back-channels/unread", show_unread),
    Route("/{slug}/back-channels/{thread}", show_thread),
    Route("/{slug}/back-channels/{thread}/news", show_news),
]
