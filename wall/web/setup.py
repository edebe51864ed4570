"""The first set-up: who holds the code from the console becomes the first organiser."""

from dataclasses import replace
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from wall.core.words import _
from wall.errors import InvalidInput, NotAllowed
from wall.web import access
from wall.web.form import Trouble, fields
from wall.web.passphrase import check_passphrase, hashed
from wall.web.sign_in import LONGEST_TOKEN, enter, name_of
from wall.web.sign_in_log import trying
from wall.web.state import state

SET_UP_ALREADY = _(
    "This wall is set up already. If nobody can sign in any more, run “backchannel invite --owner” on its machine: "
    "it prints a link for the owner."
)
NO_SET_UP_LINK = _(
    "This set-up code was used already, or is too old. Run “backchannel invite --owner” on the wall's machine "
    "for a new one."
)


async def show(request: Request) -> Response:
    """Show the form that makes the first organiser, for whoever holds the code from the console."""
    access.check_line(request)
    if await state(request)["store"].people.exist():
        raise NotAllowed(SET_UP_ALREADY)
    return setup_page(request)


async def set_up(request: Request) -> Response:
    """Make the first organiser, who owns the installation, and sign them in."""
    access.check_line(request)
    people = state(request)["store"].people
    values = await fields(request)
    if await people.exist():
        raise NotAllowed(SET_UP_ALREADY)
    try:
        name = name_of(values.get("name", ""))
        passphrase = values.get("passphrase", "")
        if passphrase:
            await check_passphrase(passphrase, about=(name,))
        with trying(request, "setup code", InvalidInput):
            await use_setup_link(request, values.get("token", ""))
    except InvalidInput as error:
        return setup_page(request, Trouble("setup", error, values))
    person = await people.add(name, owner=True)
    if passphrase:
        kept = await hashed(passphrase)
        person = await people.change(person.id, lambda one: replace(one, passphrase_hash=kept))
    return await enter(request, person, "/organise", way="setup code")


async def use_setup_link(request: Request, token: str) -> None:
    """Use the link up; raises InvalidInput when it is no good for a set-up, and leaves links of other kinds."""
    services = state(request)
    try:
        link = await services["store"].people.link(token[:LONGEST_TOKEN], now=services["now"]())
        if link.kind != "setup":
            raise InvalidInput(_("This code is for signing in, not for the set-up."), field="token")
        await services["store"].people.use_link(token, now=services["now"]())
    except NotAllowed as error:
        raise InvalidInput(NO_SET_UP_LINK, field="token") from error


def setup_page(request: Request, trouble: Trouble | None = None) -> HTMLResponse:
    return state(request)["pages"].page(
        "account/setup.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if trouble else HTTPStatus.OK,
        page="account",
        trouble=trouble,
    )


routes = [
    Route("/setup", show),
    Route("/setup", set_up, methods=["POST"]),
]
