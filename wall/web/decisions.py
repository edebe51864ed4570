"""A decision as a desk sends it, carried out and answered."""

from typing import Any, get_args

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from wall.core.decision import Decision, Kind
from wall.core.event import Event
from wall.core.moderation import Standing
from wall.core.people import Person
from wall.core.text import clean
from wall.core.words import _
from wall.errors import InvalidInput
from wall.web import access
from wall.web.body import read
from wall.web.state import State, state

LONGEST_REASON = 200  # graphemes


class DecisionForm(msgspec.Struct):
    """What a desk sends for a decision; `picture` says of a refusal that the picture is why."""

    id: str
    post: str
    kind: str
    version: int
    hash: str
    picture: bool = False
    reason: str | None = None


async def create_decision(request: Request) -> Response:
    """Carry out a decision; 409 tells who was faster."""
    event, who = await access.staff(request, "moderator", by_key=True)
    services = state(request)
    decision = decision_of(await read(request, DecisionForm), who, event)
    return JSONResponse(answer_view(await carry_out(services, event, decision)))


async def carry_out(services: State, event: Event, decision: Decision) -> Standing:
    """Carry out a decision, and what follows from it for other posts; returns how its own stands then."""
    store, now = services["store"], services["now"]()
    after = await store.posts.decide(event.slug, decision, now=now)
    if decision.for_picture:
        await store.sweeps.alike(event.slug, decision.post_id, now=now)
    return after


def decision_of(form: DecisionForm, who: Person, event: Event) -> Decision:
    """Return the decision that a form says; raises InvalidInput."""
    reason = clean(form.reason or "", limit=LONGEST_REASON, lines=1) or None
    if form.kind not in get_args(Kind):
        raise InvalidInput(_("There is no decision “%(kind)s”.", kind=form.kind[:20]), field="kind")
    return Decision(
        id=decision_id(form.id, who),
        post_id=form.post,
        kind=form.kind,  # type: ignore[arg-type]
        by=who.id,
        by_name=who.name,
        version=form.version,
        content_hash=form.hash,
        for_picture=form.picture,
        reason=reason if form.kind in ("reject", "remove") else None,
        listed=reason in event.reasons,
    )


def decision_id(id: str, who: Person) -> str:
    """Return the id of what somebody did by the one that their page drew; raises InvalidInput."""
    if not id.isascii() or not id.isalnum() or not 8 <= len(id) <= 64:
        raise InvalidInput(_("A decision's id is 8 to 64 letters and digits."), field="id")
    return f"{who.id}-{id}"


def answer_view(after: Standing) -> dict[str, Any]:
    """Return how a post stands after what was done, as the desk is answered."""
    return {
        "id": after.post.id,
        "status": after.status,
        "version": after.version,
        "pinned": after.pinned,
        "first_of_two": after.approval is not None and not after.visible,
    }


routes = [Route("/{slug}/moderate/decisions", create_decision, methods=["POST"])]
