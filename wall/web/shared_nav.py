"""The head of the audience's pages as it is the same for all who ask: which pages there are, and what is announced."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wall.core.announcing import Announcement, holding
from wall.core.event import Event
from wall.store import Store
from wall.web.chat_moment import moment_of
from wall.web.outline import Outlines
from wall.web.views import timestamp

ASKED = "chat-"
"""How the id begins of what a chat asks; its own page says it larger."""


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another event: the circles of this one that whoever asks is of, or what a circle is a part of."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Nav:
    """The pages of an event that are there only at times, how many things are new on one, and what is announced.

    `circles` are those parts of the event that whoever asks may know of, `whole` is what a circle is a part of.
    `asked` is about how many posts of theirs somebody would like to know whether everybody may read them.
    """

    sessions: bool
    stories: bool
    announced: Sequence[dict[str, Any]]
    circle_news: int = 0
    circles: Sequence[Link] = ()
    whole: Link | None = None
    asked: int = 0


async def shared_nav(store: Store, outlines: Outlines, event: Event, now: datetime) -> Nav:
    """Return the head of a page that is the same for all who ask."""
    front = await store.fronts.get(event.slug)
    outline = await outlines.get(event)
    return Nav(
        sessions=bool(outline.programme.sessions),
        stories=front.stories,
        announced=await announced(store, event, front.announcements, now),
    )


async def announced(
    store: Store, event: Event, announcements: Sequence[Announcement], now: datetime
) -> list[dict[str, Any]]:
    """Return what the audience's pages announce at a time, and what its chat asks then."""
    told = [
        {
            "id": one.id,
            "text": one.text,
            "pinned": one.pinned,
            "until": timestamp(one.until) if one.until else None,
        }
        for one in holding(announcements, "live", now)
    ]
    return told + await asked_now(store, event, now)


async def asked_now(store: Store, event: Event, now: datetime) -> list[dict[str, Any]]:
    """Return the question of the event's chat that stands, as an announcement of its own."""
    if event.chat is None:
        return []
    moment = await moment_of(store, event, now)
    if moment.edition is None or moment.standing is None or not moment.until:
        return []
    id = f"{ASKED}{moment.edition.number}-{moment.standing.number}"
    return [{"id": id, "text": moment.said, "pinned": False, "until": timestamp(moment.until)}]
