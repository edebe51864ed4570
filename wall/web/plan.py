"""The plan of a screen: its scenes, each with what it shows now, and what a remote control has told it."""

import hashlib
import logging
from dataclasses import replace
from datetime import datetime
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from wall.core.announcing import holding
from wall.core.event import Event
from wall.core.legibility import LAYOUTS
from wall.core.look import Look
from wall.core.options import restored
from wall.core.part import Part
from wall.core.people import Screen
from wall.core.remote import fresh, shown
from wall.core.scenes import Call, Direction, Scene, SceneList
from wall.core.theme import THEMES
from wall.errors import StoreUnavailable
from wall.web import access, frames
from wall.web.addresses import address
from wall.web.looks import look_view
from wall.web.scenes import KINDS
from wall.web.scenes.kind import Kind, Moment, Shown
from wall.web.state import State, state
from wall.web.views import timestamp

log = logging.getLogger(__name__)

PREVIEW = "preview"
KEEPS = {"only questions": "questions", "nothing": "nothing"}
MOST_QUIET = 100


async def show(request: Request) -> Response:
    """Return the plan of the screen that asks; a screen asks when it hears `arranged`, and every twenty seconds."""
    event, screen = await admitted(request)
    body = await plan(request, event, screen)
    tag = f'"{body["version"]}"'
    headers = {"cache-control": "no-store", "etag": tag, "wall-now": body["now"]}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(frames.dump(body), media_type="application/json", headers=headers)


def embedded(body: dict[str, Any]) -> Markup:
    """Return JSON as it stands in a page, where no value may end the element that holds it."""
    return Markup(frames.dump(body).replace("<", "\\u003c"))  # noqa: S704 - JSON, without a single "<"


async def admitted(request: Request) -> tuple[Event, Screen | None]:
    """Return the event that is shown, and the screen that asks: None for staff, who alone may look at a preview."""
    if PREVIEW in request.query_params:
        return await access.event(request, "moderator"), None
    event = await access.event(request, "screen")
    return event, await access.screen(request, event.slug)


async def plan(request: Request, event: Event, screen: Screen | None) -> dict[str, Any]:
    """Return what a screen runs. Staff may look at any list, named by `?preview=`, and keep one `?scene=` of it."""
    services = state(request)
    scenes, direction = await told(request, services, event, screen)
    moment = Moment(
        services=services,
        event=event,
        screen=screen,
        now=services["now"](),
        address=lambda path: address(request, path),
    )
    body = {
        "screen": await screen_view(request, services, event, screen),
        "scenes": [view for view in [await scene_view(moment, scene) for scene in scenes.scenes] if view],
        "direction": await direction_view(services, event, direction, moment.now),
        "calls": [call_view(call) for call in fresh(direction, moment.now)],
        "quiet": await quiet_view(services, event, screen, moment.now),
    }
    version = hashlib.sha256(frames.dump(body).encode()).hexdigest()[:16]
    return {"version": version, "now": timestamp(moment.now), **body}


async def told(
    request: Request, services: State, event: Event, screen: Screen | None
) -> tuple[SceneList, Direction]:
    """Return which list a screen runs, and what a remote control has told it."""
    store = services["store"].scenes
    if screen is None:
        scenes = await store.run_by(event.slug, request.query_params.get(PREVIEW, ""))
        one = request.query_params.get("scene", "")
        return chosen(scenes, one), Direction()
    scenes = await store.run_by(event.slug, screen.scenes)
    return await with_announcements(services, event, scenes), await store.direction(event.slug, screen.id)


async def with_announcements(services: State, event: Event, scenes: SceneList) -> SceneList:
    """Return a list with a scene of its own before all others for each thing that is announced now."""
    announced = await services["store"].announcements.all(event.slug)
    told = tuple(
        Scene(
            id=f"announcement-{one.id}",
            kind="announcement",
            seconds=KINDS["announcement"].seconds,
            priority=2 if one.pinned else 1,
            options={"text": one.text, "until": one.until},
        )
        for one in holding(announced, "screens", services["now"]())
    )
    return replace(scenes, scenes=told + scenes.scenes) if told else scenes


