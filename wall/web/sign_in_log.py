"""Each try of staff to sign in is counted and logged: how, from where, and as whom if it was.

What was typed is told of nowhere, for people type passphrases into fields for names.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.requests import Request

from wall.core.people import Person
from wall.errors import WallError
from wall.web.doors import whence
from wall.web.state import state

log = logging.getLogger(__name__)


@contextmanager
def trying(request: Request, way: str, *refusals: type[WallError]) -> Iterator[None]:
    """Note that somebody was not signed in, when one of these errors says so; it is raised as it was."""
    try:
        yield
    except refusals:
        state(request)["measures"].sign_ins.add(way, "refused")
        log.warning("Somebody was not signed in by %s, from %s.", way, whence(request))
        raise


def came_in(request: Request, person: Person, way: str) -> None:
    """Note that somebody was signed in."""
    state(request)["measures"].sign_ins.add(way, "signed in")
    log.info("%s was signed in by %s, from %s.", person.id, way, whence(request))
