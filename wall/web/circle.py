"""The circle's own pages: its members, what they propose, debate and decide. For members only."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wall.core.circle import Member
from wall.core.event import Event
from wall.core.proposal import VOTES
from wall.core.words import _
from wall.errors import ChangedMeanwhile, InvalidInput, NotAllowed, NotFound
from wall.web import access
from wall.web.circle_view import may_leave, members_view, summary, whole
from wall.web.form import Trouble, fields
from wall.web.nav import nav
from wall.web.state import state

DAY = 86_400
MOST_PROPOSALS_A_DAY = 10
TEN_MINUTES = 600
MOST_REMARKS = 20
NOT_IN_IT = _("You are on the team of this event, but no member of its circle. Ask a member to propose you.")


async def inside(request: Request) -> tuple[Event, Member]:
    """Return the event and the member who asks; raises NotFound where there is no circle, NotAllowed for others."""
    event = await access.event(request, "viewer")
    if event.circle is None:
        raise NotFound(_("This event is open to everybody, and has no circle."))
    me = await access.member(request, event)
    if me is None:
        raise NotAllowed(NOT_IN_IT)
    return event, me


async def show(request: Request) -> Response:
    """Show the members, what is under vote, and what was decided; an organiser who is no member yet, their place."""
    event = await access.event(request, "viewer")
    if event.circle and await access.member(request, event) is None:
        signed_in = await access.session(request)
        if signed_in and signed_in[1].may(event.slug, "organiser"):
            return state(request)["pages"].page("circle/place.html", event=event, nav=await nav(request, event))
    event, me = await inside(request)
    services = state(request)
    store, now = services["store"], services["now"]()
    proposals = await store.proposals.all(event.slug, now=now)
    unseen = await store.proposals.unseen(event.slug, me, proposals)
    listed = [summary(event, me, one, unseen, now) for one in proposals]
    browsers = await store.ways_in.browsers(event.slug, me.id)
    return services["pages"].page(
        "circle/circle.html",
        event=event,
        nav=await nav(request, event),
        me={"name": me.name, "office": me.office, "may_leave": may_leave(me)},
        members=members_view(event, me, await store.members.all(event.slug), proposals, now),
        under_vote=[one for one in listed if one["state"] == "open"],
        decided=[one for one in listed if one["state"] != "open"],
        browsers=[{"id": id, "words": one.words} for id, one in browsers],
    )


async def show_form(request: Request) -> Response:
    """Show the form of a proposal: to admit somebody, or with ?member to remove one."""
    event, me = await inside(request)
    return await form_page(request, event, me, request.query_params.get("member", ""))


async def propose(request: Request) -> Response:
    """Open a vote."""
    event, me = await inside(request)
    assert event.circle is not None
    values = await fields(request)
    removing = values.get("member", "")
    services = state(request)
    try:
        await limit(request, f"{event.slug} proposes {me.id}", MOST_PROPOSALS_A_DAY, DAY)
        made = await services["store"].proposals.propose(
            event.slug,
            event.circle,
            me,
            now=services["now"](),
            reason=values.get("reason", ""),
            name=values.get("name", ""),
            reach=values.get("reach", ""),
            removing=removing,
        )
    except InvalidInput as error:
        return await form_page(request, event, me, removing, Trouble("proposal", error, values))
    await services["store"].proposals.look(event.slug, me.id, made)
    return RedirectResponse(f"/{event.slug}/circle/proposals/{made.id}", HTTPStatus.SEE_OTHER)


async def show_proposal(request: Request) -> Response:
    """Show a proposal, its debate and its vote."""
    event, me = await inside(request)
    return await proposal_page(request, event, me)


async def remark(request: Request) -> Response:
    """Say something in a debate."""
    event, me = await inside(request)
    values = await fields(request)
    id, services = request.path_params["proposal"], state(request)
    try:
        await limit(request, f"{event.slug} debates {me.id}", MOST_REMARKS, TEN_MINUTES)
        await services["store"].proposals.remark(
            event.slug, id, me.id, values.get("words", ""), now=services["now"]()
        )
    except (InvalidInput, ChangedMeanwhile) as error:
        return await proposal_page(request, event, me, refused("remark", error, values))
    return RedirectResponse(f"/{event.slug}/circle/proposals/{id}#debate", HTTPStatus.SEE_OTHER)


async def vote(request: Request) -> Response:
    """Cast a ballot, once."""
    event, me = await inside(request)
    values = await fields(request)
    id, services = request.path_params["proposal"], state(request)
    try:
        if (chosen := values.get("vote", "")) not in VOTES:
            raise InvalidInput(_("Choose how you vote."), field="vote")
        await services["store"].proposals.vote(
            event.slug, id, me.id, chosen, values.get("words", ""), now=services["now"]()
        )
    except (InvalidInput, ChangedMeanwhile) as error:
        return await proposal_page(request, event, me, refused("ballot", error, values))
    return RedirectResponse(f"/{event.slug}/circle/proposals/{id}#vote", HTTPStatus.SEE_OTHER)


async def withdraw(request: Request) -> Response:
    """Take one's own proposal back."""
    event, me = await inside(request)
    id, services = request.path_params["proposal"], state(request)
    try:
        await services["store"].proposals.withdraw(event.slug, id, me.id, now=services["now"]())
    except ChangedMeanwhile as error:
        return await proposal_page(request, event, me, refused("withdrawal", error, {}))
    return RedirectResponse(f"/{event.slug}/circle/proposals/{id}", HTTPStatus.SEE_OTHER)


