"""What programs ask: the feed as JSON, posts sent in by webhook, and the health of this process."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute

from wall.core.event import Event
from wall.core.feed import Cursor
from wall.core.source import SourceSettings
from wall.errors import NotAllowed, NotFound, StoreUnavailable
from wall.sources import webhook
from wall.sources.base import Delete, SourceEvent, Upsert
from wall.web import access, frames
from wall.web.state import State, state
from wall.web.stream import chosen_view, desk_stream, public_stream, screen_stream
from wall.web.views import post_json

SNAPSHOT_POSTS = 40
DELIVERY_SECONDS = 900


async def feed(request: Request) -> Response:
    """Return the wall as it is, or with ?cursor what came after; 410 when that can no longer be told one by one."""
    event = await access.event(request, "viewer")
    services = state(request)
    view = chosen_view(request.query_params.get("view"), frames.PUBLIC_VIEWS)
    if "cursor" in request.query_params:
        return await updates(services, event.slug, view, request.query_params["cursor"])
    snapshot = await services["hub"].snapshot(event.slug, "public", limit=SNAPSHOT_POSTS)
    posts = [
        post_json(event.slug, one) if view == "json" else frames.post_html(event.slug, one, services["pages"])
        for one in snapshot.standings
    ]
    pinned = [standing.post.id for standing in snapshot.standings if standing.pinned]
    body = {"cursor": str(snapshot.cursor), "posts": posts, "pinned": pinned, "screen": {"theme": event.theme}}
    return json(frames.dump(body))


async def updates(services: State, slug: str, view: str, text: str) -> Response:
    cursor = Cursor.parse(text)
    answer = await services["hub"].updates(slug, "public", view, cursor) if cursor else None
    if answer is None:
        return JSONResponse(
            {"error": {"code": "gone", "message": "That history is gone; fetch the feed without a cursor."}},
            HTTPStatus.GONE,
        )
    reached, encoded = answer
    return json(f'{{"cursor":"{reached}","updates":[{",".join(encoded)}]}}')


async def receive_posts(request: Request) -> Response:
    """Take in posts signed by one of the event's webhook sources; answers 202 with their ids."""
    event = await access.event(request, "viewer")
    services = state(request)
    body = await request.body()
    sources = [one for one in await services["store"].sources.all(event.slug) if one.kind == "webhook"]
    if not sources:
        raise NotFound(f"{event.title} takes no posts by webhook.")
    now = services["now"]()
    settings, delivery, events = sender(sources, event, request, body, now)
    store = services["store"]
    if not await store.sources.was_delivered(event.slug, settings.id, delivery):
        await take_in(services, event.slug, settings.id, events)
    ids = [one.post.id for one in events if isinstance(one, Upsert)]
    # Noted once it is taken in: a sender who was told to try again must find the door open.
    if await store.sources.first_delivery(event.slug, settings.id, delivery, seconds=DELIVERY_SECONDS):
        await store.sources.note(
            event.slug, settings.id, state="healthy", detail="Taking posts in.", posts=len(ids), now=now
        )
    return JSONResponse({"ids": ids}, HTTPStatus.ACCEPTED)


async def take_in(services: State, slug: str, source_id: str, events: Sequence[SourceEvent]) -> None:
    for one in events:
        if isinstance(one, Upsert):
            await services["acceptor"].accept(slug, [one.post], source_id=source_id)
        elif isinstance(one, Delete):
            await services["acceptor"].withdraw(slug, one)


def sender(
    sources: Sequence[SourceSettings], event: Event, request: Request, body: bytes, now: datetime
) -> tuple[SourceSettings, str, list[SourceEvent]]:
    """Return which of the event's webhooks signed a request, the delivery's id, and what was sent."""
    refusal = NotAllowed("Nobody signed this.")
    for settings in sources:
        try:
            return settings, *webhook.receive(settings, event, request.headers, body, now)
        except NotAllowed as error:
            refusal = error
    raise refusal


async def alive(request: Request) -> Response:
    return PlainTextResponse("alive\n")


async def ready(request: Request) -> Response:
    """Tell whether Redis takes a write, gives it back, and the hub is caught up."""
    services = state(request)
    try:
        mark = secrets.token_hex(8)
        await services["store"].database.command("SET", f"wall:{{ready}}:{mark}", mark, "EX", 5)
        kept = await services["store"].database.command("GETDEL", f"wall:{{ready}}:{mark}")
    except StoreUnavailable as error:
        return PlainTextResponse(f"{error.message}\n", 503)
    if kept != mark.encode() or not services["hub"].caught_up:
        return PlainTextResponse("The hub is still catching up.\n", 503)
    return PlainTextResponse("ready\n")


def json(body: str) -> Response:
    return Response(body, media_type="application/json", headers={"cache-control": "no-store"})


routes = [
    Route("/healthz", alive),
    Route("/readyz", ready),
    Route("/{slug}/feed", feed),
    Route("/{slug}/posts", receive_posts, methods=["POST"]),
    WebSocketRoute("/{slug}/stream", public_stream),
    WebSocketRoute("/{slug}/screen/stream", screen_stream),
    WebSocketRoute("/{slug}/moderate/stream", desk_stream),
]
