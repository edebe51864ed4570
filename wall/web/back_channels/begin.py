"""How a private thread begins, and how somebody who is asked into one answers.

A question from a stranger carries a name and the post, and no words: nobody is written to who has not agreed to talk.
"""

import secrets
from dataclasses import replace
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wall.core import back_channel, coming_and_going
from wall.core.back_channel import Change
from wall.core.barring import BARRED
from wall.core.event import Event
from wall.core.member import Member, participant_member
from wall.core.moderation import Standing, Status
from wall.core.report import TeamAsk
from wall.core.text import clean_name
from wall.core.words import _
from wall.errors import InvalidInput, NotFound, NotTakingPart
from wall.store.back_channels import ID_BYTES
from wall.web.back_channels.carry import carry_out
from wall.web.back_channels.views import about_view
from wall.web.back_channels.who import (
    DAY,
    HOUR,
    SOMEBODY,
    asked,
    author_member,
    barred,
    check_may,
    check_open,
    event_of,
    limit,
)
from wall.web.form import fields
from wall.web.nav import nav
from wall.web.participation import introduce, own_id, taking_part
from wall.web.state import State, state

MOST_BEGUN = 10  # an hour


# A thread of one's own


async def show_new(request: Request) -> Response:
    """Show with whom one can talk about a post: its author, the team, or whoever is given a link."""
    event = await event_of(request)
    check_open(event)
    return await new_page(request, event, request.query_params.get("post", ""))


async def begin(request: Request) -> Response:
    """Begin a thread about a post."""
    event = await event_of(request)
    services, values = state(request), await fields(request)
    me = await taking_part(request, event)
    await check_may(services, event, participant_member(me.id))
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
                raise InvalidInput(_("Choose with whom you want to talk."))
    except InvalidInput as error:
        return await new_page(request, event, standing.post.id, error=error, values=values)
    return RedirectResponse(f"/{event.slug}/back-channels/{id}", HTTPStatus.SEE_OTHER)


async def ask_author(services: State, event: Event, standing: Standing, starter: Member) -> str:
    """Ask the author of a post. Who does not want to be asked is not, and the answer is the same."""
    author = author_member(standing.post)
    if author is None or author == starter.id:
        raise InvalidInput(_("Its author is not here to be asked. The team may know how to reach them."))
    once = f"asks {event.slug} {starter.id} {author}"
    if not await services["store"].limits.allow(f"back channel {once}", most=1, seconds=DAY):
        raise InvalidInput(_("You have asked this author already; it is for them to answer."))
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
        raise NotFound(_("This post is not on the wall."))
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
    id = await own_id(request, event)
    standing = await post_for(services, event, post_id, participant_member(id or ""))
    author = author_member(standing.post)
    try:
        name, out = (await taking_part(request, event)).name, ""
    except NotTakingPart as refusal:
        name, out = "", refusal.message
    if id and await barred(services, event, participant_member(id)):
        out = BARRED
    answer = services["pages"].page(
        "back-channels/new.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
        event=event,
        nav=await nav(request, event),
        post={"id": standing.post.id, **about_view(event, standing, mine=True)},
        mine=author is not None and id is not None and author == participant_member(id),
        reachable=author is not None,
        out=out,
        error=error.message if error else None,
        values={"name": name, "with": "", "words": ""} | (values or {}),
    )
    await introduce(request, event, answer)
    return answer


# Asked


async def answer(request: Request) -> Response:
    """Come in as one was asked to, say no, or say no for good to whoever asked."""
    event = await event_of(request)
    read, me = await asked(request, event)
    services, values = state(request), await fields(request)
    id, now = read.thread.id, services["now"]()
    if values.get("do") == "accept":
        await check_may(services, event, me.id)
        name = (
            clean_name(values.get("name", ""))
            or me.name
            or next(o.name for o in read.thread.asked if o.id == me.id)
        )
        await carry_out(
            services, event, id, lambda read: coming_and_going.enter(read.thread, me.id, name, now), by=me.id
        )
        return RedirectResponse(f"/{event.slug}/back-channels/{id}", HTTPStatus.SEE_OTHER)
    if values.get("do") == "block":
        await services["store"].back_channels.block(event.slug, me.id, read.thread.starter)
    await carry_out(services, event, id, lambda read: coming_and_going.decline(read.thread, me.id), by=me.id)
    return RedirectResponse(f"/{event.slug}/back-channels?declined", HTTPStatus.SEE_OTHER)


routes = [
    Route("/{slug}/back-channels/new", show_new),
    Route("/{slug}/back-channels/new", begin, methods=["POST"]),
    Route("/{slug}/back-channels/{thread}/answer", answer, methods=["POST"]),
]
