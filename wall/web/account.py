"""Accounts: what a person on the staff sets for themselves; and with it, the ways in."""

from dataclasses import replace
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.people import Person
from wall.core.words import _
from wall.errors import InvalidInput
from wall.web import access, mailbox, passkeys, setup, sign_in, staff_elsewhere
from wall.web.form import Trouble, fields
from wall.web.just_now import just_signed_in
from wall.web.letters import warn
from wall.web.mailbox import mailbox_view
from wall.web.passkeys import passkeys_view
from wall.web.passphrase import check_passphrase, hashed, matches
from wall.web.sign_in import TRIES, TRIES_SECONDS, name_of, signed_out
from wall.web.staff_elsewhere import elsewhere_view
from wall.web.state import state
from wall.web.when import ago


async def show(request: Request) -> Response:
    """Show a person's name, ways in and sessions."""
    await access.person(request)
    return await account_page(request)


async def change_name(request: Request) -> Response:
    """Change how a person is called."""
    who = await access.person(request)
    values = await fields(request)
    people = state(request)["store"].people
    try:
        name = name_of(values.get("name", ""))
        await check_unshared(request, who, name, passphrase=who.passphrase_hash is not None)
    except InvalidInput as error:
        return await account_page(request, Trouble("name", error, values))
    await people.change(who.id, lambda person: replace(person, name=name))
    return RedirectResponse("/account", HTTPStatus.SEE_OTHER)


async def change_passphrase(request: Request) -> Response:
    """Set or change a passphrase, and end every session but this one."""
    who = await access.person(request)
    signed_in = await access.session(request)
    values = await fields(request)
    people = state(request)["store"].people
    try:
        await check_passphrase(values.get("passphrase", ""), about=(who.name, *who.roles))
        await check_unshared(request, who, who.name, passphrase=True)
        await check_present(request, who, values.get("present", ""))
    except InvalidInput as error:
        return await account_page(request, Trouble("passphrase", error))
    kept = await hashed(values["passphrase"])
    await warn(state(request), who, "way", "passphrase")
    await people.change(who.id, lambda person: replace(person, passphrase_hash=kept))
    await people.sign_out_everywhere(who.id, but=signed_in[0].key if signed_in else "")
    return RedirectResponse("/account#passphrase", HTTPStatus.SEE_OTHER)


async def check_present(request: Request, who: Person, present: str) -> None:
    """Raise unless the passphrase a person has was given, or they signed in just now: an open browser is not enough."""
    if who.passphrase_hash is None:
        await just_signed_in(request)
        return
    key = f"passphrase of {who.id}"
    if not await state(request)["store"].limits.allow(key, most=TRIES, seconds=TRIES_SECONDS):
        raise InvalidInput(_("Those were %(num)s tries. Wait five minutes.", num=TRIES), field="present")
    if not await matches(who.passphrase_hash, present):
        raise InvalidInput(_("That is not your present passphrase."), field="present")
    await state(request)["store"].limits.forget(key)


async def check_unshared(request: Request, who: Person, name: str, *, passphrase: bool) -> None:
    """Raise InvalidInput when a person with a passphrase would be called as another who has one."""
    if not passphrase:
        return
    other = await state(request)["store"].people.with_passphrase(name)
    if other is not None and other.id != who.id:
        raise InvalidInput(
            _("Another %(name)s signs in by passphrase here; take another name.", name=name), field="name"
        )


async def end_session(request: Request) -> Response:
    """Sign out one of a person's own browsers."""
    who = await access.person(request)
    signed_in = await access.session(request)
    key = request.path_params["key"]
    await state(request)["store"].people.sign_out(who.id, key)
    if signed_in and signed_in[0].key == key:
        return signed_out(request)
    return RedirectResponse("/account#sessions", HTTPStatus.SEE_OTHER)


async def end_other_sessions(request: Request) -> Response:
    """Sign out every browser of a person but the one that asks."""
    who = await access.person(request)
    signed_in = await access.session(request)
    await state(request)["store"].people.sign_out_everywhere(who.id, but=signed_in[0].key if signed_in else "")
    return RedirectResponse("/account#sessions", HTTPStatus.SEE_OTHER)


async def account_page(request: Request, trouble: Trouble | None = None) -> HTMLResponse:
    services = state(request)
    who = await access.person(request)
    signed_in = await access.session(request)
    now = services["now"]()
    return services["pages"].page(
        "account/account.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if trouble else HTTPStatus.OK,
        page="account",
        person={"name": who.name, "passphrase": who.passphrase_hash is not None},
        trouble=trouble,
        passkeys=passkeys_view(request, who),
        elsewhere=elsewhere_view(services, who),
        mailbox=mailbox_view(services, who),
        sessions=[
            {
                "key": one.key,
                "browser": one.browser,
                "address": one.address,
                "since": ago(one.created_at, now),
                "seen": ago(one.seen_at, now),
                "this": signed_in is not None and one.key == signed_in[0].key,
            }
            for one in await services["store"].people.sessions(who.id)
        ],
    )


routes = [
    *setup.routes,
    *sign_in.routes,
    *passkeys.routes,
    *staff_elsewhere.routes,
    *mailbox.routes,
    Route("/account", show),
    Route("/account/name", change_name, methods=["POST"]),
    Route("/account/passphrase", change_passphrase, methods=["POST"]),
    Route("/account/sessions", end_other_sessions, methods=["POST"]),
    Route("/account/sessions/{key}", end_session, methods=["POST"]),
]
