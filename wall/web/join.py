"""The form for the room: a phone reads the QR code of a screen, a person writes, and sees what becomes of it."""

import secrets
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.event import Event
from wall.core.moderation import Standing, Status
from wall.core.tickets import check_ticket
from wall.errors import InvalidInput, NotAllowed
from wall.sources import form
from wall.web import access
from wall.web.state import state

DEVICE_COOKIE = "device"
DEVICE_SECONDS = 30 * 24 * 3600
ADMITTED_COOKIE = "join"
ADMITTED_SECONDS = 4 * 3600
NONCE_LENGTH = 32

TOLD = {Status.WAITING: "waiting", Status.STASHED: "waiting", Status.APPROVED: "approved"}
"""What an author is told of a post; every other status is "not shown"."""


async def show(request: Request) -> Response:
    """Show the form to a phone that came by a screen's QR code, and what became of its posts."""
    event = await access.event(request, "viewer")
    ticket = request.query_params.get("k")
    if ticket is None:
        return await page(request, event)
    if not await admits(request, event, ticket):
        return await page(request, event, status=403, state_name="expired")
    answer = RedirectResponse(f"/{event.slug}/join", 303)
    admit(request, answer, event, ticket)
    return answer


async def page(
    request: Request,
    event: Event,
    *,
    status: int = 200,
    state_name: str | None = None,
    error: InvalidInput | None = None,
    values: FormData | None = None,
) -> Response:
    services = state(request)
    device = request.cookies.get(access.cookie(request, DEVICE_COOKIE))
    admitted = request.cookies.get(access.cookie(request, f"{ADMITTED_COOKIE}-{event.slug}"))
    sent = await services["store"].posts.sent_from(event.slug, device) if device else []
    answer = services["pages"].page(
        "join/join.html",
        status=status,
        page="join",
        event=event,
        state=state_name or ("open" if admitted else "closed"),
        nonce=secrets.token_hex(NONCE_LENGTH // 2),
        mine=[told(one) for one in sent],
        mine_url=f"/{event.slug}/join/mine",
        live_url=f"/{event.slug}",
        error=error,
        name=str(values.get("name", "")) if values else "",
        text=str(values.get("text", "")) if values else "",
        limit=form.LIMIT,
    )
    if not device:
        keep(request, answer, DEVICE_COOKIE, secrets.token_urlsafe(18), DEVICE_SECONDS)
    return answer
