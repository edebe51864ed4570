"""Private threads at the desk: what members gave the team to read, who would like to talk with it, and whom it asks.

Nobody of the team reads a thread they are not in. Its pages know how many there are, and nothing else of them.
"""

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wall.core import coming_and_going
from wall.core.back_channel import Change
from wall.core.event import Event
from wall.core.member import Member, person_member
from wall.core.moderation import Standing, Status
from wall.core.people import Person
from wall.core.report import Report, TeamAsk
from wall.core.words import _
from wall.errors import InvalidInput, NotFound
from wall.store.back_channels import Read
from wall.web import access
from wall.web.acts import entry
from wall.web.back_channels.answering import note_answer
from wall.web.back_channels.begin import started
from wall.web.back_channels.carry import carry_out
from wall.web.back_channels.desk_views import barred_view, post_view, report_view
from wall.web.back_channels.invitations import link
from wall.web.back_channels.who import HOUR, SOMEBODY, author_member, barred, check_able, check_open, limit
from wall.web.form import fields
from wall.web.once import Told, told_once
from wall.web.state import State, state
from wall.web.when import ago

MOST_BEGUN = 60  # an hour


async def show(request: Request) -> Response:
    """Show what the team was given to read, and who would like to talk with it."""
    event, who = await access.staff(request, "moderator")
    check_able(state(request))
    return await page(request, event, who)


async def page(
    request: Request, event: Event, who: Person, *, error: InvalidInput | None = None, values: Any = None
) -> Response:
    services, store = state(request), state(request)["store"]
    now = services["now"]()
    reports, asks = await store.reports.reports(event.slug), await store.reports.asks(event.slug)
    post_id = (values or request.query_params).get("post", "")
    out = await store.barrings.all(event.slug)
    ids = [post_id, *(one.post_id for one in reports), *(one.post_id for one in asks)]
    found = dict(zip(ids, await store.posts.get_all(event.slug, ids), strict=True))
    post = found[post_id]
    return services["pages"].page(
        "moderate/back_channels.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
        page="organise",
        event=event,
        person={"name": who.name},
        base=f"/{event.slug}/moderate/back-channels",
        count=await store.back_channels.count(event.slug, now=now),
        reports=[report_view(event, one, found[one.post_id], now, out) for one in reports],
        barred=[barred_view(event, name, one, now) for name, one in out],
        asks=[
            {
                "id": one.id,
                "name": one.by_name,
                "asked": ago(one.at, now),
                "about": post_view(event, found[one.post_id]),
            }
            for one in asks
        ],
        post={"id": post_id, "here": author_member(post.post) is not None, **post_view(event, post)}
        if post
        else None,
        error=error.message if error else None,
        values={"words": "", "report": "", **(values or {})},
    )


