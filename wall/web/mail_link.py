"""Links by e-mail: who opens the one that was sent to them takes part. The address is used once and not kept."""

import secrets
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wall.core.event import Event
from wall.core.identity import proven_secret
from wall.core.mail_link import LINK_SECONDS, make_link, parse_address, read_link, same_mailbox
from wall.core.words import _
from wall.errors import InvalidInput, MailError, NotFound, NotTakingPart
from wall.web import access
from wall.web.addresses import address
from wall.web.doors import whence
from wall.web.form import fields
from wall.web.join_page import join_page
from wall.web.language import say
from wall.web.participation import prove, turned_away
from wall.web.state import state
from wall.web.when import again

HOUR = 3600
MOST_TO_ONE = 3
MOST_FROM_ONE = 60  # a hall may share an address
MOST_IN_ALL = 2000
LONGEST_LINK = 200
OLD = _("This link is too old, or was used already. Have another one sent.")


async def ask(request: Request) -> Response:
    """Send somebody a link to the address that they enter."""
    event = await by_mail(request)
    values = await fields(request)
    try:
        await send(request, event, values.get("address", ""))
    except NotTakingPart as error:
        return await join_page(request, event, status=HTTPStatus.TOO_MANY_REQUESTS, error=error)
    except InvalidInput as error:
        return await join_page(request, event, status=HTTPStatus.UNPROCESSABLE_ENTITY, error=error)
    except MailError as error:
        return await join_page(request, event, status=HTTPStatus.SERVICE_UNAVAILABLE, error=error)
    return await join_page(request, event, mailed=True)


async def send(request: Request, event: Event, typed: str) -> None:
    services = state(request)
    to = parse_address(typed)
    if to is None:
        raise InvalidInput(_("That is no e-mail address; it looks like ana@example.org."), field="address")
    key = await services["seal"].load()
    secret = proven_secret(key, event.slug, "mail", same_mailbox(to))
    for limit, most in (
        (f"mail of {event.slug}", MOST_IN_ALL),
        (f"mail of {event.slug} from {whence(request)}", MOST_FROM_ONE),
        (f"mail to {secret}", MOST_TO_ONE),
    ):
        wait = await services["store"].limits.wait(limit, most=most, seconds=HOUR)
        if wait:
            words = _(
                "That is enough mail for now. Look into your mailbox, or try again %(when)s.", when=again(wait)
            )
            raise await turned_away(request, event, "mail", words)
    link = make_link(key, event.slug, secret, drawn=secrets.token_hex(4), now=services["now"]().timestamp())
    letter = services["pages"].render(
        "join/link.txt",
        reason=_(
            "Somebody, you we hope, wants to take part in %(event)s and entered this address.", event=event.title
        ),
        link=address(request, f"/{event.slug}/join/link?l={link}"),
    )
    assert services["mailing"] is not None
    await services["mailing"].send(to, say(_("Take part in %(event)s", event=event.title)), letter)


async def show_link(request: Request) -> Response:
    """Show what a link is for; opening it does nothing, since mail programs open links by themselves."""
    event = await by_mail(request)
    link = request.query_params.get("l", "")[:LONGEST_LINK]
    if await secret_of(request, event, link) is None:
        return await join_page(request, event, status=HTTPStatus.FORBIDDEN, error=InvalidInput(OLD))
    return await join_page(request, event, stage="link", code=link)


async def use_link(request: Request) -> Response:
    """Let this browser take part as who has the address; the link is good for one browser."""
    event = await by_mail(request)
    link = (await fields(request)).get("link", "")[:LONGEST_LINK]
    secret = await secret_of(request, event, link)
    limits = state(request)["store"].limits
    if secret is None or not await limits.allow(f"link {event.slug} {link}", most=1, seconds=LINK_SECONDS):
        return await join_page(request, event, status=HTTPStatus.FORBIDDEN, error=InvalidInput(OLD))
    back = RedirectResponse(f"/{event.slug}/join", HTTPStatus.SEE_OTHER)
    await prove(request, event, back, secret)
    return back


async def secret_of(request: Request, event: Event, link: str) -> str | None:
    services = state(request)
    key = await services["seal"].load()
    return read_link(key, event.slug, link, now=services["now"]().timestamp())


async def by_mail(request: Request) -> Event:
    """Return the event, if links by e-mail are what it asks for; raises NotFound."""
    event = await access.event(request, "viewer")
    if event.participation.who != "mail" or state(request)["mailing"] is None:
        raise NotFound(_("No links are sent by e-mail here."))
    return event


routes = [
    Route("/{slug}/join/mail", ask, methods=["POST"]),
    Route("/{slug}/join/link", show_link),
    Route("/{slug}/join/link", use_link, methods=["POST"]),
]
