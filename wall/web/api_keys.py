"""Keys of an event, as its organisers make and revoke them: on the page “Programs” (programs.py)."""

from http import HTTPStatus
from typing import cast

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wall.core.api_key import MOST, ROLES, KeyRole
from wall.core.text import clean_name
from wall.core.words import _
from wall.errors import InvalidInput
from wall.web import access
from wall.web.acts import entry
from wall.web.form import Trouble, fields
from wall.web.once import Told, told_once
from wall.web.programs import programs_page
from wall.web.state import state


async def create(request: Request) -> Response:
    """Make a key; its token is shown this once."""
    event, who = await access.staff(request, "organiser")
    keys, values = state(request)["store"].api_keys, await fields(request)
    name, role = clean_name(values.get("name", "")), values.get("role", "")
    try:
        if not name:
            raise InvalidInput(_("Give it a name, so that you know it again."), field="name")
        if role not in ROLES:
            raise InvalidInput(_("Choose what the key may do."), field="role")
        if len(await keys.all(event.slug)) >= MOST:
            raise InvalidInput(_("An event has at most %(most)s keys; revoke one first.", most=MOST))
    except InvalidInput as error:
        return await programs_page(request, event, who, Trouble("key", error, values))
    told = entry(request, who, "key", about=f"made “{name}” ({role})")
    now = state(request)["now"]()
    _key, token = await keys.create(event.slug, name, cast(KeyRole, role), by=who.name, now=now, entry=told)
    return told_once(
        request,
        title=_("The key “%(name)s”", name=name),
        lead=_(
            "Give this to the program, which sends it with every request. It is shown this once; if it gets lost, "
            "revoke it and make another one."
        ),
        told=[Told(_("Key"), token), Told(_("Header"), f"Authorization: Bearer {token}")],
        back=f"/organise/{event.slug}/programs#keys",
    )


async def revoke(request: Request) -> Response:
    """Take a key back: it opens nothing any more. One that is gone already is as good."""
    event, who = await access.staff(request, "organiser")
    keys, id = state(request)["store"].api_keys, request.path_params["key"]
    if found := next((key for key in await keys.all(event.slug) if key.id == id), None):
        told = entry(request, who, "key", about=f"revoked “{found.name}”")
        await keys.delete(event.slug, id, entry=told)
    return RedirectResponse(f"/organise/{event.slug}/programs#keys", HTTPStatus.SEE_OTHER)


BASE = "/organise/{slug}/programs/keys"
routes = [
    Route(BASE, create, methods=["POST"]),
    Route(f"{BASE}/{{key}}/revocation", revoke, methods=["POST"]),
]
