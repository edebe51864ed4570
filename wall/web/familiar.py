"""Browsers that somebody signed in with before: each has a cookie that says whose, and opens nothing.

Only who is warned by mail has one; another address makes every browser a new one.
"""

import hmac

from starlette.requests import Request
from starlette.responses import Response

from wall.core.people import Person
from wall.web import access
from wall.web.state import state

SECONDS = 180 * 24 * 3600


async def is_familiar(request: Request, who: Person) -> bool:
    """Tell whether a person signed in with this browser before."""
    given = request.cookies.get(access.cookie(request, name(who)), "")
    return hmac.compare_digest(given.encode(), (await mark(request, who)).encode())


async def remember(request: Request, answer: Response, who: Person) -> None:
    """Have a browser be known as a person's from now on."""
    access.set_cookie(request, answer, name(who), await mark(request, who), seconds=SECONDS)


def name(who: Person) -> str:
    return f"familiar-{who.id}"


async def mark(request: Request, who: Person) -> str:
    key = await state(request)["seal"].load()
    to = who.mailbox.address if who.mailbox else ""
    return hmac.digest(key, f"familiar {who.id} {to}".encode(), "sha256").hex()[:32]
