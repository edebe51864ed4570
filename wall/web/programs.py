"""The page “Programs” of an event: what other programs are told, and what they may do."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from wall.core.api_key import ROLES, ApiKey
from wall.core.event import Event
from wall.core.feed import Cursor
from wall.core.people import Person
from wall.core.webhook import CHOICES, MOST, USUAL, WHY_OFF, Attempt
from wall.core.words import Words, _, ngettext
from wall.store.webhooks import Followed
from wall.web import access
from wall.web.form import Trouble
from wall.web.state import State, state
from wall.web.when import ago, until


async def show(request: Request) -> HTMLResponse:
    """Show what programs may do at an event: its webhooks and its keys."""
    event, who = await access.staff(request, "organiser")
    return await programs_page(request, event, who)


async def list_webhooks(request: Request) -> Response:
    """Return how every webhook fares, for a program that keeps an eye on them."""
    event, _who = await access.staff(request, "organiser", by_key=True)
    store = state(request)["store"]
    tip = await store.feeds.tip(event.slug, "public")
    webhooks = [webhook_json(one, tip) for one in await store.webhooks.all(event.slug)]
    return JSONResponse({"webhooks": webhooks}, headers={"cache-control": "no-store"})


async def programs_page(
    request: Request, event: Event, who: Person, trouble: Trouble | None = None
) -> HTMLResponse:
    services = state(request)
    store = services["store"]
    tip = await store.feeds.tip(event.slug, "public")
    webhooks = await store.webhooks.all(event.slug)
    return services["pages"].page(
        "organise/programs.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if trouble else HTTPStatus.OK,
        page="organise",
        event=event,
        person={"name": who.name},
        base=f"/organise/{event.slug}",
        webhooks=[await webhook_view(services, event, one, tip) for one in webhooks],
        keys=await keys_view(services, event),
        key_roles=ROLES,
        choices=CHOICES,
        usual=USUAL,
        full=len(webhooks) >= MOST,
        most=MOST,
        trouble=trouble,
    )


async def webhook_view(services: State, event: Event, one: Followed, tip: Cursor) -> dict[str, Any]:
    now = services["now"]()
    attempts = await services["store"].webhooks.attempts(event.slug, one.webhook.id)
    return {
        "id": one.webhook.id,
        "name": one.webhook.name,
        "address": one.webhook.address,
        "kinds": one.webhook.kinds,
        "two_secrets": len(one.webhook.secrets) > 1,
        "off": WHY_OFF.get(one.webhook.off),
        "failing": one.progress.failures > 0,
        "waiting": waiting(one, tip, now),
        "attempts": [attempt_view(attempt, now) for attempt in attempts],
    }


def webhook_json(one: Followed, tip: Cursor) -> dict[str, Any]:
    """Return how a webhook fares, and nothing that is secret of it."""
    return {
        "id": one.webhook.id,
        "name": one.webhook.name,
        "address": one.webhook.address,
        "kinds": list(one.webhook.kinds),
        "off": one.webhook.off or None,
        "cursor": str(one.progress.cursor),
        "tip": str(tip),
        "failures": one.progress.failures,
    }


async def keys_view(services: State, event: Event) -> list[dict[str, Any]]:
    now, api_keys = services["now"](), services["store"].api_keys
    keys = await api_keys.all(event.slug)
    seen = await api_keys.seen(event.slug, [key.id for key in keys])
    return [key_view(key, seen.get(key.id), now) for key in keys]


def key_view(key: ApiKey, seen: datetime | None, now: datetime) -> dict[str, Any]:
    return {
        "id": key.id,
        "name": key.name,
        "role": ROLES[key.role],
        "made": _("Made by %(name)s %(when)s", name=key.made_by, when=ago(key.made_at, now)),
        "seen": _("used %(when)s", when=ago(seen, now)) if seen else _("not used yet"),
    }


def waiting(one: Followed, tip: Cursor, now: datetime) -> Words:
    """Return, in words, what a webhook was not told yet, and when it is tried again."""
    progress = one.progress
    if progress.resync or progress.epoch != tip.epoch:
        return _("It is to be told that older history is gone.")
    behind = tip.offset - progress.offset
    if behind <= 0:
        return _("It was told everything.")
    if progress.failures and progress.next_at is not None and not one.webhook.off:
        return ngettext(
            "%(num)s update waits; the next try is %(when)s.",
            "%(num)s updates wait; the next try is %(when)s.",
            behind,
            when=until(progress.next_at, now),
        )
    return ngettext("%(num)s update waits.", "%(num)s updates wait.", behind)


def attempt_view(attempt: Attempt, now: datetime) -> dict[str, Any]:
    return {
        "type": attempt.type,
        "cursor": attempt.cursor,
        "taken": attempt.taken,
        "status": attempt.status,
        "words": attempt.words,
        "when": ago(attempt.at, now),
        "seconds": f"{attempt.seconds:.1f}",
    }


routes = [
    Route("/organise/{slug}/programs", show),
    Route("/organise/{slug}/programs/webhooks", list_webhooks),
]
