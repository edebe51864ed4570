"""Passkeys of the staff: made and taken back on the account page, and signed in by."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from wall import passkeys
from wall.core.people import Passkey, Person
from wall.core.text import clean_name
from wall.core.words import _
from wall.errors import InvalidInput, SignInError, TooManyRequests
from wall.passkeys import Place
from wall.web import access
from wall.web.body import read
from wall.web.browser import browser_words
from wall.web.doors import whence
from wall.web.form import fields
from wall.web.just_now import just_signed_in
from wall.web.letters import warn
from wall.web.security import hostname
from wall.web.sign_in import enter, home
from wall.web.sign_in_log import trying
from wall.web.state import state
from wall.web.when import ago

MOST = 20
OFFERS, OFFERS_SECONDS = 60, 300
SIGN_IN = "sign in"
NEEDS_NAME = _("Passkeys belong to a name: open this wall by its name rather than by a number to have one.")
UNKNOWN = _("This wall does not know that passkey. It was taken back, or is of another wall.")


class Made(msgspec.Struct):
    """A passkey that a browser made, and how its person calls it."""

    credential: dict[str, Any]
    name: str = ""


class Signed(msgspec.Struct):
    """What a browser signed, and where its person wanted to go."""

    credential: dict[str, Any]
    next: str = ""


# Making


async def offer(request: Request) -> Response:
    """Tell a browser what a passkey is to be made of."""
    who = await just_signed_in(request)
    check_room(who)
    challenge = await state(request)["store"].challenges.draw(f"make {who.id}")
    return asked(passkeys.to_make(challenge, place_of(request), who))


async def add(request: Request) -> Response:
    """Keep a passkey that a browser made."""
    who = await just_signed_in(request)
    sent = await read(request, Made)
    services = state(request)
    challenge = passkeys.challenge_of(sent.credential)
    if not await services["store"].challenges.use(challenge, f"make {who.id}"):
        raise SignInError(_("That took too long. Try again."))
    name = clean_name(sent.name) or browser_words(request.headers.get("user-agent", ""))
    passkey = passkeys.made(sent.credential, challenge, place_of(request), name=name, now=services["now"]())

    def added(person: Person) -> Person:
        check_room(person)
        return replace(person, passkeys=(*person.passkeys, passkey))

    await warn(services, who, "way", f"passkey: {name}")
    await services["store"].people.change(who.id, added)
    return JSONResponse({"location": "/account#passkeys"})


async def change(request: Request) -> Response:
    """Call a passkey by another name, or take it back."""
    who = await access.person(request)
    values = await fields(request)
    id, name = request.path_params["passkey"], clean_name(values.get("name", ""))

    def changed(person: Person) -> Person:
        if values.get("do") == "remove":
            return replace(person, passkeys=tuple(one for one in person.passkeys if one.id != id))
        named = (replace(one, name=name or one.name) if one.id == id else one for one in person.passkeys)
        return replace(person, passkeys=tuple(named))

    await state(request)["store"].people.change(who.id, changed)
    return RedirectResponse("/account#passkeys", HTTPStatus.SEE_OTHER)


def check_room(person: Person) -> None:
    if len(person.passkeys) >= MOST:
        raise InvalidInput(_("%(num)s passkeys are enough; take one back first.", num=MOST))


# Signing in


async def offer_sign_in(request: Request) -> Response:
    """Tell a browser what a passkey is to sign; nothing about who may is in it."""
    access.check_line(request)
    services = state(request)
    tries = f"passkey asked from {whence(request)}"
    wait = await services["store"].limits.wait(tries, most=OFFERS, seconds=OFFERS_SECONDS)
    if wait:
        raise TooManyRequests(_("Those were very many tries. Wait five minutes."), seconds=int(wait))
    challenge = await services["store"].challenges.draw(SIGN_IN)
    return asked(passkeys.to_sign_in(challenge, place_of(request)))


async def sign_in(request: Request) -> Response:
    """Let in whose passkey signed."""
    access.check_line(request)
    sent = await read(request, Signed)
    services = state(request)
    people, now = services["store"].people, services["now"]()
    with trying(request, "passkey", SignInError):
        challenge, id = passkeys.challenge_of(sent.credential), passkeys.id_of(sent.credential)
        if not await services["store"].challenges.use(challenge, SIGN_IN):
            raise SignInError(_("That took too long. Try again."))
        person = await people.with_passkey(id)
        if person is None:
            raise SignInError(UNKNOWN)
        found = next(one for one in person.passkeys if one.id == id)
        used = passkeys.signed(sent.credential, challenge, place_of(request), found, now=now)
        person = await people.change(person.id, lambda before: with_used(before, used))
    entered = await enter(request, person, home(person, sent.next), way="passkey")
    answer = JSONResponse({"location": entered.headers["location"]})
    answer.raw_headers += [one for one in entered.raw_headers if one[0] == b"set-cookie"]
    return answer


def with_used(person: Person, used: Passkey) -> Person:
    """Return a person whose passkey was used; raises SignInError when it was taken back meanwhile, or used later."""
    before = next((one for one in person.passkeys if one.id == used.id), None)
    if before is None or (used.uses and used.uses <= before.uses):
        raise SignInError(UNKNOWN if before is None else passkeys.WRONG)
    return replace(person, passkeys=tuple(used if one.id == used.id else one for one in person.passkeys))


# Both


def asked(options: str) -> Response:
    return Response(options, media_type="application/json", headers={"cache-control": "no-store"})


def place_of(request: Request) -> Place:
    """Return where the browser is; raises InvalidInput where no passkey can be bound to that."""
    host = request.headers["host"]
    name = hostname(host)
    if name is None or not can_have(request):
        raise InvalidInput(NEEDS_NAME)
    return Place(name, f"{request.url.scheme}://{host}")


def can_have(request: Request) -> bool:
    """Tell whether passkeys can be bound to the address that somebody is at: browsers take names alone."""
    name = hostname(request.headers.get("host", "")) or ""
    return any(letter.isalpha() for letter in name) and ":" not in name


def passkeys_view(request: Request, person: Person) -> dict[str, Any]:
    """Return what the account page shows of them."""
    now = state(request)["now"]()
    return {
        "possible": can_have(request),
        "kept": [
            {
                "id": one.id,
                "name": one.name,
                "made": ago(one.made_at, now),
                "used": ago(one.used_at, now) if one.used_at else None,
            }
            for one in person.passkeys
        ],
    }


routes = [
    Route("/sign-in/passkey/offer", offer_sign_in, methods=["POST"]),
    Route("/sign-in/passkey", sign_in, methods=["POST"]),
    Route("/account/passkeys/offer", offer, methods=["POST"]),
    Route("/account/passkeys", add, methods=["POST"]),
    Route("/account/passkeys/{passkey}", change, methods=["POST"]),
]
