"""What programs ask: posts sent in by webhook, the health of this process, and the websockets."""

import asyncio
import logging
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute

from wall.accept import Taken
from wall.core.event import Event
from wall.core.source import SourceSettings
from wall.errors import NotAllowed, NotFound, StoreUnavailable
from wall.sources.base import Delete, Delivery, Received, ReceivingSource, SetAside, Upsert
from wall.sources.registry import receiving
from wall.store.fares import Happened
from wall.web import access
from wall.web.addresses import address
from wall.web.state import State, state
from wall.web.stream import (
    desk_stream,
    embed_stream,
    overlay_stream,
    public_stream,
    screen_stream,
    stage_stream,
)

log = logging.getLogger(__name__)

DELIVERY_SECONDS = 900
READY_SECONDS = 0.8  # so that who asks every second hears the truth every second


async def receive_posts(request: Request) -> Response:
    """Take in posts that one of the event's sources is sent, signed; each kind has its own dialect at its own door."""
    event = await access.named(request)
    store, now = state(request)["store"], state(request)["now"]()
    dialect = request.path_params.get("dialect")
    kinds = receiving(f"posts/{dialect}" if dialect else "posts")
    sources = [one for one in await store.sources.all(event.slug) if one.kind in kinds]
    if not sources:
        raise NotFound(f"This event takes no posts by webhook{f' at “{dialect}”' if dialect else ''}.")
    settings, received = sender(sources, kinds, event, await delivery(request), now)
    await take_in(state(request), event.slug, settings, received, now)
    if answer := received.answer:
        return Response(answer.body, media_type=answer.media_type)
    ids = [one.post.id for one in received.events if isinstance(one, Upsert)]
    return JSONResponse({"ids": ids}, HTTPStatus.ACCEPTED)


async def delivery(request: Request) -> Delivery:
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return Delivery(url=address(request, path), headers=request.headers, body=await request.body())


def sender(
    sources: Sequence[SourceSettings],
    kinds: Mapping[str, type[ReceivingSource]],
    event: Event,
    delivery: Delivery,
    now: datetime,
) -> tuple[SourceSettings, Received]:
    """Return which of the event's sources a delivery is signed for, and what it holds."""
    refusal = NotAllowed("Nobody signed this.")
    for settings in sources:
        try:
            return settings, kinds[settings.kind].receive(settings, event, delivery, now)
        except NotAllowed as error:
            refusal = error
    raise refusal


async def take_in(services: State, slug: str, settings: SourceSettings, received: Received, now: datetime) -> None:
    """Take in what a delivery holds, unless it was taken in before."""
    if not received.id:
        return
    sources = services["store"].sources
    taken: list[Taken] = []
    deletes = 0
    if not await sources.was_delivered(slug, settings.id, received.id):
        for one in received.events:
            if isinstance(one, Upsert):
                taken.append(await services["acceptor"].accept(slug, [one.post], source_id=settings.id))
            elif isinstance(one, Delete):
                deletes += await services["acceptor"].withdraw(slug, one)
    # Noted once it is taken in: a sender who was told to try again must find the door open.
    if await sources.first_delivery(slug, settings.id, received.id, seconds=DELIVERY_SECONDS):
        happened = Happened(
            now=now,
            kind=settings.kind,
            state="healthy",
            detail="Taking posts in.",
            reasons=[one.reason for one in received.events if isinstance(one, SetAside)],
            posts=sum(len(one.new) for one in taken),
            edits=sum(len(one.edited) for one in taken),
            deletes=deletes,
        )
        await sources.note(slug, settings.id, happened)


async def alive(request: Request) -> Response:
    """Say that this process is alive."""
    return PlainTextResponse("alive\n")


async def ready(request: Request) -> Response:
    """Tell whether Redis takes a write, gives it back, the hub is caught up, and we are not about to leave."""
    services = state(request)
    if services["drain"].begun:
        return PlainTextResponse("This process is leaving.\n", 503)
    try:
        mark = secrets.token_hex(8)
        async with asyncio.timeout(READY_SECONDS):
            await services["store"].database.command("SET", f"wall:{{ready}}:{mark}", mark, "EX", 5)
            kept = await services["store"].database.command("GETDEL", f"wall:{{ready}}:{mark}")
    except TimeoutError:
        return PlainTextResponse(f"Redis does not answer within {READY_SECONDS:g} seconds.\n", 503)
    except StoreUnavailable as error:
        log.warning("Not ready: %s", error.message)  # where Redis is, anybody who asks here need not know
        return PlainTextResponse("Redis does not answer as it should; the log says how.\n", 503)
    if kept != mark.encode() or not services["hub"].caught_up:
        return PlainTextResponse("The hub is still catching up.\n", 503)
    return PlainTextResponse("ready\n")


async def reached(request: Request) -> Response:
    """Tell callers how they reached the wall, which shows whether what is in between tells it the truth."""
    told = request.headers.get("x-forwarded-for", "")
    body = {
        "address": request.client.host if request.client else "",
        "scheme": request.url.scheme,
        "forwarded_for": [one.strip() for one in told.split(",") if one.strip()],
    }
    return JSONResponse(body, headers={"cache-control": "no-store"})


routes = [
    Route("/healthz", alive),
    Route("/healthz/reached", reached),
    Route("/readyz", ready),
    Route("/{slug}/posts", receive_posts, methods=["POST"]),
    Route("/{slug}/posts/{dialect}", receive_posts, methods=["POST"]),
    WebSocketRoute("/{slug}/stream", public_stream),
    WebSocketRoute("/{slug}/screen/stream", screen_stream),
    WebSocketRoute("/{slug}/overlay/stream", overlay_stream),
    WebSocketRoute("/{slug}/stage/stream", stage_stream),
    WebSocketRoute("/{slug}/embed/{token}/stream", embed_stream),
    WebSocketRoute("/{slug}/moderate/stream", desk_stream),
]
