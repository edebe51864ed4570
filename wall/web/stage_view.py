"""What a stage view is told, and what a desk is told of the stage: whose time it is, and what stands there."""

from datetime import datetime
from typing import Any

from wall.core.event import Event
from wall.core.finding import asks
from wall.core.moderation import Standing
from wall.core.overlay import is_seen
from wall.core.programme import Programme, Speaking, speaking
from wall.core.stage import Stage
from wall.web import frames
from wall.web.state import State
from wall.web.views import timestamp
from wall.web.when import clock

LOOKED_AT = 40  # posts
MOST_SHOWN = 3
MOST_QUESTIONS = 4


async def stage_view(services: State, event: Event, room: str) -> dict[str, Any]:
    """Return what stands on a stage view of a room now."""
    now = services["now"]()
    stage = await services["store"].outputs.stage(event.slug)
    theirs = speaking(await services["store"].programmes.get(event.slug), room, now)
    ends_at = stage.until(theirs, now)
    snapshot = await services["hub"].snapshot(event.slug, "public", limit=LOOKED_AT)
    seen = [one for one in snapshot.standings if is_seen(one, snapshot.curtain)]
    seen.sort(key=lambda one: not one.pinned)
    return {
        "now": timestamp(now),
        "version": stage.version,
        "ends_at": timestamp(ends_at) if ends_at else None,
        "session": session_view(theirs) if theirs else None,
        "messages": [{"id": one.id, "text": one.text, "seen": bool(one.seen_at)} for one in stage.messages],
        "questions": fragments(services, event, [one for one in seen if asks(one.post)][:MOST_QUESTIONS]),
        "shown": fragments(services, event, [one for one in seen if not asks(one.post)][:MOST_SHOWN]),
    }


def session_view(theirs: Speaking) -> dict[str, Any]:
    return {"title": theirs.session.title, "speakers": list(theirs.session.speakers)}


def fragments(services: State, event: Event, standings: list[Standing]) -> list[dict[str, str]]:
    views = [frames.post_html(event.slug, one, services["pages"]) for one in standings]
    return [{"id": str(view["id"]), "html": str(view["html"])} for view in views]


async def desk_view(services: State, event: Event, stage: Stage) -> dict[str, Any]:
    """Return what the speakers were told, whether they have it before them, and until when they speak in each room."""
    now = services["now"]()
    stages = [one for one in await services["store"].screens.all(event.slug) if one.kind == "stage"]
    rooms = sorted({one.room for one in stages}, key=str.casefold)
    programme = await services["store"].programmes.get(event.slug)
    return {
        "now": timestamp(now),
        "stages": len(stages),
        "version": stage.version,
        "rooms": [room_view(event, stage, programme, room, now) for room in rooms],
        "messages": [
            {
                "id": one.id,
                "text": one.text,
                "by": one.by_name,
                "at": timestamp(one.at),
                "seen_at": timestamp(one.seen_at) if one.seen_at else None,
            }
            for one in stage.messages
        ],
    }


def room_view(event: Event, stage: Stage, programme: Programme, room: str, now: datetime) -> dict[str, Any]:
    """Return until when they speak in a room, who says so, and by the programme whose time it is."""
    theirs = speaking(programme, room, now)
    ends_at = stage.until(theirs, now)
    return {
        "room": room,
        "title": theirs.session.title if theirs else "",
        "own": stage.says_end(theirs, now),
        "ends_at": timestamp(ends_at) if ends_at else None,
        "until": clock(ends_at, now, event.timezone) if ends_at else "",
    }
