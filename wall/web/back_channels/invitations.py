"""Links that let one person into a private thread, once: made by its starter, and looked at before they are used."""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wall.core import back_channel, coming_and_going
from wall.core.back_channel import Invitation
from wall.core.coming_and_going import INVITED_FOR
from wall.core.event import Event
from wall.core.member import participant_member
from wall.core.text import clean_name
from wall.core.words import _
from wall.errors import InvalidInput, NotFound, NotTakingPart
from wall.store.back_channels import Read
from wall.web.addresses import address
from wall.web.back_channels.carry import carry_out
from wall.web.back_channels.pages import thread_page
from wall.web.back_channels.views import about
from wall.web.back_channels.who import HOUR, barred, check_may, check_open, entered, event_of, limit, selves
from wall.web.form import fields
from wall.web.nav import nav
from wall.web.participation import introduce, own_id
from wall.web.state import State, state
from wall.web.when import until

MOST_LINKS = 10  # an hour
LINK_BYTES = 300
UNUSABLE = _("This link was used already, was taken back, or is too old. Ask for a new one.")


async def invite(request: Request) -> Response:
    """Make a link that lets one person in, and show it once; or take one back."""
    event = await event_of(request)
    read, me = await entered(request, event, with_messages=False)
    values = await fields(request)
    services, id = state(request), read.thread.id
    try:
        if taken := values.get("back"):
            await carry_out(
                services, event, id, lambda read: coming_and_going.take_back(read.thread, me, taken), by=me
            )
            return RedirectResponse(f"/{event.slug}/back-channels/{id}#members", HTTPStatus.SEE_OTHER)
        await check_may(services, event, me)
        url = await link(request, event, read, me, values.get("whom", ""))
    except InvalidInput as error:
        read, me = await entered(request, event)
        return await thread_page(request, event, read, me, error=error)
    read, me = await entered(request, event)
    return await thread_page(
        request, event, read, me, link={"url": url, "whom": clean_name(values.get("whom", ""))}
    )


async def link(request: Request, event: Event, read: Read, me: str, whom: str) -> str:
    """Return the address of a new invitation for somebody; raises InvalidInput."""
    services = state(request)
    now = services["now"]()
    if not clean_name(whom):
        raise InvalidInput(_("Write for whom the link is; the page that it opens says so."), field="whom")
    await limit(services, f"invites {event.slug} {me}", most=MOST_LINKS, seconds=HOUR)
    by = back_channel.me(read.thread, me)
    invitation = Invitation(
        id=secrets.token_hex(8), whom=clean_name(whom), by=me, by_name=by.name, expires_at=now + INVITED_FOR
    )
    id = read.thread.id
    await carry_out(services, event, id, lambda read: coming_and_going.invite(read.thread, invitation, now), by=me)
    # Sealed, and by that signed: the words of the link tell nothing, and nobody can make others.
    words = services["store"].back_channels.sealer.seal(
        f"{id} {invitation.id}".encode(), event.slug, "invitation", padded=False
    )
    return address(request, f"/{event.slug}/back-channels/invitation/{urlsafe_b64encode(words).decode()}")


async def invited(request: Request, event: Event) -> tuple[Read, Invitation]:
    """Return what the link in the path opens; raises NotFound."""
    services = state(request)
    channels = services["store"].back_channels
    try:
        words = urlsafe_b64decode(request.path_params["link"].encode("ascii"))
    except (ValueError, Base64Error) as error:
        raise NotFound(UNUSABLE) from error
    plain = channels.sealer.opened(words[:LINK_BYTES], event.slug, "invitation")
    if plain is None:
        raise NotFound(UNUSABLE)
    id, _, invitation = plain.decode().partition(" ")
    try:
        read = await channels.peek(event.slug, id)
        found = coming_and_going.open_invitation(read.thread, invitation, services["now"]())
    except NotFound as error:
        raise NotFound(UNUSABLE) from error
    if await barred(services, event, found.by):
        raise NotFound(UNUSABLE)
    return read, found


async def show_invitation(request: Request) -> Response:
    """Say what a link opens, and for whom, before it is used."""
    event = await event_of(request)
    check_open(event)
    read, invitation = await invited(request, event)
    services = state(request)
    asking = await selves(request, event)
    inside = next((one for one in asking if read.thread.member(one.id)), None)
    if not inside:
        for one in asking:
            await check_may(services, event, one.id)
    (post,) = await about(services, event, [read.thread.post_id])
    answer = services["pages"].page(
        "back-channels/invitation.html",
        event=event,
        nav=await nav(request, event),
        invitation=invitation_view(read, invitation, services),
        about_post=post,
        inside=f"/{event.slug}/back-channels/{read.thread.id}" if inside else "",
    )
    await introduce(request, event, answer)
    return answer


def invitation_view(read: Read, invitation: Invitation, services: State) -> dict[str, Any]:
    by = read.thread.member(invitation.by)
    return {
        "whom": invitation.whom,
        "by": invitation.by_name,
        "team": bool(by and by.team),
        "members": [{"name": one.name, "team": one.team} for one in read.thread.members],
        "until": until(invitation.expires_at, services["now"]()),
    }


async def use_invitation(request: Request) -> Response:
    """Come in by a link."""
    event = await event_of(request)
    check_open(event)
    read, invitation = await invited(request, event)
    services, values = state(request), await fields(request)
    id = await own_id(request, event)
    if id is None:
        raise NotTakingPart(_("Your browser refuses cookies; allow them here, then open the link again."))
    me, now = participant_member(id), services["now"]()
    await check_may(services, event, me)
    if not read.thread.member(me):
        name = clean_name(values.get("name", "")) or invitation.whom
        await carry_out(
            services,
            event,
            read.thread.id,
            lambda read: coming_and_going.use(read.thread, invitation.id, me, name, now),
            by=me,
        )
    return RedirectResponse(f"/{event.slug}/back-channels/{read.thread.id}", HTTPStatus.SEE_OTHER)


routes = [
    Route("/{slug}/back-channels/invitation/{link}", show_invitation),
    Route("/{slug}/back-channels/invitation/{link}", use_invitation, methods=["POST"]),
    Route("/{slug}/back-channels/{thread}/invitations", invite, methods=["POST"]),
]
