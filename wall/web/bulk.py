"""Many decisions in one request: each is taken by itself, and answered by itself."""

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from wall.core.event import Event
from wall.core.people import Person
from wall.core.words import _
from wall.errors import InvalidInput, StoreUnavailable, WallError
from wall.web import access
from wall.web.body import read
from wall.web.decisions import DecisionForm, answer_view, carry_out, decision_of
from wall.web.error_pages import error_view, status_of
from wall.web.state import State, state

MOST = 50


class BulkForm(msgspec.Struct):
    """Decisions about different posts, in the order in which they were taken."""

    decisions: list[DecisionForm]


async def create_decisions(request: Request) -> Response:
    """Carry out decisions one after the other, and return for each what it would be answered alone.

    When Redis fails, it goes no further: what has no answer is sent again.
    """
    event, who = await access.staff(request, "moderator", by_key=True)
    form = await read(request, BulkForm)
    if not 0 < len(form.decisions) <= MOST:
        raise InvalidInput(_("One to %(most)s decisions can be sent at once.", most=MOST))
    answers: list[dict[str, Any]] = []
    for one in form.decisions:
        try:
            answers.append(await answer(state(request), event, who, one))
        except StoreUnavailable:
            if not answers:
                raise
            break
    return JSONResponse({"answers": answers})


async def answer(services: State, event: Event, who: Person, form: DecisionForm) -> dict[str, Any]:
    try:
        decision = decision_of(form, who, event)
        after = await carry_out(services, event, decision)
    except StoreUnavailable:
        raise
    except WallError as error:
        return {"id": form.id, "status": status_of(error), "body": error_view(error)}
    return {"id": form.id, "status": 200, "body": answer_view(after)}


routes = [Route("/{slug}/moderate/decisions/many", create_decisions, methods=["POST"])]
