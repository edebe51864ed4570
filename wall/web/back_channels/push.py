"""Where a browser says that it wants to be told of something new in private threads, or no longer."""

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from wall.core.push import push_address
from wall.core.words import _
from wall.errors import InvalidInput, NotTakingPart
from wall.web import body, language
from wall.web.back_channels.who import event_of, selves
from wall.web.state import state


class Asked(msgspec.Struct):
    """What a browser says of itself, as the Push API gives it."""

    endpoint: str
    keys: dict[str, str] = {}


async def subscribe(request: Request) -> Response:
    """Keep where whoever asks wants to be told of something new."""
    event = await event_of(request)
    asked = await body.read(request, Asked)
    keys = asked.keys.get("p256dh", ""), asked.keys.get("auth", "")
    address = push_address(asked.endpoint, *keys, language=language.current())
    services = state(request)
    if not address.endpoint.startswith("https://") and not services["config"].private_addresses:
        raise InvalidInput(_("This is no address of a push service."))
    store = services["store"]
    me = [one.id for one in await selves(request, event) if await store.back_channels.count_of(event.slug, one.id)]
    if not me:
        raise NotTakingPart(_("You are in no private thread, so there is nothing to tell you of."))
    for one in me:
        await store.pushes.add(event.slug, one, address)
    return Response(status_code=204)


async def unsubscribe(request: Request) -> Response:
    """Tell a browser nothing any more."""
    event = await event_of(request)
    asked = await body.read(request, Asked)
    for one in await selves(request, event):
        await state(request)["store"].pushes.remove(event.slug, one.id, asked.endpoint)
    return Response(status_code=204)


routes = [
    Route("/{slug}/back-channels/push", subscribe, methods=["POST"]),
    Route("/{slug}/back-channels/push/removal", unsubscribe, methods=["POST"]),
]
