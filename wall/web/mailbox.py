"""Where somebody on the staff is warned by mail: an address they give, that counts once its link was opened."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.mail_link import parse_address
from wall.core.mailbox import AskedMailbox, Mailbox
from wall.core.people import Person
from wall.core.words import _
from wall.errors import InvalidInput, MailError, NotAllowed, NotFound
from wall.mailing import Mailing
from wall.web import access, language
from wall.web.addresses import address
from wall.web.familiar import remember
from wall.web.form import Trouble, fields
from wall.web.language import say
from wall.web.letters import warn
from wall.web.state import State, state

HOUR = 3600
MOST_LINKS = 5
LONGEST_TOKEN = 200
OLD = _("This link is too old, or was used already, or is somebody else's. Have another one sent.")


async def ask(request: Request) -> Response:
    """Send a link to the address that somebody gives, or forget the one they gave."""
    who, mailing = await access.person(request), server(request)
    values = await fields(request)
    if values.get("do") == "remove":
        await settle(request, who, None)
        return RedirectResponse("/account#mailbox", HTTPStatus.SEE_OTHER)
    try:
        await send(request, mailing, who, values.get("address", ""))
    except MailError as error:
        trouble = Trouble("mailbox", InvalidInput(error.message, field="address"), values)
        return mailbox_page(request, who, status=HTTPStatus.SERVICE_UNAVAILABLE, trouble=trouble)
    except InvalidInput as error:
        trouble = Trouble("mailbox", error, values)
        return mailbox_page(request, who, status=HTTPStatus.UNPROCESSABLE_ENTITY, trouble=trouble)
    return mailbox_page(request, who)


async def send(request: Request, mailing: Mailing, who: Person, typed: str) -> None:
    to, store = parse_address(typed), state(request)["store"]
    if to is None:
        raise InvalidInput(_("That is no e-mail address; it looks like ana@example.org."), field="address")
    if not await store.limits.allow(f"mailbox of {who.id}", most=MOST_LINKS, seconds=HOUR):
        words = _("Those were %(num)s links. Look into your mailbox, or wait an hour.", num=MOST_LINKS)
        raise InvalidInput(words, field="address")
    mailbox = Mailbox(address=to, language=language.current())
    token = await store.letters.ask(AskedMailbox(person=who.id, mailbox=mailbox))
    link = address(request, f"/account/mailbox?l={token}")
    text = state(request)["pages"].render("letters/link.txt", name=who.name, link=link)
    await mailing.send(to, say(_("Be warned at this address")), text)


async def show_link(request: Request) -> Response:
    """Show what a link is for; opening it does nothing, since mail programs open links by themselves."""
    who, _server = await access.person(request), server(request)
    token = request.query_params.get("l", "")[:LONGEST_TOKEN]
    asked = await state(request)["store"].letters.asked(token)
    return mailbox_page(request, who, asked=mine(who, asked).mailbox, token=token)


async def use_link(request: Request) -> Response:
    """Warn somebody at the address whose link they opened, from now on."""
    who, _server = await access.person(request), server(request)
    token = (await fields(request)).get("token", "")[:LONGEST_TOKEN]
    letters = state(request)["store"].letters
    mine(who, await letters.asked(token))
    who = await settle(request, who, mine(who, await letters.use(token)).mailbox)
    answer = RedirectResponse("/account#mailbox", HTTPStatus.SEE_OTHER)
    await remember(request, answer, who)
    return answer


async def settle(request: Request, who: Person, mailbox: Mailbox | None) -> Person:
    """Keep where somebody is warned, and say so where they were until then."""
    if who.mailbox and (mailbox is None or mailbox.address != who.mailbox.address):
        await warn(state(request), who, "moved", "")
    return await state(request)["store"].people.change(who.id, lambda person: replace(person, mailbox=mailbox))


def mine(who: Person, asked: AskedMailbox | None) -> AskedMailbox:
    """Return what a link was sent for; raises NotAllowed unless whoever opens it asked for it."""
    if asked is None or asked.person != who.id:
        raise NotAllowed(OLD)
    return asked


def server(request: Request) -> Mailing:
    """Return what sends letters; raises NotFound where no mail server is set."""
    mailing = state(request).get("mailing")
    if mailing is None:
        raise NotFound(_("No letters are sent from here."))
    return mailing


def mailbox_page(
    request: Request,
    who: Person,
    *,
    status: int = HTTPStatus.OK,
    asked: Mailbox | None = None,
    token: str = "",
    trouble: Trouble | None = None,
) -> HTMLResponse:
    return state(request)["pages"].page(
        "account/mailbox.html",
        status=status,
        page="account",
        person={"name": who.name},
        asked=asked,
        token=token,
        trouble=trouble,
    )


def mailbox_view(services: State, who: Person) -> dict[str, Any] | None:
    """Return what the account page says of it; None where no mail server is set."""
    return {"address": who.mailbox.address if who.mailbox else ""} if services.get("mailing") else None


routes = [
    Route("/account/mailbox", ask, methods=["POST"]),
    Route("/account/mailbox", show_link),
    Route("/account/mailbox/confirm", use_link, methods=["POST"]),
]
