"""What pages, screens and programs are shown of a chat. What is still to be asked, only the desk is told."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from starlette.requests import Request

from wall.core.chat import Chat
from wall.core.edition import Asked, Edition
from wall.core.event import Event
from wall.core.figures import Figures
from wall.core.moderation import Standing
from wall.core.words import _
from wall.errors import NotFound
from wall.web import access
from wall.web.state import State
from wall.web.views import timestamp
from wall.web.when import whole_day

SAID = "said"
"""How what was also said is called in addresses."""
NEWEST = 5
HIGHEST = 99_999


def post_views(
    services: State, event: Event, edition: Edition, standings: Sequence[Standing]
) -> list[dict[str, Any]]:
    """Return posts as they are listed, those of hosts marked so."""
    return [
        {
            "id": one.post.id,
            "html": services["pages"].post(event.slug, one),
            "host": edition.has_host(one.post),
        }
        for one in standings
    ]


def edition_view(edition: Edition, event: Event) -> dict[str, Any]:
    """Return an edition without its questions."""
    return {
        "number": edition.number,
        "topic": edition.topic,
        "starts": timestamp(edition.starts),
        "ends": timestamp(edition.ends),
        "when": when(edition.starts, event),
        "until": f"{edition.ends.astimezone(ZoneInfo(event.timezone)):%H:%M}",
        "hosts": [
            {"name": one.name, "handle": next((name for name in one.known_as if name.startswith("@")), "")}
            for one in edition.hosts
        ],
        "url": f"/{event.slug}/chat/{edition.number}",
    }


def asked_views(questions: Sequence[Asked], figures: Figures, event: Event) -> list[dict[str, Any]]:
    return [
        {
            "number": one.number,
            "text": one.text,
            "at": f"{one.at.astimezone(ZoneInfo(event.timezone)):%H:%M}",
            "answers": figures.answers.get(one.number, 0),
        }
        for one in questions
    ]


def question_views(
    edition: Edition, questions: Sequence[Asked], figures: Figures, event: Event
) -> list[dict[str, Any]]:
    """Return every question as the desk sees it: also those to come, and those that only a host's post asked."""
    known = {one.number: one for one in questions}
    planned = [
        {
            "number": one.number,
            "text": one.text,
            "at": clock(known[one.number].at if one.number in known else edition.planned(one), event),
            "stands": "dropped" if one.dropped else "asked" if one.number in known else "coming",
            "answers": figures.answers.get(one.number, 0),
        }
        for one in edition.questions
    ]
    numbers = {one.number for one in edition.questions}
    by_post = [
        {
            "number": one.number,
            "text": _("Asked by a host's post"),
            "at": clock(one.at, event),
            "stands": "by post",
            "answers": figures.answers.get(one.number, 0),
        }
        for one in questions
        if one.number not in numbers
    ]
    return sorted(planned + by_post, key=lambda one: int(str(one["number"])))


def clock(time: datetime, event: Event) -> str:
    return f"{time.astimezone(ZoneInfo(event.timezone)):%H:%M}"


def when(time: datetime, event: Event) -> str:
    """Return a day and a time by the clocks of the event, with their zone."""
    local = time.astimezone(ZoneInfo(event.timezone))
    return f"{whole_day(local)}, {local:%H:%M} {local:%Z}"


async def chat_of(request: Request) -> tuple[Event, Chat]:
    """Return the event and its chat; raises NotFound for an event that is none."""
    event = await access.event(request, "viewer")
    if event.chat is None:
        raise NotFound(_("There is no chat here."))
    return event, event.chat


def of_path(request: Request) -> int:
    """Return the number of the edition that the path names; raises NotFound for what is none."""
    text = request.path_params["number"]
    if not text.isascii() or not text.isdigit() or len(text) > 5 or str(int(text)) != text:
        raise NotFound(_("There is no such edition of this chat."))
    return int(text)


def names_in(standings: Mapping[str, Standing]) -> dict[str, str]:
    """Return how authors are called, by uid."""
    return {one.post.author.uid: one.post.author.name or one.post.author.handle for one in standings.values()}
