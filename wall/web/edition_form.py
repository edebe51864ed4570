"""The form of one edition of a chat: what moderators fill in, a line for each host and each question."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from wall.core.chat import Chat
from wall.core.edition import LONGEST_RAW, ChatQuestion, Edition, Host, checked
from wall.core.event import Event
from wall.core.numbered import MOST_NUMBERS
from wall.core.people import Person
from wall.core.text import clean_name
from wall.core.words import _
from wall.errors import InvalidInput
from wall.web.ending import parse_local

MINUTE = re.compile(r"\+(\d{1,5})\s+(.+)")
KNOWN_BY = re.compile(r"@|https?://|npub1|did:|nostr:")
HIGHEST = 99_999
FIRST_AFTER = 5
"""Minutes before the first question, where nothing is said."""


def parse_edition(values: Mapping[str, str], event: Event, staff: Sequence[Person], *, number: int) -> Edition:
    """Return an edition as filled in; raises InvalidInput naming the field."""
    starts, ends = time(values, "starts", event), time(values, "ends", event)
    return checked(
        Edition(
            number=number,
            topic=values.get("topic", ""),
            starts=starts,
            ends=ends,
            hosts=tuple(host(line, staff) for line in lines(values, "hosts")),
            questions=questions(lines(values, "questions"), ends - starts),
        )
    )


def parse_number(values: Mapping[str, str]) -> int:
    text = values.get("number", "").strip()
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= HIGHEST:
        raise InvalidInput(_("A whole number from %(least)s to %(most)s.", least=1, most=HIGHEST), field="number")
    return int(text)


def time(values: Mapping[str, str], field: str, event: Event) -> datetime:
    try:
        return parse_local(values.get(field, ""), event)
    except InvalidInput as error:
        raise InvalidInput(error.message, field=field) from error


def lines(values: Mapping[str, str], field: str) -> list[str]:
    text = values.get(field, "")
    if len(text) > LONGEST_RAW:
        raise InvalidInput(_("This is too long."), field=field)
    return [line.strip() for line in text.splitlines() if line.strip()]


def host(line: str, staff: Sequence[Person]) -> Host:
    """Return a host: their name, then what they are known by. Who has the name of somebody of the team is that one."""
    words = line.split()
    known = tuple(word for word in words if KNOWN_BY.match(word))
    name = clean_name(" ".join(word for word in words if word not in known)) or (known[0] if known else "")
    person = next((one.id for one in staff if one.name.casefold() == name.casefold()), "")
    return Host(name=name, known_as=known, person=person)


def questions(said: Sequence[str], length: timedelta) -> tuple[ChatQuestion, ...]:
    """Return questions in their order, each at the minute that its line begins with, the others spread evenly."""
    if len(said) > MOST_NUMBERS:
        raise InvalidInput(_("An edition has %(most)s questions at most.", most=MOST_NUMBERS), field="questions")
    whole = max(1, int(length.total_seconds() // 60))
    begin = min(FIRST_AFTER, whole // 10)
    apart = (whole - begin) / max(1, len(said))
    found = []
    for place, line in enumerate(said):
        given = MINUTE.fullmatch(line)
        minute = int(given[1]) if given else int(begin + place * apart)
        found.append(ChatQuestion(number=place + 1, text=given[2] if given else line, minute=minute))
    return tuple(found)


def edition_values(edition: Edition, event: Event) -> dict[str, str]:
    """Return an edition as its form is filled in with it."""
    return {
        "number": str(edition.number),
        "topic": edition.topic,
        "starts": local(edition.starts, event),
        "ends": local(edition.ends, event),
        "hosts": "\n".join(" ".join((one.name, *one.known_as)) for one in edition.hosts),
        "questions": "\n".join(f"+{one.minute} {one.text}" for one in edition.questions),
    }


def new_values(chat: Chat, event: Event, editions: Sequence[Edition], now: datetime) -> dict[str, str]:
    """Return the form of the next edition: its number, the next time without one, and the hosts of the last."""
    taken = {one.starts for one in editions}
    begins = next(begin for begin in chat.begins(event.timezone, now) if begin not in taken)
    last = max(editions, key=lambda one: one.starts, default=None)
    return {
        "number": str(max((one.number for one in editions), default=0) + 1),
        "topic": "",
        "starts": local(begins, event),
        "ends": local(begins + chat.length, event),
        "hosts": edition_values(last, event)["hosts"] if last else "",
        "questions": "",
    }


def local(moment: datetime, event: Event) -> str:
    return f"{moment.astimezone(ZoneInfo(event.timezone)):%Y-%m-%dT%H:%M}"
