"""Programs that bear a key: who they act as, and how often they may ask. A key is never a cookie."""

from contextlib import suppress
from dataclasses import dataclass
from math import ceil

from starlette.requests import HTTPConnection

from wall.core.api_key import MINUTE, PACES, WITHOUT_KEY
from wall.core.event import Event
from wall.core.people import Person
from wall.core.words import _
from wall.errors import NotSignedIn, StoreUnavailable, TooManyRequests
from wall.web.privacy import is_this_machine
from wall.web.security import RATE
from wall.web.state import state
from wall.web.when import again

MOST_WRONG = 30


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many requests there are in a window, how many are left (below 0: one too many), and the seconds it lasts."""

    most: int
    left: int
    resets: int


BORNE = "key"


def borne(connection: HTTPConnection) -> str | None:
    """Return the token that a request bears, None if it bears none."""
    scheme, _space, token = connection.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


async def acting(connection: HTTPConnection, event: Event, token: str) -> Person:
    """Return who acts by a token, counted once a request; raises NotSignedIn, or TooManyRequests."""
    if BORNE in connection.scope:
        who: Person = connection.scope[BORNE]
        return who
    services = state(connection)
    keys = services["store"].api_keys
    key = await keys.by_token(event.slug, token)
    if key is None:
        wrong = await counted(connection, f"wrong keys from {address(connection)}", MOST_WRONG)
        check(connection, wrong)
        raise NotSignedIn(_("This key opens nothing here: it is mistyped, revoked, or of another event."))
    check(connection, await counted(connection, f"{event.slug} key {key.id}", PACES[key.role]))
    await keys.saw(event.slug, key.id, now=services["now"]())
    who = key.person(event.slug)
    connection.scope[BORNE] = who
    return who


async def keep_pace(connection: HTTPConnection) -> None:
    """Count a request of a program that bears no key; raises TooManyRequests.

    Pages of ours are not counted, nor this machine: a proxy on it that does not say for whom it asks is everybody.
    """
    here = address(connection)
    if "sec-fetch-site" in connection.headers or borne(connection) or not here or is_this_machine(here):
        return
    with suppress(StoreUnavailable):  # what this process knows is told all the same
        count = await counted(connection, f"no key from {here}", WITHOUT_KEY)
        if count.left < 0:
            check(connection, count)


async def counted(connection: HTTPConnection, key: str, most: int) -> Allowance:
    tries, seconds = await state(connection)["store"].limits.count(key, seconds=MINUTE)
    return Allowance(most, most - tries, ceil(seconds))


def check(connection: HTTPConnection, count: Allowance) -> None:
    """Say on the answer what is left of an allowance; raises TooManyRequests when nothing is."""
    connection.scope[RATE] = {
        "ratelimit-policy": f'"minute";q={count.most};w={MINUTE}',
        "ratelimit": f'"minute";r={max(0, count.left)};t={count.resets}',
    }
    if count.left < 0:
        raise TooManyRequests(
            _(
                "That was more than %(most)s requests in a minute. Ask again %(when)s.",
                most=count.most,
                when=again(count.resets),
            ),
            seconds=count.resets,
        )


def address(connection: HTTPConnection) -> str:
    return connection.client.host if connection.client else ""
