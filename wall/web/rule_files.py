"""A whole chain of rules as a JSON file: to keep, to read, and to take to another event."""

import secrets
from dataclasses import replace
from datetime import datetime

import msgspec

from wall.core.rules import Rule, checked, merged, named
from wall.core.words import _
from wall.errors import InvalidInput

FORMAT = "backchannel-rules"
VERSION = 1


class RuleInFile(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    """A rule in a file: what an organiser sets of it, and nothing of who did so or what it caught."""

    kind: str
    name: str = ""
    effect: str = "wait"
    entries: list[str] = []
    exceptions: list[str] = []
    places: list[str] = []
    others: bool = False
    whole_words: bool = True
    limit: float | None = None
    on: bool = True
    until: datetime | None = None
    note: str = ""


class File(msgspec.Struct):
    """The rules of an event in their order."""

    format: str
    version: int
    rules: list[RuleInFile]


def written(rules: tuple[Rule, ...]) -> bytes:
    """Return rules as a file that `read` understands, to be read by people, too."""
    known = RuleInFile.__struct_fields__
    kept = [
        msgspec.convert({name: getattr(rule, name) for name in known}, RuleInFile, from_attributes=True)
        for rule in rules
    ]
    return msgspec.json.format(msgspec.json.encode(File(FORMAT, VERSION, kept)), indent=2) + b"\n"


def read(text: str) -> tuple[Rule, ...]:
    """Return the rules of a file, each checked and with an id of its own; raises InvalidInput in words."""
    if not text.strip():
        raise InvalidInput(_("Choose a file of rules, or paste what is in it."), field="file")
    try:
        file = msgspec.json.decode(text.encode("utf-8", "replace"), type=File)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise InvalidInput(_("This is no file of rules: %(error)s.", error=error), field="file") from error
    if file.format != FORMAT or file.version != VERSION:
        raise InvalidInput(_("This is no file of rules of version %(version)s.", version=VERSION), field="file")
    if not file.rules:
        raise InvalidInput(_("There is no rule in this file."), field="file")
    return tuple(read_rule(one, number) for number, one in enumerate(file.rules, 1))


def read_rule(one: RuleInFile, number: int) -> Rule:
    fields = msgspec.structs.asdict(one)
    fields |= {
        "entries": merged(one.kind, one.entries).entries,
        "exceptions": merged(one.kind, one.exceptions).entries,
        "places": tuple(one.places),
    }
    rule = Rule(id=secrets.token_hex(4), **fields)
    if rule.until is not None and rule.until.tzinfo is None:
        raise InvalidInput(
            _("Rule %(number)s: “until” needs a time zone, such as a Z at its end.", number=number), field="file"
        )
    try:
        return replace(checked(rule), until=rule.until)
    except InvalidInput as error:
        raise InvalidInput(
            _("Rule %(number)s (%(rule)s): %(trouble)s", number=number, rule=named(rule), trouble=error.message),
            field="file",
        ) from error
