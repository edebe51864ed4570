"""From a circle to the public event: a moderator asks about a post, and its author agrees or does not."""

import secrets
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wall.core import consent
from wall.core.consent import Excerpt, Quote
from wall.core.event import Event
from wall.core.member import participant_member
from wall.core.moderation import Standing, Status
from wall.core.people import Person
from wall.core.words import _
from wall.errors import InvalidInput, NotFound
from wall.web import access
from wall.web.acts import entry
from wall.web.back_channels.who import author_member
from wall.web.form import fields
from wall.web.nav import nav, whole_of
from wall.web.participation import own_id
from wall.web.passed import hand_over, take_down
from wall.web.shared_nav import Link
from wall.web.state import state

SHOWN = 50
LOOKED_AT = 200


async def show_desk(request: Request) -> Response:
    """Show what was written here last, and which of it somebody was asked about."""
    event, who = await access.staff(request, "moderator")
    return await desk_page(request, event, who)


async def ask(request: Request) -> Response:
    """Ask the author of a post whether it may be passed on."""
    event, who = await access.staff(request, "moderator")
    await whole(request, event)
    services = state(request)
    standing = await services["store"].posts.get(event.slug, request.path_params["post"])
    try:
        made = asked_about(standing, who, request)
        await services["store"].passing.change(
            event.slug,
            standing.post.id,
            lambda before: before if before and before.stage != "stopped" else made,
            entry=entry(request, who, "passed on", post=standing.post.id),
        )
    except InvalidInput as error:
        return await desk_page(request, event, who, error=error)
    return RedirectResponse(f"/{event.slug}/moderate/passing", HTTPStatus.SEE_OTHER)


def asked_about(standing: Standing, who: Person, request: Request) -> Excerpt:
    """Return what is asked about a post; raises InvalidInput for one not on the wall, or not written here."""
    author = author_member(standing.post)
    if author is None or not standing.visible:
        raise InvalidInput(_("Only what a member wrote here, and is on the wall, can be passed on."))
    quote = Quote(number=0, by=author, name=standing.post.author.name, text=standing.post.text)
    now = state(request)["now"]()
    return consent.propose(secrets.token_hex(12), by=who.id, by_name=who.name, quotes=[quote], now=now)


async def show(request: Request) -> Response:
    """Show an author what they are asked, and what they agreed to."""
    event = await access.event(request, "viewer")
    return await author_page(request, event)


async def answer(request: Request) -> Response:
    """Agree that a post of one's own be shown to everybody, or say no to it, before it is and afterwards."""
    event = await access.event(request, "viewer")
    await whole(request, event)
    services, me = state(request), await author(request, event)
    post_id, agrees = request.path_params["post"], (await fields(request)).get("do") == "agree"
    before = (await services["store"].passing.all(event.slug)).get(post_id)
    if before is None or me not in before.quoted:
        raise NotFound(_("Nothing of yours is asked about here."))
    standing = await services["store"].posts.get(event.slug, post_id)
    if agrees and (not standing.visible or standing.post.text != before.quotes[0].text):
        changed = InvalidInput(_("This was stopped, or the post is not what it was when you were asked."))
        return await author_page(request, event, error=changed)
    if not agrees:
        await take_down(services, event, before)

    def answered(now: Excerpt | None) -> Excerpt:
        return consent.agree(now or before, me) if agrees else consent.withdraw(now or before, me)

    try:
        after = await services["store"].passing.change(event.slug, post_id, answered)
    except InvalidInput as error:
        return await author_page(request, event, error=error)
    if after.stage == "agreed":
        await hand_over(services, event, post_id, after)
    else:
        await take_down(services, event, before)
    return RedirectResponse(f"/{event.slug}/passing", HTTPStatus.SEE_OTHER)


async def author(request: Request, event: Event) -> str:
    """Return who asks, as the author of what they wrote here."""
    return participant_member(await own_id(request, event) or "")


async def whole(request: Request, event: Event) -> Link:
    """Return what the circle is a part of; raises NotFound for any other event."""
    found = await whole_of(request, event)
    if found is None:
        raise NotFound(_("There is nothing to pass posts on to: this is no circle of a public event."))
    return found


async def desk_page(request: Request, event: Event, who: Person, *, error: InvalidInput | None = None) -> Response:
    services, to = state(request), await whole(request, event)
    found = await services["store"].posts.page(event.slug, Status.APPROVED, limit=LOOKED_AT)
    asked = await services["store"].passing.all(event.slug)
    return services["pages"].page(
        "moderate/passing.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
        page="organise",
        event=event,
        person={"name": who.name},
        base=f"/{event.slug}/moderate",
        whole=to,
        error=error,
        posts=[
            {
                "id": one.post.id,
                "name": one.post.author.name or one.post.author.handle,
                "text": one.post.text,
                "stage": asked[one.post.id].stage if one.post.id in asked else "",
            }
            for place, one in found
            if author_member(one.post)
        ][:SHOWN],
    )


async def author_page(request: Request, event: Event, *, error: InvalidInput | None = None) -> Response:
    services, to, me = state(request), await whole(request, event), await author(request, event)
    asked = await services["store"].passing.all(event.slug)
    return services["pages"].page(
        "circle/passing.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
        event=event,
        nav=await nav(request, event),
        whole=to,
        error=error,
        asked=[
            {
                "post": id,
                "by": one.by_name,
                "name": one.quotes[0].name,
                "words": one.quotes[0].text,
                "stage": one.stage,
            }
            for id, one in asked.items()
            if me in one.quoted and one.stage != "stopped"
        ],
    )


routes = [
    Route("/{slug}/passing", show),
    Route("/{slug}/passing/{post}", answer, methods=["POST"]),
    Route("/{slug}/moderate/passing", show_desk),
    Route("/{slug}/moderate/passing/{post}", ask, methods=["POST"]),
]
