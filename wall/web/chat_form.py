"""The part of an event's form that makes it a chat which comes again."""

from collections.abc import Mapping
from datetime import time
from typing import cast

from wall.core.chat import MINUTES, STEPS, Chat, Every, checked
from wall.core.event import Event
from wall.core.words import _
from wall.errors import InvalidInput
from wall.web.day_field import parse_day

SHOWN = "chat_shown"
"""A hidden field: a form without it says nothing of the chat."""
LONGEST_NUMBER = 9


def parse_chat(values: Mapping[str, str]) -> Chat | None:
    """Return the chat as filled in, None for none; raises InvalidInput naming the field."""
    if "chat" not in values:
        return None
    first = parse_day(values, "chat_first")
    if first is None:
        raise InvalidInput(_("Say on which day the first edition is."), field="chat_first")
    return checked(
        Chat(
            first=first,
            at=parse_time(values.get("chat_at", "")),
            minutes=number(values, "chat_minutes", MINUTES),
            every=cast(Every, values.get("chat_every", "weeks")),
            step=number(values, "chat_step", STEPS),
            continents="chat_continents" in values,
        )
    )


def parse_time(text: str) -> time:
    try:
        at = time.fromisoformat(text.strip())
    except ValueError as error:
        raise InvalidInput(_("A time is written like 18:30."), field="chat_at") from error
    if at.tzinfo is not None:
        raise InvalidInput(_("A time is written like 18:30."), field="chat_at")
    return at.replace(second=0, microsecond=0)


def number(values: Mapping[str, str], field: str, allowed: range) -> int:
    text = values.get(field, "").strip()
    if not text.isascii() or not text.isdigit() or int(text[:LONGEST_NUMBER]) not in allowed:
        raise InvalidInput(
            _("A whole number from %(least)s to %(most)s.", least=allowed[0], most=allowed[-1]), field=field
        )
    return int(text)


def chat_values(event: Event) -> dict[str, str]:
    """Return these fields of an event as the form is filled in with them."""
    chat = event.chat
    return {
        SHOWN: "shown",
        "chat_first": chat.first.isoformat() if chat else "",
        "chat_at": f"{chat.at:%H:%M}" if chat else "",
        "chat_minutes": str(chat.minutes if chat else 60),
        "chat_every": chat.every if chat else "weeks",
        "chat_step": str(chat.step if chat else 1),
        **({"chat": "on"} if chat else {}),
        **({"chat_continents": "on"} if chat and chat.continents else {}),
    }
