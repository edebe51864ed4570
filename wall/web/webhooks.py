"""Webhooks of an event, as its organisers register and keep them: on the page “Programs” (programs.py)."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wall.core.event import Event
from wall.core.people import Person
from wall.core.signing import secret_of
from wall.core.text import clean_name
from wall.core.webhook import CHOICES, MOST, Message, Progress, Webhook
from wall.core.words import _
from wall.errors import InvalidInput, SourceError
from wall.sources.address import checked_url
from wall.web import access
from wall.web.acts import entry
from wall.web.addresses import address
from wall.web.form import MOST_FIELDS, Trouble
from wall.web.once import Told, told_once
from wall.web.programs import programs_page
from wall.web.state import state

LONGEST_ADDRESS = 500  # characters
SECRET_BYTES = 32
AGAIN: Mapping[str, timedelta | None] = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "everything": None,
}
"""From when on everything may be sent again."""


async def create(request: Request) -> Response:
    """Register an address, which is told what happens from now on; its secret is shown this once."""
    event, who = await access.staff(request, "organiser")
    store = state(request)["store"]
    filled = await request.form(max_files=0, max_fields=MOST_FIELDS)
    try:
        if event.circle is not None:
            raise InvalidInput(_("Nothing of a circle is told outside of it, so it has no webhooks."))
        if len(await store.webhooks.all(event.slug)) >= MOST:
            raise InvalidInput(_("An event has at most %(most)s webhooks; delete one first.", most=MOST))
        new = Webhook(id=secrets.token_hex(4), name="", address="", base=address(request, ""))
        webhook = filled_in(request, filled, new.with_secret(new_secret()))
    except InvalidInput as error:
        return await programs_page(request, event, who, Trouble("webhook", error, typed(filled)))
    tip = await store.feeds.tip(event.slug, "public")
    progress = Progress(epoch=tip.epoch, offset=tip.offset)
    told = entry(request, who, "webhook", about=f"added “{webhook.name}”")
    await store.webhooks.create(event.slug, webhook, progress, entry=told)
    return shown_once(request, event, webhook)


async def change(request: Request) -> Response:
    """Change what a webhook is called, its address, and what it is told of."""
    event, who = await access.staff(request, "organiser")
    filled = await request.form(max_files=0, max_fields=MOST_FIELDS)
    id = request.path_params["webhook"]
    try:
        await keep(request, event, who, lambda webhook: filled_in(request, filled, webhook), "changed")
    except InvalidInput as error:
        return await programs_page(request, event, who, Trouble(f"webhook-{id}", error, typed(filled)))
    return back(event, id)


async def add_secret(request: Request) -> Response:
    """Give a webhook a new secret beside the one it has, and show it this once."""
    event, who = await access.staff(request, "organiser")
    new = new_secret()
    webhook = await keep(request, event, who, lambda webhook: webhook.with_secret(new), "made a new secret for")
    return shown_once(request, event, webhook)


async def drop_secret(request: Request) -> Response:
    """Sign with the newest secret alone from now on."""
    event, who = await access.staff(request, "organiser")
    await keep(
        request,
        event,
        who,
        lambda webhook: replace(webhook, secrets=webhook.secrets[:1]),
        "ended the old secret of",
    )
    return back(event, request.path_params["webhook"])


async def switch(request: Request) -> Response:
    """Turn a webhook off, or on again: then it is told everything since."""
    event, who = await access.staff(request, "organiser")
    store, id = state(request)["store"], request.path_params["webhook"]
    on = (await request.form(max_files=0, max_fields=MOST_FIELDS)).get("on") == "yes"
    await keep(
        request,
        event,
        who,
        lambda webhook: replace(webhook, off="" if on else "hand"),
        "turned on" if on else "turned off",
    )
    if on:
        progress = (await store.webhooks.get(event.slug, id)).progress
        await store.webhooks.set_progress(event.slug, id, replace(progress, failures=0, next_at=None))
    return back(event, id)


async def send_test(request: Request) -> Response:
    """Send a message that says nothing, at once, and note how that went."""
    event, _who = await access.staff(request, "organiser")
    services, id = state(request), request.path_params["webhook"]
    followed = await services["store"].webhooks.get(event.slug, id)
    if event.circle is None:
        message = Message(
            id=f"msg_{id}_test_{secrets.token_hex(8)}",
            type="test",
            at=services["now"](),
            offset=followed.progress.offset,
            data={"event": event.title},
        )
        attempt, _error = await services["courier"].attempt(event, followed, message)
        await services["store"].webhooks.note(event.slug, followed, None, attempt)
    return back(event, id)


async def send_again(request: Request) -> Response:
    """Send everything once more from some time on, or from one message on."""
    event, who = await access.staff(request, "organiser")
    store, id = state(request)["store"], request.path_params["webhook"]
    chosen = str((await request.form(max_files=0, max_fields=MOST_FIELDS)).get("since", ""))
    if chosen not in AGAIN:
        raise InvalidInput(_("Choose from when on."), field="since")
    length = AGAIN[chosen]
    since = state(request)["now"]() - length if length else None
    tip = await store.feeds.tip(event.slug, "public")
    offset = await store.feeds.offset_before(event.slug, "public", since) if since else 0
    told = entry(request, who, "webhook", about=f"had everything sent again ({chosen})")
    progress = Progress(epoch=tip.epoch, offset=min(offset, tip.offset))
    await store.webhooks.set_progress(event.slug, id, progress, entry=told)
    return back(event, id)


async def delete(request: Request) -> Response:
    """Tell an address nothing any more."""
    event, who = await access.staff(request, "organiser")
    store, id = state(request)["store"], request.path_params["webhook"]
    if found := await store.webhooks.find(event.slug, id):
        told = entry(request, who, "webhook", about=f"deleted “{found.webhook.name}”")
        await store.webhooks.delete(event.slug, id, entry=told)
    return RedirectResponse(f"/organise/{event.slug}/programs", HTTPStatus.SEE_OTHER)


async def keep(
    request: Request, event: Event, who: Person, change: Callable[[Webhook], Webhook], about: str
) -> Webhook:
    store, id = state(request)["store"], request.path_params["webhook"]
    name = (await store.webhooks.get(event.slug, id)).webhook.name
    told = entry(request, who, "webhook", about=f"{about} “{name}”")
    return await store.webhooks.change(event.slug, id, change, entry=told)


def filled_in(request: Request, filled: FormData, before: Webhook) -> Webhook:
    """Return a webhook as a form says; raises InvalidInput."""
    name, target = clean_name(str(filled.get("name", ""))), str(filled.get("address", "")).strip()
    if not name:
        raise InvalidInput(_("Give it a name, so that you know it again."), field="name")
    check_address(target, private_addresses=state(request)["config"].private_addresses)
    wanted = {str(value) for value in filled.getlist("kinds")}
    kinds = tuple(kind for kind in CHOICES if kind in wanted)
    return replace(before, name=name, address=target, kinds=kinds)


def check_address(target: str, *, private_addresses: bool) -> None:
    """Raise InvalidInput for what is no address to send to; where it leads to is checked at every connection."""
    try:
        parsed = checked_url(target[: LONGEST_ADDRESS + 1], any_port=private_addresses)
    except SourceError as error:
        raise InvalidInput(error.message, field="address") from error
    if len(target) > LONGEST_ADDRESS:
        raise InvalidInput(_("At most %(most)s characters.", most=LONGEST_ADDRESS), field="address")
    if parsed.scheme != "https" and not private_addresses:
        raise InvalidInput(_("The address must start with https://."), field="address")


def new_secret() -> str:
    return secret_of(secrets.token_bytes(SECRET_BYTES))


def typed(filled: FormData) -> dict[str, str]:
    return {name: value for name, value in filled.multi_items() if isinstance(value, str)}


def shown_once(request: Request, event: Event, webhook: Webhook) -> Response:
    return told_once(
        request,
        title=_("The secret of “%(name)s”", name=webhook.name),
        lead=_(
            "Give this to the receiver, which verifies by it that a message is ours. It is shown this once; if it gets "
            "lost, have a new one made."
        ),
        told=[Told(_("Secret"), webhook.secrets[0])],
        back=f"/organise/{event.slug}/programs#webhook-{webhook.id}",
    )


def back(event: Event, id: str) -> Response:
    return RedirectResponse(f"/organise/{event.slug}/programs#webhook-{id}", HTTPStatus.SEE_OTHER)


BASE = "/organise/{slug}/programs/webhooks"
routes = [
    Route(BASE, create, methods=["POST"]),
    Route(f"{BASE}/{{webhook}}", change, methods=["POST"]),
    Route(f"{BASE}/{{webhook}}/secret", add_secret, methods=["POST"]),
    Route(f"{BASE}/{{webhook}}/secret/old", drop_secret, methods=["POST"]),
    Route(f"{BASE}/{{webhook}}/switch", switch, methods=["POST"]),
    Route(f"{BASE}/{{webhook}}/test", send_test, methods=["POST"]),
    Route(f"{BASE}/{{webhook}}/again", send_again, methods=["POST"]),
    Route(f"{BASE}/{{webhook}}/deletion", delete, methods=["POST"]),
]
