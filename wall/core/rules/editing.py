"""What changes of the rules make of a chain: each a function of how the rules stand when it is carried out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from wall.core.rules.rule import Effect, Rule
from wall.core.words import _
from wall.errors import ChangedMeanwhile, InvalidInput, NotFound

Rules = tuple[Rule, ...]

FROM_DESK = "desk-"
"""How the ids of those rules begin that moderators made by one click at the desk."""


def one(rules: Sequence[Rule], id: str) -> Rule:
    """Return the rule with an id; raises NotFound."""
    found = next((rule for rule in rules if rule.id == id), None)
    if found is None:
        raise NotFound(_("There is no such rule any more; somebody deleted it."))
    return found


def stamp(rule: Rule) -> str:
    """Return what tells whether a rule was changed since it was seen."""
    return rule.changed_at.isoformat() if rule.changed_at else ""


def changed(rules: Rules, rule: Rule, *, seen: str) -> Rules:
    """Return the rules with one of them changed, its place kept; raises ChangedMeanwhile when it is not as `seen`."""
    now = one(rules, rule.id)
    if stamp(now) != seen:
        raise ChangedMeanwhile(_("%(by_name)s changed this rule meanwhile.", by_name=now.by_name or "Somebody"))
    return tuple(rule if other.id == rule.id else other for other in rules)


def without(rules: Rules, id: str) -> Rules:
    return tuple(rule for rule in rules if rule.id != id)


def placed(rules: Rules, id: str, *, before: str | None) -> Rules:
    """Return the rules with one put before another, or at the end; where the other is gone, all stay in place."""
    rule = one(rules, id)
    rest = without(rules, id)
    if before is None:
        return (*rest, rule)
    place = next((place for place, other in enumerate(rest) if other.id == before), None)
    return rules if place is None else (*rest[:place], rule, *rest[place:])


def switched(rules: Rules, id: str, *, on: bool, by: str, by_name: str, now: datetime) -> Rules:
    """Return the rules with one turned on or off; one that had come to its end is on without one."""
    before = one(rules, id)
    over = before.until is not None and before.until <= now
    after = replace(
        before, on=on, until=None if on and over else before.until, by=by, by_name=by_name, changed_at=now
    )
    return tuple(after if rule.id == id else rule for rule in rules)


def entered(
    rules: Rules,
    kind: str,
    entry: str,
    *,
    effect: Effect,
    until: datetime | None,
    by: str,
    by_name: str,
    now: datetime,
) -> tuple[Rules, Rule]:
    """Return the rules with an entry in the desk's own rule for this, and that rule, made first of all if need be.

    Those of the desk's rules that came to their end are cleared away. Raises InvalidInput when it is turned off.
    """
    id = f"{FROM_DESK}{kind}-{effect}{f'-{until:%Y%m%d%H}' if until else ''}"
    kept = tuple(
        rule for rule in rules if not (rule.id.startswith(FROM_DESK) and rule.until and rule.until <= now)
    )
    signed = {"by": by, "by_name": by_name, "changed_at": now}
    before = next((rule for rule in kept if rule.id == id), None)
    if before is None:
        made = Rule(
            id=id, kind=kind, name="From the desk", effect=effect, entries=(entry,), until=until,
            places=("links", "server") if kind == "domains" else (), **signed,  # type: ignore[arg-type]
        )  # fmt: skip
        return (made, *kept), made
    if not before.on:
        raise InvalidInput(_("The rule for this is turned off; turn it on first."))
    entries = before.entries if entry in before.entries else (*before.entries, entry)
    after = replace(before, entries=entries, **signed)  # type: ignore[arg-type]
    return tuple(after if rule.id == id else rule for rule in kept), after


def withdrawn(rules: Rules, id: str, entry: str, *, by: str, by_name: str, now: datetime) -> Rules:
    """Return the rules with an entry taken out again; a rule that had only this one goes with it."""
    before = one(rules, id)
    entries = tuple(other for other in before.entries if other != entry)
    if not entries:
        return without(rules, id)
    after = replace(before, entries=entries, by=by, by_name=by_name, changed_at=now)
    return tuple(after if rule.id == id else rule for rule in rules)
