"""The pages of an event's rules: the chain in its order, one rule with what it would have caught, and its files."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from wall.core.event import Event
from wall.core.people import Person
from wall.core.rules import EFFECTS, KINDS, MOST_ENTRIES, MOST_RULES, Rule
from wall.core.rules.editing import one, stamp
from wall.core.words import _
from wall.errors import NotFound
from wall.store.rules import Tally
from wall.web import access
from wall.web.form import Trouble
from wall.web.rule_files import written
from wall.web.rule_form import blank, form_values
from wall.web.rule_preview import each_tried, tried
from wall.web.rule_view import END_NAMES, PLACE_NAMES, chain_view, kinds_view, rest_words, rule_view, without_words
from wall.web.state import state

OFF_PREVIEWED = 8
"""Rules that are off of which the chain's page says what they would have caught; trying each takes a while."""


async def show_rules(request: Request) -> HTMLResponse:
    """Show the chain of rules in its order; moderators may read it."""
    return await rules_page(request, await access.event(request, "moderator"))


async def show_kinds(request: Request) -> HTMLResponse:
    """Show the kinds of rules to choose from."""
    event, who = await access.staff(request, "organiser")
    return state(request)["pages"].page("organise/rule_kinds.html", **frame(event, who), groups=kinds_view())


async def show_new(request: Request) -> HTMLResponse:
    """Show the form of a new rule."""
    event = await access.event(request, "organiser")
    kind = request.path_params["kind"]
    if kind not in KINDS:
        raise NotFound(_("There is no such kind of rule."))
    rule = blank(kind)
    seen = await tried(state(request), event, rule) if not KINDS[kind].entry else None
    return await rule_page(request, event, kind, None, form_values(rule, event), seen=seen)


async def show_rule(request: Request) -> HTMLResponse:
    """Show a rule, to be changed by organisers, with what it would have caught."""
    event = await access.event(request, "moderator")
    services = state(request)
    rule = one((await services["store"].rules.get(event.slug)).rules, request.path_params["rule"])
    if rule.kind not in KINDS:
        raise NotFound(_("This rule comes from a newer program, which alone can show it."))
    seen = await tried(services, event, rule)
    return await rule_page(request, event, rule.kind, rule, form_values(rule, event), seen=seen)


async def export(request: Request) -> Response:
    """Return the chain as a file."""
    event = await access.event(request, "organiser")
    chain = await state(request)["store"].rules.get(event.slug)
    return Response(
        written(chain.rules),
        media_type="application/json",
        headers={
            "content-disposition": f'attachment; filename="rules-{event.slug}.json"',
            "cache-control": "no-store",
        },
    )


async def show_import(request: Request) -> HTMLResponse:
    """Show the form that takes a file of rules."""
    return await import_page(request, await access.event(request, "organiser"), {"how": "add"})


async def rules_page(request: Request, event: Event) -> HTMLResponse:
    services = state(request)
    chain = await services["store"].rules.get(event.slug)
    rules = chain_view(event, chain, await services["store"].rules.tallies(event.slug), services["now"]())
    off = [(view, rule) for view, rule in zip(rules, chain.rules, strict=True) if not view["on"] and view["known"]]
    tries = await each_tried(services, event, [rule for __, rule in off[:OFF_PREVIEWED]])
    for (view, __), would in zip(off, tries, strict=False):
        view["would"] = would
    return services["pages"].page(
        "organise/rules.html",
        **frame(event, await access.person(request)),
        rules=rules,
        readable=chain.readable,
        rest=rest_words(event),
        without=without_words(event),
        entries=sum(len(rule.entries) + len(rule.exceptions) for rule in chain.rules),
        most_entries=MOST_ENTRIES,
        full=len(chain.rules) >= MOST_RULES,
        most_rules=MOST_RULES,
        left_out=number(request.query_params.get("left_out", "")),
        waiting="trusted" not in event.mode,
    )


async def rule_page(
    request: Request,
    event: Event,
    kind: str,
    rule: Rule | None,
    values: Mapping[str, str],
    *,
    seen: dict[str, Any] | None = None,
    trouble: Trouble | None = None,
    status: int = HTTPStatus.OK,
    left_out: tuple[tuple[str, str], ...] = (),
) -> HTMLResponse:
    """Return the page of a rule, `rule` being how it is kept and `values` how the form is filled in."""
    services = state(request)
    tally = (await services["store"].rules.tallies(event.slug)).get(rule.id, Tally()) if rule else Tally()
    return services["pages"].page(
        "organise/rule.html",
        status=status,
        **frame(event, await access.person(request)),
        kind=kind,
        about=KINDS[kind],
        rule=rule_view(event, rule, tally, services["now"]()) if rule else None,
        seen_at=stamp(rule) if rule else "",
        values=values,
        seen=seen,
        left_out=left_out,
        trouble=trouble,
        effects=EFFECTS,
        places=PLACE_NAMES,
        ends=END_NAMES,
        most_entries=MOST_ENTRIES,
    )


async def import_page(
    request: Request,
    event: Event,
    values: Mapping[str, str],
    *,
    seen: dict[str, Any] | None = None,
    rules: int = 0,
    trouble: Trouble | None = None,
) -> HTMLResponse:
    services = state(request)
    chain = await services["store"].rules.get(event.slug)
    return services["pages"].page(
        "organise/rules_import.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if trouble else HTTPStatus.OK,
        **frame(event, await access.person(request)),
        values=values,
        seen=seen,
        rules=rules,
        there=len(chain.rules),
        trouble=trouble,
    )


def frame(event: Event, who: Person) -> dict[str, Any]:
    """Return what every page of rules has."""
    return {
        "page": "organise",
        "event": event,
        "person": {"name": who.name},
        "base": f"/organise/{event.slug}/rules",
        "organise_url": f"/organise/{event.slug}",
        "desk_url": f"/{event.slug}/moderate",
        "may_change": who.may(event.slug, "organiser"),
    }


def number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