async def form_page(
    request: Request, event: Event, me: Member, removing: str, trouble: Trouble | None = None
) -> Response:
    services = state(request)
    concerned = await services["store"].members.get(event.slug, removing) if removing else None
    return services["pages"].page(
        "circle/propose.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if trouble else HTTPStatus.OK,
        event=event,
        nav=await nav(request, event),
        rule=event.circle,
        concerned={"id": concerned.id, "name": concerned.name} if concerned else None,
        trouble=trouble,
    )


async def proposal_page(request: Request, event: Event, me: Member, trouble: Trouble | None = None) -> Response:
    services = state(request)
    store, now = services["store"], services["now"]()
    found = await store.proposals.get(event.slug, request.path_params["proposal"], now=now)
    await store.proposals.look(event.slug, me.id, found)
    members = {one.id: one for one in await store.members.all(event.slug)}
    return services["pages"].page(
        "circle/proposal.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if trouble else HTTPStatus.OK,
        event=event,
        nav=await nav(request, event),
        proposal=whole(event, me, found, members, now),
        trouble=trouble,
    )


async def limit(request: Request, key: str, most: int, seconds: int) -> None:
    """Count one more of what a member does; raises InvalidInput once it is a lot."""
    if not await state(request)["store"].limits.allow(key, most=most, seconds=seconds):
        raise InvalidInput(_("That was a lot in a short time. Wait a while, then send it again."))


def refused(form: str, error: InvalidInput | ChangedMeanwhile, values: dict[str, str]) -> Trouble:
    shown = error if isinstance(error, InvalidInput) else InvalidInput(error.message)
    return Trouble(form, shown, values)


routes = [
    Route("/{slug}/circle", show),
    Route("/{slug}/circle/propose", show_form),
    Route("/{slug}/circle/propose", propose, methods=["POST"]),
    Route("/{slug}/circle/proposals/{proposal}", show_proposal),
    Route("/{slug}/circle/proposals/{proposal}/debate", remark, methods=["POST"]),
    Route("/{slug}/circle/proposals/{proposal}/vote", vote, methods=["POST"]),
    Route("/{slug}/circle/proposals/{proposal}/withdrawal", withdraw, methods=["POST"]),
]
