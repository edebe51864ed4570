"""Where hubs of WebSub ask us back, and tell that a feed has something new. They are nobody's browser."""

from datetime import timedelta
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from wall.errors import NotFound
from wall.store.fares import Happened
from wall.web import access
from wall.web.state import state

LONGEST_CHALLENGE = 1000  # characters
LONGEST_NUMBER = 9  # digits
USUAL_LEASE = timedelta(days=1)  # of a hub that does not say


async def asked_back(request: Request) -> Response:
    """Answer a hub that asks whether we meant to subscribe: yes, to what we asked for; or tells us that it will not."""
    event = await access.named(request)
    subscriptions, source_id = state(request)["store"].subscriptions, request.path_params["source"]
    found = await subscriptions.get(event.slug, source_id, request.path_params["token"])
    asked = request.query_params
    if found is None or asked.get("hub.topic") != found.topic:
        raise NotFound("Nobody here subscribed to this.")
    if asked.get("hub.mode") == "denied":
        await subscriptions.forget(event.slug, source_id, found.token)
        return PlainTextResponse("Polling, then.\n")
    challenge = asked.get("hub.challenge", "")
    if asked.get("hub.mode") != "subscribe" or not 0 < len(challenge) <= LONGEST_CHALLENGE:
        raise NotFound("Nobody here wants this.")
    confirmed = found.confirmed(lease(asked.get("hub.lease_seconds", "")), state(request)["now"]())
    await subscriptions.save(event.slug, source_id, confirmed)
    return PlainTextResponse(challenge)


async def told(request: Request) -> Response:
    """Have a feed read at once because its hub says so. What it sends along is looked at for its signature only.

    A hub is thanked for a wrong signature, too: who guesses must not learn from the answer.
    """
    event = await access.named(request)
    store, source_id = state(request)["store"], request.path_params["source"]
    found = await store.subscriptions.get(event.slug, source_id, request.path_params["token"])
    if found is None and event.hidden:
        raise NotFound("Nobody here subscribed to this.")
    if found is None:
        return PlainTextResponse("Nobody here subscribes to this any more.\n", HTTPStatus.GONE)
    if found.signed(request.headers.get("x-hub-signature", ""), await request.body()):
        await store.subscriptions.ring(event.slug, source_id)
    else:
        words = "A hub sent something with a wrong signature; it was dropped."
        now = state(request)["now"]()
        await store.sources.note(event.slug, source_id, Happened(reasons=[words], now=now))
    return PlainTextResponse("Thank you.\n", HTTPStatus.ACCEPTED)


def lease(seconds: str) -> timedelta:
    is_number = seconds.isascii() and seconds.isdigit() and len(seconds) <= LONGEST_NUMBER
    return timedelta(seconds=int(seconds)) if is_number else USUAL_LEASE


routes = [
    Route("/{slug}/feeds/{source}/{token}", asked_back, methods=["GET"]),
    Route("/{slug}/feeds/{source}/{token}", told, methods=["POST"]),
]
