"""What adds a way into an account asks for somebody who signed in just now: an open browser alone is not enough."""

from datetime import timedelta

from starlette.requests import Request

from wall.core.people import Person
from wall.core.words import _
from wall.errors import NotAllowed, NotSignedIn
from wall.web import access
from wall.web.state import state

JUST_NOW = timedelta(minutes=30)


async def just_signed_in(request: Request) -> Person:
    """Return who asks, if they signed in within the last half hour; raises NotSignedIn, or NotAllowed."""
    access.check_line(request)
    found = await access.session(request)
    if found is None:
        raise NotSignedIn(_("Sign in first."))
    if state(request)["now"]() - found[0].created_at > JUST_NOW:
        raise NotAllowed(
            _(
                "You signed in a while ago. To add a way in, sign out, sign in again, and do it within half an hour."
            )
        )
    return found[1]
