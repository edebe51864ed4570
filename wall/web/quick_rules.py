"""Rules made at the desk by one click: an author or a domain waits or is rejected from now on, and undone again."""

from functools import partial
from typing import Literal

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from wall.core.rules import KINDS, Rule, checked
from wall.core.rules.editing import FROM_DESK, Rules, entered, withdrawn
from wall.core.words import _
from wall.errors import InvalidInput
from wall.web import access
from wall.web.acts import entry
from wall.web.body import read
from wall.web.ending import ending
from wall.web.language import say
from wall.web.state import state

DONE: dict[tuple[str, str], str] = {
    ("wait", "never"): _("new posts wait for a moderator"),
    ("wait", "today"): _("new posts wait for a moderator, until midnight"),
    ("wait", "event"): _("new posts wait for a moderator, until the event is over"),
    ("reject", "never"): _("new posts are rejected"),
    ("reject", "today"): _("new posts are rejected, until midnight"),
    ("reject", "event"): _("new posts are rejected, until the event is over"),
}


class QuickRule(msgspec.Struct):
    """What a desk sends to have an entry looked for from now on."""

    kind: Literal["authors", "domains"]
    entry: str
    effect: Literal["wait", "reject"]
    ends: Literal["never", "today", "event"] = "never"


class Undo(msgspec.Struct):
    """What a desk sends to take an entry out again."""

    rule: str
    entry: str


async def create_entry(request: Request) -> Response:
    """Put an author or a domain into the desk's rule for that; the answer names what undoes it."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    form = await read(request, QuickRule)
    now = services["now"]()
    until = ending(form.ends, event, now)
    places = KINDS[form.kind].places
    (word,) = checked(Rule(id="new", kind=form.kind, entries=(form.entry,), places=places)).entries
    made: list[Rule] = []

    def change(rules: Rules) -> Rules:
        after, rule = entered(
            rules, form.kind, word, effect=form.effect, until=until, by=who.id, by_name=who.name, now=now
        )
        made[:] = [rule]
        return after

    await services["store"].rules.change(event.slug, change, entry=entry(request, who, "rules"))
    return JSONResponse(
        {
            "rule": made[0].id,
            "entry": word,
            "words": say(DONE[form.effect, form.ends]),
            "url": f"/organise/{event.slug}/rules/{made[0].id}",
        }
    )


async def undo_entry(request: Request) -> Response:
    """Take an entry out of a rule of the desk again."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    form = await read(request, Undo)
    if not form.rule.startswith(FROM_DESK):
        raise InvalidInput(_("Only a rule made at the desk is undone here."), field="rule")
    undone = partial(withdrawn, id=form.rule, entry=form.entry, by=who.id, by_name=who.name, now=services["now"]())
    await services["store"].rules.change(event.slug, undone, entry=entry(request, who, "rules"))
    return JSONResponse({"rule": form.rule})


routes = [
    Route("/{slug}/moderate/rules", create_entry, methods=["POST"]),
    Route("/{slug}/moderate/rules/undo", undo_entry, methods=["POST"]),
]
