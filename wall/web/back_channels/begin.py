"""How a private thread begins, and how people come in: asked because they wrote the post, by the team, or by a link.

A question from a stranger carries a name and the post, and no words: nobody is written to who has not agreed to talk.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wall.core import back_channel
from wall.core.back_channel import INVITED_FOR, Change, Invitation
from wall.core.event import Event
from wall.core.member import Member, participant_member
from wall.core.moderation import Standing, Status
from wall.core.report import TeamAsk
from wall.core.text import clean_name
from wall.errors import InvalidInput, NotFound, NotTakingPart
from wall.store.back_channels import ID_BYTES, Read
from wall.web.addresses import address
from wall.web.back_channels.carry import carry_out
from wall.web.back_channels.pages import thread_page
from wall.web.back_channels.views import about, about_view
from wall.web.back_channels.who import (
    DAY,
    HOUR,
    SOMEBODY,
    asked,
    author_member,
    check_open,
    entered,
    event_of,
    limit,
    selves,
)
from wall.web.form import fields
from wall.web.participation import introduce, participant_id, taking_part
from wall.web.state import State, state
from wall.web.when import until

MOST_BEGUN = 10  # an hour
MOST_LINKS = 10  # an hour
LINK_BYTES = 300
UNUSABLE = "This link was used already, was taken back, or is too old. Ask for a new one."


# A thread of one's own


async def show_new(request: Request) -> Response:
    """Show with whom one can talk about a post: its author, the team, or whoever is given a link."""
    event = await event_of(request)
    check_open(event)
    return await new_page(request, event, request.query_params.get("post", ""))


async def begin(request: Request) -> Response:
    """Begin a thread about a post."""
    event = await event_of(request)
    check_open(event)
    services, values = state(request), await fields(request)
    me = await taking_part(request, event)
    standing = await post_for(services, event, values.get("post", ""), participant_member(me.id))
    name = clean_name(values.get("name", "")) or me.name or SOMEBODY
    starter = Member(id=participant_member(me.id), name=name)
    try:
        await limit(services, f"begins {event.slug} {me.id}", most=MOST_BEGUN, seconds=HOUR)
        match values.get("with"):
            case "author":
                id = await ask_author(services, event, standing, starter)
            case "team":
                id = await ask_team(services, event, standing, starter, values.get("words", ""))
            case "link" if author_member(standing.post) == starter.id:
                id = await started(services, event, standing.post.id, starter)
            case _:
                raise InvalidInput("Choose with whom you want to talk.")
    except InvalidInput as error:
        return await new_page(request, event, standing.post.id, error=error, values=values)
    return RedirectResponse(f"/{event.slug}/back-channels/{id}", HTTPStatus.SEE_OTHER)


async def ask_author(services: State, event: Event, standing: Standing, starter: Member) -> str:
    """Ask the author of a post. Who does not want to be asked is not, and the answer is the same."""
    author = author_member(standing.post)
    if author is None or author == starter.id:
        raise InvalidInput("Its author is not here to be asked. The team may know how to reach them.")
    once = f"asks {event.slug} {starter.id} {author}"
    if not await services["store"].limits.allow(f"back channel {once}", most=1, seconds=DAY):
        raise InvalidInput("You have asked this author already; it is for them to answer.")
    blocked = await services["store"].back_channels.blocked(event.slug, author, starter.id)
    author_name = standing.post.author.name or SOMEBODY
    asked = Member(id=author, name=author_name)
    id = await started(services, event, standing.post.id, starter, asked=asked, listed=[] if blocked else [author])
    if not blocked:
        services["pusher"].tell(event.slug, [author])
    return id


async def ask_team(services: State, event: Event, standing: Standing, starter: Member, words: str) -> str:
    """Begin a thread into which one of the team comes; what is written there, only they and the members read."""
    ask_id = secrets.token_hex(8)
    id = await started(services, event, standing.post.id, starter, words=words, team_ask=ask_id)
    ask = TeamAsk(id=ask_id, thread_id=id, post_id=standing.post.id, by_name=starter.name, at=services["now"]())
    await services["store"].reports.ask(event.slug, ask)
    return id


async def started(
    services: State,
    event: Event,
    post_id: str,
    starter: Member,
    *,
    asked: Member | None = None,
    listed: list[str] | None = None,
    words: str = "",
    team_ask: str = "",
) -> str:
    """Begin a thread, and return its id."""
    id, now = secrets.token_urlsafe(ID_BYTES), services["now"]()
    begun = back_channel.start(id, post_id, starter, now, asked=asked, words=words)
    assert begun.thread is not None
    begun = Change(replace(begun.thread, team_ask=team_ask), begun.messages)
    await services["store"].back_channels.start(event.slug, begun, listed=listed or [], now=now)
    return id


async def post_for(services: State, event: Event, post_id: str, me: str) -> Standing:
    """Return the post to talk about: one on the wall, or one's own; raises NotFound."""
    (standing,) = await services["store"].posts.get_all(event.slug, [post_id])
    mine = standing is not None and author_member(standing.post) == me and standing.status is not Status.WITHDRAWN
    if standing is None or not (standing.visible or mine):
        raise NotFound("This post is not on the wall.")
    return standing


