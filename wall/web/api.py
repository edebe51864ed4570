"""What programs ask: posts sent in by webhook, the health of this process, and the websockets."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute

from wall.core.event import Event
from wall.core.source import SourceSettings
from wall.errors import NotAllowed, NotFound, StoreUnavailable
from wall.sources import webhook
from wall.sources.base import Delete, SourceEvent, Upsert
from wall.web import access
from wall.web.state import State, state
from wall.web.stream import (
    desk_stream,
    embed_stream,
    overlay_stream,
    public_stream,
    screen_stream,
    stage_stream,
)

DELIVERY_SECONDS = 900


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
    """Tell whether Redis takes a write, gives it back, the hub is caught up, and we are not about to leave."""
    services = state(request)
    if services["drain"].begun:
        return PlainTextResponse("This process is leaving.\n", 503)
    try:
        mark = secrets.token_hex(8)
        await services["store"].database.command("SET", f"wall:{{ready}}:{mark}", mark, "EX", 5)
        kept = await services["store"].database.command("GETDEL", f"wall:{{ready}}:{mark}")
    except StoreUnavailable as error:
        return PlainTextResponse(f"{error.message}\n", 503)
    if kept != mark.encode() or not services["hub"].caught_up:
        return PlainTextResponse("The hub is still catching up.\n", 503)
    return PlainTextResponse("ready\n")


routes = [
    Route("/healthz", alive),
    Route("/readyz", ready),
    Route("/{slug}/posts", receive_posts, methods=["POST"]),
    WebSocketRoute("/{slug}/stream", public_stream),
    WebSocketRoute("/{slug}/screen/stream", screen_stream),
    WebSocketRoute("/{slug}/overlay/stream", overlay_stream),
    WebSocketRoute("/{slug}/stage/stream", stage_stream),
    WebSocketRoute("/{slug}/embed/{token}/stream", embed_stream),
    WebSocketRoute("/{slug}/moderate/stream", desk_stream),
]