async def begin(request: Request) -> Response:
    """Ask the author of a post into a thread, or make a link to hand to an author at another network."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    check_able(services)
    values = await fields(request)
    try:
        check_open(event)
        await limit(services, f"team begins {event.slug} {who.id}", most=MOST_BEGUN, seconds=HOUR)
        (standing,) = await services["store"].posts.get_all(event.slug, [values.get("post", "")])
        if standing is None or standing.status is Status.WITHDRAWN:
            raise InvalidInput(_("This post is gone; its author took it back."))
        me = Member(id=person_member(who.id), name=who.name)
        if values.get("do") == "link":
            return await hand_link(request, event, standing, me, values)
        id = await ask(services, event, standing, me, values.get("words", ""))
    except InvalidInput as error:
        return await page(request, event, who, error=error, values=values)
    return RedirectResponse(f"/{event.slug}/back-channels/{id}", HTTPStatus.SEE_OTHER)


async def ask(services: State, event: Event, standing: Standing, me: Member, words: str) -> str:
    """Ask an author of ours, with words: the team answers for what it writes to somebody unasked."""
    author = author_member(standing.post)
    if author is None:
        raise InvalidInput(_("Its author is at another network; make a link, and send it to them there."))
    if not words.strip():
        raise InvalidInput(
            _("Write what it is about; the author reads that before they decide to talk."), field="words"
        )
    await check_reachable(services, event, author)
    asked = Member(id=author, name=standing.post.author.name or SOMEBODY)
    blocked = await services["store"].back_channels.blocked(event.slug, author, me.id)
    listed = [] if blocked else [author]
    id = await started(services, event, standing.post.id, me, asked=asked, listed=listed, words=words)
    if listed:
        read = await services["store"].back_channels.peek(event.slug, id)
        await note_answer(services, event, read.thread, me.id)
    services["pusher"].tell(event.slug, listed)
    return id


async def hand_link(
    request: Request, event: Event, standing: Standing, me: Member, values: dict[str, str]
) -> Response:
    """Begin a thread and show, once, the link that lets the author of a post in."""
    services = state(request)
    author = standing.post.author
    id = await started(services, event, standing.post.id, me, words=values.get("words", ""))
    read = await services["store"].back_channels.peek(event.slug, id)
    url = await link(request, event, read, me.id, values.get("whom") or author.handle or author.name)
    return told_once(
        request,
        title=_("A link for one person"),
        lead=_(
            "Send it to the author at their network, in a message that only they read. It works once, for two days, "
            "and says before it is used what it opens and for whom. Whoever has it can come in with it."
        ),
        told=[Told(_("The link"), url)],
        back=f"/{event.slug}/back-channels/{id}",
    )


async def come(request: Request) -> Response:
    """Come into the thread of somebody who would like to talk with the team; the question is answered by that."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    check_able(services)
    ask = await asked(services, event, request.path_params["ask"])
    me, now = person_member(who.id), services["now"]()

    def entered(read: Read) -> Change:
        if read.thread.team_ask != ask.id:
            raise NotFound(_("Somebody of the team is there already, or it was taken back."))
        done = coming_and_going.enter(read.thread, me, who.name, now)
        assert done.thread is not None
        return Change(replace(done.thread, team_ask=""), done.messages)

    try:
        await carry_out(services, event, ask.thread_id, entered, by=me)
    except NotFound:
        await services["store"].reports.answered(event.slug, ask.id)
        raise
    return RedirectResponse(f"/{event.slug}/back-channels/{ask.thread_id}", HTTPStatus.SEE_OTHER)


async def asked(services: State, event: Event, id: str) -> TeamAsk:
    for one in await services["store"].reports.asks(event.slug):
        if one.id == id:
            return one
    raise NotFound(_("Somebody of the team is there already, or it was taken back."))


async def deal(request: Request) -> Response:
    """Be done with a report, or talk with whoever made it. The log says that it was done, and no word of it."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    check_able(services)
    report = await reported(services, event, request.path_params["report"])
    values = await fields(request)
    if values.get("do") == "talk":
        try:
            check_open(event)
            id = await talk(services, event, report, who, values.get("words", ""))
        except InvalidInput as error:
            return await page(request, event, who, error=error, values={"report": report.id})
        return RedirectResponse(f"/{event.slug}/back-channels/{id}", HTTPStatus.SEE_OTHER)
    await services["store"].reports.done(event.slug, report.id, entry(request, who, "report answered"))
    return RedirectResponse(f"/{event.slug}/moderate/back-channels", HTTPStatus.SEE_OTHER)


async def talk(services: State, event: Event, report: Report, who: Person, words: str) -> str:
    """Ask whoever reported to tell more."""
    if not words.strip():
        raise InvalidInput(_("Write something to whoever reported this."), field="words")
    if report.by == person_member(who.id):
        raise InvalidInput(_("You reported this yourself."))
    await check_reachable(services, event, report.by)
    me, other = Member(id=person_member(who.id), name=who.name), Member(id=report.by, name=report.by_name)
    id = await started(services, event, report.post_id, me, asked=other, listed=[other.id], words=words)
    services["pusher"].tell(event.slug, [other.id])
    return id


async def check_reachable(services: State, event: Event, member: str) -> None:
    if await barred(services, event, member):
        raise InvalidInput(
            _(
                "They are barred from private threads, so they cannot answer. Let them back in first, "
                "or meet them in the room."
            )
        )


async def reported(services: State, event: Event, id: str) -> Report:
    for one in await services["store"].reports.reports(event.slug):
        if one.id == id:
            return one
    raise NotFound(_("Somebody has dealt with this report already."))


routes = [
    Route("/{slug}/moderate/back-channels", show),
    Route("/{slug}/moderate/back-channels", begin, methods=["POST"]),
    Route("/{slug}/moderate/back-channels/asks/{ask}", come, methods=["POST"]),
    Route("/{slug}/moderate/back-channels/reports/{report}", deal, methods=["POST"]),
]