async def new_page(
    request: Request,
    event: Event,
    post_id: str,
    *,
    error: InvalidInput | None = None,
    values: dict[str, str] | None = None,
) -> Response:
    services = state(request)
    id = participant_id(request, event.slug)
    standing = await post_for(services, event, post_id, participant_member(id or ""))
    author = author_member(standing.post)
    try:
        name, out = (await taking_part(request, event)).name, ""
    except NotTakingPart as refusal:
        name, out = "", refusal.message
    answer = services["pages"].page(
        "back-channels/new.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
        event=event,
        post={"id": standing.post.id, **about_view(event, standing, mine=True)},
        mine=author is not None and id is not None and author == participant_member(id),
        reachable=author is not None,
        out=out,
        error=error.message if error else None,
        values={"name": name, "with": "", "words": ""} | (values or {}),
    )
    introduce(request, event, answer)
    return answer


# Asked


async def answer(request: Request) -> Response:
    """Come in as one was asked to, say no, or say no for good to whoever asked."""
    event = await event_of(request)
    read, me = await asked(request, event)
    services, values = state(request), await fields(request)
    id, now = read.thread.id, services["now"]()
    if values.get("do") == "accept":
        check_open(event)
        name = (
            clean_name(values.get("name", ""))
            or me.name
            or next(o.name for o in read.thread.asked if o.id == me.id)
        )
        await carry_out(
            services, event, id, lambda read: back_channel.enter(read.thread, me.id, name, now), by=me.id
        )
        return RedirectResponse(f"/{event.slug}/back-channels/{id}", HTTPStatus.SEE_OTHER)
    if values.get("do") == "block":
        await services["store"].back_channels.block(event.slug, me.id, read.thread.starter)
    await carry_out(services, event, id, lambda read: back_channel.decline(read.thread, me.id), by=me.id)
    return RedirectResponse(f"/{event.slug}/back-channels?declined", HTTPStatus.SEE_OTHER)


# Links


async def invite(request: Request) -> Response:
    """Make a link that lets one person in, and show it once; or take one back."""
    event = await event_of(request)
    read, me = await entered(request, event, with_messages=False)
    values = await fields(request)
    services, id = state(request), read.thread.id
    try:
        if taken := values.get("back"):
            await carry_out(
                services, event, id, lambda read: back_channel.take_back(read.thread, me, taken), by=me
            )
            return RedirectResponse(f"/{event.slug}/back-channels/{id}#members", HTTPStatus.SEE_OTHER)
        check_open(event)
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
        raise InvalidInput("Write for whom the link is; the page that it opens says so.", field="whom")
    await limit(services, f"invites {event.slug} {me}", most=MOST_LINKS, seconds=HOUR)
    by = back_channel.me(read.thread, me)
    invitation = Invitation(
        id=secrets.token_hex(8), whom=clean_name(whom), by=me, by_name=by.name, expires_at=now + INVITED_FOR
    )
    id = read.thread.id
    await carry_out(services, event, id, lambda read: back_channel.invite(read.thread, invitation, now), by=me)
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
        return read, back_channel.open_invitation(read.thread, invitation, services["now"]())
    except NotFound as error:
        raise NotFound(UNUSABLE) from error


async def show_invitation(request: Request) -> Response:
    """Say what a link opens, and for whom, before it is used."""
    event = await event_of(request)
    check_open(event)
    read, invitation = await invited(request, event)
    services = state(request)
    inside = next((one for one in await selves(request, event) if read.thread.member(one.id)), None)
    (post,) = await about(services, event, [read.thread.post_id])
    answer = services["pages"].page(
        "back-channels/invitation.html",
        event=event,
        invitation=invitation_view(read, invitation, services),
        about_post=post,
        inside=f"/{event.slug}/back-channels/{read.thread.id}" if inside else "",
    )
    introduce(request, event, answer)
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
    id = participant_id(request, event.slug)
    if id is None:
        raise NotTakingPart("Your browser refuses cookies; allow them here, then open the link again.")
    me, now = participant_member(id), services["now"]()
    if not read.thread.member(me):
        name = clean_name(values.get("name", "")) or invitation.whom
        await carry_out(
            services,
            event,
            read.thread.id,
            lambda read: back_channel.use(read.thread, invitation.id, me, name, now),
            by=me,
        )
    return RedirectResponse(f"/{event.slug}/back-channels/{read.thread.id}", HTTPStatus.SEE_OTHER)


routes = [
    Route("/{slug}/back-channels/new", show_new),
    Route("/{slug}/back-channels/new", begin, methods=["POST"]),
    Route("/{slug}/back-channels/invitation/{link}", show_invitation),
    Route("/{slug}/back-channels/invitation/{link}", use_invitation, methods=["POST"]),
    Route("/{slug}/back-channels/{thread}/answer", answer, methods=["POST"]),
    Route("/{slug}/back-channels/{thread}/invitations", invite, methods=["POST"]),
]
