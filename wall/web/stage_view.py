"""What a stage view is told, and what a desk is told of the stage: whose time it is, and what stands there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from wall.core.announcing import holding
from wall.core.curtain import Curtain
from wall.core.event import Event
from wall.core.finding import asks
from wall.core.moderation import Standing
from wall.core.overlay import is_seen
from wall.core.programme import Programme, Speaking, speaking
from wall.core.showing import seen_in
from wall.core.stage import Stage
from wall.core.words import _
from wall.web import frames
from wall.web.language import say
from wall.web.poll_view import poll_view
from wall.web.question_board import Row
from wall.web.remote_view import scene_words
from wall.web.scenes import KINDS
from wall.web.scenes.questions import may_be_shown
from wall.web.state import State
from wall.web.views import timestamp
from wall.web.when import clock

LOOKED_AT = 40  # posts
MOST_SHOWN = 3
MOST_QUESTIONS = 4


@dataclass(frozen=True, slots=True)
class OnScreen:
    """What the audience sees, as a screen says itself: its scene in words, and which posts that means."""

    scene: str
    posts: Literal["one", "several", "none"] = "none"
    post: str = ""


async def stage_view(services: State, event: Event, room: str) -> dict[str, Any]:
    """Return what stands on a stage view of a room now."""
    now = services["now"]()
    stage = await services["store"].outputs.stage(event.slug)
    theirs = speaking(await services["store"].programmes.get(event.slug), room, now)
    ends_at = stage.until(theirs, now)
    voted = await questions_of(services, event, theirs.session.id if theirs else None)
    snapshot = await services["hub"].snapshot(event.slug, "public", limit=LOOKED_AT)
    seen = [one for one in snapshot.standings if is_seen(one, snapshot.curtain)]
    seen.sort(key=lambda one: not one.pinned)
    screen = await on_screen(services, event, room, now)
    announced = holding(await services["store"].announcements.all(event.slug), "stage", now)
    alone = await post_alone(services, event, screen, snapshot.curtain) if screen else []
    taken = [one.post.id for one in alone]
    rest = [one for one in seen if one.post.id not in taken]
    asked = {one.id for one in voted}
    told = [one for one in rest if not asks(one.post) and one.post.id not in asked]
    newest = told if not screen or screen.posts == "several" else []
    if event.questions == "off":
        questions = fragments(services, event, [one for one in rest if asks(one.post)][:MOST_QUESTIONS])
    else:
        questions = voted_view(services, event, [one for one in voted if is_seen(one.standing, snapshot.curtain)])
    return {
        "now": timestamp(now),
        "version": stage.version,
        "ends_at": timestamp(ends_at) if ends_at else None,
        "session": session_view(theirs) if theirs else None,
        "messages": [{"id": one.id, "text": one.text, "seen": bool(one.seen_at)} for one in stage.messages],
        "questions": questions,
        "next": next_view(voted),
        "announcements": [{"id": one.id, "text": one.text} for one in announced],
        "shown": fragments(services, event, (alone or newest)[:MOST_SHOWN]),
        "curtain": snapshot.curtain.kind,
        "screen": {"scene": say(screen.scene)} if screen else None,
        "poll": await poll_now(services, event),
    }


async def poll_now(services: State, event: Event) -> list[dict[str, str]]:
    """Return the poll that was opened last, as far as screens may show it; none while none is open."""
    polls = await services["store"].polls.all(event.slug) if event.polls else []
    if not polls or polls[0].status != "open":
        return []
    counted = await services["store"].polls.counted(event.slug, [polls[0].id])
    view = poll_view(polls[0], counted[polls[0].id], "screen")
    return [{"id": polls[0].id, "html": services["pages"].render("stage/_poll.html", poll=view)}]


async def questions_of(services: State, event: Event, session: str | None) -> list[Row]:
    """Return what is answered in a session, and what the room wants answered next; without one, in all of them."""
    if event.questions == "off":
        return []
    board = (await services["questions"].get(event.slug)).of(session)
    return [one for one in (*board.answering, *board.waiting) if may_be_shown(one.standing)]


def voted_view(services: State, event: Event, rows: list[Row]) -> list[dict[str, Any]]:
    views = fragments(services, event, [one.standing for one in rows[:MOST_QUESTIONS]])
    return [
        {**view, "votes": one.tally.votes, "answering": one.question.state == "answering"}
        for view, one in zip(views, rows, strict=False)
    ]


def next_view(rows: list[Row]) -> dict[str, Any] | None:
    """Return which session has a next question, and whether one waits; None where there is nothing to go on with."""
    if not rows:
        return None
    return {"session": rows[0].question.session, "waits": any(one.question.state == "open" for one in rows)}


async def on_screen(services: State, event: Event, room: str, now: datetime) -> OnScreen | None:
    """Return what the screen of a room shows, or another one whose audience it may be; None while none is open."""
    store = services["store"]
    screens = [one for one in await store.screens.all(event.slug) if one.kind == "screen"]
    found = seen_in(room, screens, await store.showings.all(event.slug), now=now)
    if found is None:
        return None
    screen, showing = found
    if showing.curtain == "blank" or (await store.scenes.direction(event.slug, screen.id)).blank:
        return OnScreen(_("Blank"))
    run = await store.scenes.run_by(event.slug, screen.scenes)
    scene = next((one for one in run.scenes if one.id == showing.scene), None)
    words = scene_words(scene, event) if scene else _("One post") if showing.post else KINDS["wall"].title
    if showing.post:
        return OnScreen(words, "one", showing.post)
    several = scene is None or (scene.kind != "big" and scene.kind in KINDS and bool(KINDS[scene.kind].element))
    return OnScreen(words, "several" if several else "none")


async def post_alone(services: State, event: Event, screen: OnScreen, curtain: Curtain) -> list[Standing]:
    """Return the post that a screen shows alone, if it may still be shown."""
    if not screen.post:
        return []
    (standing,) = await services["store"].posts.get_all(event.slug, [screen.post])
    return [standing] if standing and standing.visible and is_seen(standing, curtain) else []


def session_view(theirs: Speaking) -> dict[str, Any]:
    return {"title": theirs.session.title, "speakers": list(theirs.session.speakers)}


def fragments(services: State, event: Event, standings: list[Standing]) -> list[dict[str, Any]]:
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