def chosen(scenes: SceneList, scene_id: str) -> SceneList:
    """Return a list with one scene of it only, if it has that."""
    found = tuple(scene for scene in scenes.scenes if scene.id == scene_id)
    return replace(scenes, scenes=found) if found else scenes


async def screen_view(request: Request, services: State, event: Event, screen: Screen | None) -> dict[str, Any]:
    brand = await services["store"].brands.get(event.slug)
    return {
        "id": screen.id if screen else "",
        "name": screen.name if screen else "",
        "room": screen.room if screen else "",
        "part": part_view(screen.part if screen else Part()),
        "look": look_view(tried(request, screen.look if screen else Look()), event, brand),
    }


def part_view(part: Part) -> dict[str, int]:
    return {"of": part.of, "nth": part.nth}


def tried(request: Request, look: Look) -> Look:
    """Return a look with the theme and layout that the address asks for, so that one can see it before choosing it."""
    theme, layout = request.query_params.get("look"), request.query_params.get("layout")
    look = replace(look, theme=theme) if theme in THEMES else look
    return replace(look, layout=layout) if layout in LAYOUTS else look


async def scene_view(moment: Moment, scene: Scene) -> dict[str, Any] | None:
    """Return a scene as a screen is sent it, or None for a kind that only another version of this program has.

    A scene of html has nothing to show while that is null; one with an `element` knows from the posts.
    """
    kind = KINDS.get(scene.kind)
    if kind is None:
        return None
    shown, html = await drawn(moment, scene, kind)
    return {
        "id": scene.id,
        "kind": scene.kind,
        "seconds": scene.seconds,
        "transition": scene.transition,
        "priority": scene.priority,
        "element": kind.element or None,
        "rail": kind.rail,
        "html": html,
        "data": shown.data if shown else None,
        "news": shown.news if shown else "",
        "until": timestamp(shown.until) if shown and shown.until else None,
    }


async def drawn(moment: Moment, scene: Scene, kind: Kind) -> tuple[Shown | None, str | None]:
    """Return what a scene has to show, and its html; nothing where that fails, so that the others go on."""
    try:
        shown = await kind.view(moment, restored(kind.options, scene.options))
        if shown is None or kind.element:
            return shown, None
        template = f"screen/scenes/{scene.kind}.html"
        return shown, moment.services["pages"].render(template, event=moment.event, **shown.context)
    except StoreUnavailable:
        raise  # Then none of them can be had, and a screen keeps what it has.
    except Exception:
        # Whatever a kind stumbles over, screens go on with the other scenes.
        log.exception("%s: the scene %s (%s) cannot be shown", moment.event.slug, scene.id, scene.kind)
        moment.services["measures"].stumbles.add(scene.kind)
        return None, None


async def quiet_view(services: State, event: Event, screen: Screen | None, now: datetime) -> list[dict[str, str]]:
    """Return when a session of the programme wants quiet where the screen hangs, and what of posts is kept then."""
    programme = await services["store"].programmes.get(event.slug)
    spans = programme.quiet_spans(since=now, room=screen.room if screen else "")
    return [
        {"starts": timestamp(starts), "ends": timestamp(ends), "keep": KEEPS[quiet]}
        for starts, ends, quiet in spans[:MOST_QUIET]
    ]


async def direction_view(services: State, event: Event, direction: Direction, now: datetime) -> dict[str, Any]:
    """Return a direction as a screen is sent it: not who gave it, and a post as it stands, if it is on the wall."""
    wanted = shown(direction, now)
    show: dict[str, Any] | None = None
    if wanted and wanted.scene:
        show = {"scene": wanted.scene}
    elif wanted and wanted.post:
        (standing,) = await services["store"].posts.get_all(event.slug, [wanted.post])
        if standing and standing.visible:
            show = {"post": frames.post_html(event.slug, standing, services["pages"])}
    since = (wanted.at if wanted else None) or direction.since
    return {
        "id": direction.id,
        "show": show,
        "held": direction.held,
        "frozen": direction.frozen,
        "blank": direction.blank,
        "turn": direction.turn,
        "since": timestamp(since) if since else None,
    }


def call_view(call: Call) -> dict[str, Any]:
    return {"id": call.id, "kind": call.kind, "at": timestamp(call.at), "within": call.within}


routes = [Route("/{slug}/screen/plan", show)]
