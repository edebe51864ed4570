"""Changing an event's rules: every change goes through `keep`, as a function of how the rules stand by then."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import Any

from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.event import Event
from wall.core.people import Person
from wall.core.rules import KINDS, Chain, Rule, checked_chain
from wall.core.rules.editing import Rules, changed, placed, switched, without
from wall.core.words import _
from wall.errors import ChangedMeanwhile, InvalidInput, NotFound
from wall.web import access, rules
from wall.web.acts import entry
from wall.web.form import Trouble, fields
from wall.web.rule_files import read
from wall.web.rule_form import MAX_FORM, Draft, parse_rule, typed
from wall.web.rule_preview import tried
from wall.web.rules import import_page, rule_page
from wall.web.state import state


async def create_rule(request: Request) -> Response:
    """Add a rule to the end of the chain."""
    event, who = await access.staff(request, "organiser")
    values, trouble = await given(request)
    kind = values.get("kind", "")
    if kind not in KINDS:
        raise InvalidInput(_("There is no such kind of rule."), field="kind")
    try:
        draft = await parsed(request, event, values, trouble, secrets.token_hex(4))
        rule = signed(request, who, draft.rule)
        await keep(request, event, who, lambda rules: (*rules, rule))
    except InvalidInput as error:
        return await refused(request, event, kind, None, values, error)
    return back(event, rule.id, draft)


async def change_rule(request: Request) -> Response:
    """Change a rule; who was slower than somebody else is shown what they typed, and nothing is saved."""
    event, who = await access.staff(request, "organiser")
    id = request.path_params["rule"]
    values, trouble = await given(request)
    before = (await state(request)["store"].rules.get(event.slug)).rules
    there = next((rule for rule in before if rule.id == id), None)
    kind = there.kind if there else values.get("kind", "")
    if kind not in KINDS:
        raise NotFound(_("There is no such rule any more; somebody deleted it."))
    values["kind"] = kind
    try:
        draft = await parsed(request, event, values, trouble, id)
        rule = signed(request, who, draft.rule)
        await keep(request, event, who, partial(changed, rule=rule, seen=values.get("seen", "")))
    except InvalidInput as error:
        return await refused(request, event, kind, there, values, error)
    except (ChangedMeanwhile, NotFound) as error:
        return await overtaken(request, event, kind, id, values, error)
    return back(event, rule.id, draft)


async def delete_rule(request: Request) -> Response:
    """Delete a rule; one that is gone already is as good."""
    event, who = await access.staff(request, "organiser")
    await keep(request, event, who, partial(without, id=request.path_params["rule"]))
    return RedirectResponse(f"/organise/{event.slug}/rules", HTTPStatus.SEE_OTHER)


async def place_rule(request: Request) -> Response:
    """Put a rule before another, or at the end."""
    event, who = await access.staff(request, "organiser")
    before = (await fields(request)).get("before", "")
    if not before:
        raise InvalidInput(_("Say which rule it is to stand before, or “end”."), field="before")
    id = request.path_params["rule"]
    await keep(request, event, who, partial(placed, id=id, before=None if before == "end" else before))
    return back(event, id)


async def switch_rule(request: Request) -> Response:
    """Turn a rule on or off."""
    event, who = await access.staff(request, "organiser")
    id = request.path_params["rule"]
    on = (await fields(request)).get("on") == "yes"
    now = state(request)["now"]()
    await keep(request, event, who, partial(switched, id=id, on=on, by=who.id, by_name=who.name, now=now))
    return back(event, id)


async def preview_rule(request: Request) -> Response:
    """Show what a rule would have caught as it is typed: its form with that, or for a script that alone."""
    event = await access.event(request, "organiser")
    services = state(request)
    values, trouble = await given(request)
    kind = values.get("kind", "")
    if kind not in KINDS:
        raise InvalidInput(_("There is no such kind of rule."), field="kind")
    kept = (await services["store"].rules.get(event.slug)).rules
    there = next((rule for rule in kept if rule.id == values.get("rule")), None)
    seen: dict[str, Any] | None = None
    left_out: tuple[tuple[str, str], ...] = ()
    error = trouble
    try:
        draft = await parsed(request, event, values, trouble, "preview")
        seen, left_out = await tried(services, event, draft.rule), draft.left_out
    except InvalidInput as found:
        error = found
    if "application/json" in request.headers.get("accept", ""):
        html = services["pages"].render(
            "organise/_preview.html", seen=seen, left_out=left_out, error=error, kind=kind
        )
        body = {"html": html, "field": error.field if error else None}
        return JSONResponse(body, headers={"cache-control": "no-store"})
    if error:
        return await refused(request, event, kind, there, values, error)
    return await rule_page(request, event, kind, there, values, seen=seen, left_out=left_out)


async def import_rules(request: Request) -> Response:
    """Take in a file of rules, below those that are here or in their place; or show what they would have caught."""
    event, who = await access.staff(request, "organiser")
    services = state(request)
    values, trouble = await given(request)
    now = services["now"]()
    try:
        if trouble:
            raise trouble
        found = await asyncio.to_thread(read, values.get("file", ""))
        taken = tuple(replace(rule, by=who.id, by_name=who.name, changed_at=now) for rule in found)
        after = taken if values.get("how") == "replace" else (*await present(request, event), *taken)
        if "preview" in values:
            seen = await tried(services, event, checked_chain(Chain(after)))
            return await import_page(request, event, values, seen=seen, rules=len(taken))
        replaces = values.get("how") == "replace"
        await keep(request, event, who, lambda rules: taken if replaces else (*rules, *taken))
    except InvalidInput as error:
        return await import_page(request, event, values, trouble=Trouble("import", error, values))
    return RedirectResponse(f"/organise/{event.slug}/rules", HTTPStatus.SEE_OTHER)


async def keep(request: Request, event: Event, who: Person, change: Callable[[Rules], Rules]) -> None:
    """Carry out a change of an event's rules: the one place where the organiser's pages make one."""
    made = entry(request, who, "rules")
    await state(request)["store"].rules.change(event.slug, change, entry=made)


async def present(request: Request, event: Event) -> Rules:
    return (await state(request)["store"].rules.get(event.slug)).rules


async def given(request: Request) -> tuple[dict[str, str], InvalidInput | None]:
    """Return the fields of a form, and what could not be read of its files."""
    try:
        return await typed(request), None
    except InvalidInput as error:
        form = await request.form()
        return {name: value for name, value in form.multi_items() if isinstance(value, str)}, error


async def parsed(
    request: Request, event: Event, values: dict[str, str], trouble: InvalidInput | None, id: str
) -> Draft:
    if trouble:
        raise trouble
    now = state(request)["now"]()
    # Thousands of words take long enough to hold others up.
    return await asyncio.to_thread(parse_rule, values, values.get("kind", ""), id=id, event=event, now=now)


def signed(request: Request, who: Person, rule: Rule) -> Rule:
    """Return a rule that says who set it, and when."""
    return replace(rule, by=who.id, by_name=who.name, changed_at=state(request)["now"]())


async def refused(
    request: Request, event: Event, kind: str, there: Rule | None, values: dict[str, str], error: InvalidInput
) -> Response:
    trouble = Trouble("rule", error, values)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return await rule_page(request, event, kind, there, values, trouble=trouble, status=status)


async def overtaken(
    request: Request,
    event: Event,
    kind: str,
    id: str,
    values: dict[str, str],
    error: ChangedMeanwhile | NotFound,
) -> Response:
    """Return the form as it was typed, on top of the rule as somebody else left it; a deleted one is added anew."""
    there = next((rule for rule in await present(request, event) if rule.id == id), None)
    told = (
        _(
            "%(trouble)s Nothing was saved, and below is what you typed. Save again to put it in place of theirs.",
            trouble=error.message,
        )
        if there
        else _("%(trouble)s Below is what you typed. Save to add it as a new rule.", trouble=error.message)
    )
    trouble = Trouble("meanwhile", InvalidInput(told), values)
    seen = await tried(state(request), event, there) if there else None
    return await rule_page(
        request, event, kind, there, values, seen=seen, trouble=trouble, status=HTTPStatus.CONFLICT
    )


def back(event: Event, id: str, draft: Draft | None = None) -> Response:
    left_out = f"?left_out={len(draft.left_out)}" if draft and draft.left_out else ""
    return RedirectResponse(f"/organise/{event.slug}/rules{left_out}#rule-{id}", HTTPStatus.SEE_OTHER)


def large(path: str, endpoint: Callable[[Request], Any]) -> Route:
    """Return the route of a form that takes as much as the rules of an event may hold."""
    limit = Middleware(RequestBodyLimitMiddleware, max_body_size=MAX_FORM)
    return Route(path, endpoint, methods=["POST"], middleware=[limit])


BASE = "/organise/{slug}/rules"
routes = [
    Route(BASE, rules.show_rules),
    large(BASE, create_rule),
    Route(f"{BASE}/new", rules.show_kinds),
    Route(f"{BASE}/new/{{kind}}", rules.show_new),
    Route(f"{BASE}/export", rules.export),
    Route(f"{BASE}/import", rules.show_import),
    large(f"{BASE}/import", import_rules),
    large(f"{BASE}/preview", preview_rule),
    Route(f"{BASE}/{{rule}}", rules.show_rule),
    large(f"{BASE}/{{rule}}", change_rule),
    Route(f"{BASE}/{{rule}}/place", place_rule, methods=["POST"]),
    Route(f"{BASE}/{{rule}}/switch", switch_rule, methods=["POST"]),
    Route(f"{BASE}/{{rule}}/deletion", delete_rule, methods=["POST"]),
]
