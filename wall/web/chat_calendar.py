"""The coming editions of a chat as a calendar that programs subscribe to (iCalendar, RFC 5545)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from icalendar import Calendar
from icalendar import Event as Entry

from wall.core.chat import Chat
from wall.core.edition import Edition
from wall.core.event import Event

UNPLANNED = 8
"""Editions without a plan that are told ahead, as far as their time goes."""
AGAIN = timedelta(hours=6)
"""How often programs are to ask for what is newer."""


def calendar(event: Event, chat: Chat, editions: Sequence[Edition], *, url: str, now: datetime) -> bytes:
    """Return the editions that are still to come, those without a plan as tentative; `url` is the chat's page."""
    made = Calendar()
    made.add("prodid", "-//Backchannel Wall//Chat//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", event.title)
    made.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    host = url.split("://")[-1].split("/")[0]
    for one in sorted(editions, key=lambda one: one.starts):
        if one.ends > now:
            title = f"{event.title}: {one.topic}"
            made.add_component(
                entry(
                    f"chat-{one.number}-{event.slug}@{host}",
                    title,
                    one.starts,
                    one.ends,
                    f"{url}/{one.number}",
                    now,
                )
            )
    for begins in unplanned(event, chat, editions, now=now):
        uid = f"chat-{begins:%Y%m%dT%H%M}-{event.slug}@{host}"
        tentative = entry(uid, event.title, begins, begins + chat.length, url, now)
        tentative.add("status", "TENTATIVE")
        made.add_component(tentative)
    return bytes(made.to_ical())


def entry(uid: str, title: str, starts: datetime, ends: datetime, url: str, now: datetime) -> Entry:
    made = Entry()
    made.add("uid", uid)
    made.add("dtstamp", now)
    made.add("summary", title)
    made.add("dtstart", starts)
    made.add("dtend", ends)
    made.add("url", url)
    return made


def unplanned(
    event: Event, chat: Chat, editions: Sequence[Edition], *, now: datetime, most: int = UNPLANNED
) -> list[datetime]:
    """Return when the chat takes place next without an edition that is planned for that time."""
    coming = chat.coming(event.timezone, now, most)
    return [begins for begins in coming if not any(one.starts <= begins < one.ends for one in editions)]
