"""The part of an event's form that is about authors and the public: house rules, reasons, and what authors wish."""

from collections.abc import Mapping
from typing import TypedDict

from wall.core.event import REASONS, WISHES, Event, Wishes
from wall.core.text import clean, clean_name
from wall.core.words import _
from wall.errors import InvalidInput

MOST_REASONS = 9  # a key for each
LONGEST_RULES = 4_000  # graphemes
LONGEST_HOST = 300


class PublicFields(TypedDict):
    reasons: tuple[str, ...]
    wishes: Wishes
    house_rules: str
    host: str


def parse_public(values: Mapping[str, str]) -> PublicFields:
    """Return these fields of an event as filled in; raises InvalidInput naming the field."""
    lines = values.get("reasons", "\n".join(REASONS)).splitlines()[:100]
    reasons = tuple(dict.fromkeys(name for line in lines if (name := clean_name(line))))
    if len(reasons) > MOST_REASONS:
        raise InvalidInput(
            _("At most %(most_reasons)s reasons, one a line.", most_reasons=MOST_REASONS), field="reasons"
        )
    wishes = values.get("wishes", WISHES[0])
    if wishes not in WISHES:
        raise InvalidInput(_("Choose what becomes of these posts."), field="wishes")
    return PublicFields(
        reasons=reasons,
        wishes=wishes,
        house_rules=long_text(values, "house_rules", LONGEST_RULES),
        host=long_text(values, "host", LONGEST_HOST),
    )


def long_text(values: Mapping[str, str], field: str, limit: int) -> str:
    text = clean(values.get(field, ""), limit=limit + 1)
    if text.endswith("…") and len(text) > limit:
        raise InvalidInput(_("At most %(limit)s characters.", limit=limit), field=field)
    return text


def public_values(event: Event) -> dict[str, str]:
    """Return these fields of an event as the form is filled in with them."""
    return {
        "reasons": "\n".join(event.reasons),
        "wishes": event.wishes,
        "house_rules": event.house_rules,
        "host": event.host,
    }
