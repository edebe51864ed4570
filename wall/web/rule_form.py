"""The form of a rule: what was typed, made a rule, and a rule as the form is filled in with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from starlette.datastructures import UploadFile
from starlette.requests import Request

from wall.core.event import Event
from wall.core.rules import KINDS, Rule, checked, merged
from wall.core.words import _
from wall.errors import InvalidInput
from wall.web.ending import ending, local

MOST_FIELDS = 40
MAX_FORM = 1024 * 1024
"""Bytes of a form with its files: ten thousand words in any script, and room."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A rule as it was typed, and the entries left out since another says the same, each with that one."""

    rule: Rule
    left_out: tuple[tuple[str, str], ...] = field(default=())


async def typed(request: Request) -> dict[str, str]:
    """Return the fields of a form; a file named `x-file` goes to the end of the field `x`. Raises InvalidInput."""
    async with request.form(max_files=2, max_fields=MOST_FIELDS, max_part_size=MAX_FORM) as form:
        values = {name: value for name, value in form.multi_items() if isinstance(value, str)}
        for name, file in form.multi_items():
            if isinstance(file, UploadFile) and name.endswith("-file"):
                into = name.removesuffix("-file")
                text = decoded(await file.read(), into)
                values[into] = "\n".join(part for part in (values.get(into, "").rstrip("\n"), text) if part)
        return values


def decoded(data: bytes, into: str) -> str:
    """Return a file as text; raises InvalidInput."""
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(_("This file is no text in UTF-8, so nothing of it was read."), field=into) from error


def parse_rule(values: Mapping[str, str], kind: str, *, id: str, event: Event, now: datetime) -> Draft:
    """Return the rule that was typed; raises InvalidInput naming the field."""
    if kind not in KINDS:
        raise InvalidInput(_("There is no such kind of rule."), field="kind")
    entries = merged(kind, values.get("entries", "").splitlines())
    exceptions = merged(kind, values.get("exceptions", "").splitlines())
    rule = Rule(
        id=id,
        kind=kind,
        name=values.get("name", ""),
        effect=values.get("effect", "wait"),  # type: ignore[arg-type]
        entries=entries.entries,
        exceptions=exceptions.entries,
        places=tuple(place for place in KINDS[kind].places if f"place-{place}" in values),
        others=values.get("others") == "yes",
        whole_words=values.get("whole_words", "yes") == "yes",
        limit=parse_limit(values.get("limit", "")),
        on=values.get("on") == "yes",
        note=values.get("note", ""),
    )
    if KINDS[kind].places and not rule.places:
        raise InvalidInput(_("Choose where to look."), field="places")
    until = ending(values.get("ends", "never"), event, now, at=values.get("until", ""))
    return Draft(replace(checked(rule), until=until), entries.left_out + exceptions.left_out)


def parse_limit(text: str) -> float | None:
    if not text.strip():
        return None
    try:
        return float(text.strip().replace(",", "."))
    except ValueError as error:
        raise InvalidInput(_("This is a number."), field="limit") from error


def blank(kind: str) -> Rule:
    """Return a new rule of a kind as its form begins."""
    taken = KINDS[kind]
    return Rule(
        id="new", kind=kind, places=taken.places, limit=taken.default if "limit" in taken.settings else None
    )


def form_values(rule: Rule, event: Event) -> dict[str, str]:
    """Return a rule as its form is filled in with it."""
    return {
        "name": rule.name,
        "effect": rule.effect,
        "entries": "\n".join(rule.entries),
        "exceptions": "\n".join(rule.exceptions),
        **{f"place-{place}": "yes" for place in rule.places},
        "others": "yes" if rule.others else "no",
        "whole_words": "yes" if rule.whole_words else "no",
        "limit": f"{rule.limit:g}" if rule.limit is not None else "",
        "ends": "at" if rule.until else "never",
        "until": f"{local(rule.until, event):%Y-%m-%dT%H:%M}" if rule.until else "",
        "note": rule.note,
    }
