"""The pages of an event's scenes: its lists, one list with what it looks like, and one scene."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from wall.core.event import Event
from wall.core.people import Screen
from wall.core.scenes import MOST_LISTS, MOST_SCENES, PRIORITIES, TRANSITIONS, USUAL, Scene, SceneList, one, stamp
from wall.core.words import _
from wall.errors import NotFound
from wall.web import access
from wall.web.form import Trouble
from wall.web.scene_form import fields_view, form_values, new_scene, summary
from wall.web.scenes import KINDS
from wall.web.security import FRAMING
from wall.web.state import state


async def show_lists(request: Request) -> HTMLResponse:
    """Show the lists of an event, and which screens run them."""
    return await lists_page(request, await access.event(request, "organiser"))


async def show_list(request: Request) -> HTMLResponse:
    """Show the scenes of a list in their order, beside a screen that runs it."""
    return await list_page(request, await access.event(request, "organiser"))


async def show_kinds(request: Request) -> HTMLResponse:
    """Show the kinds of scenes to choose from."""
    event = await access.event(request, "organiser")
    scenes = await named(request, event)
    return await page(
        request,
        event,
        "organise/scene_kinds.html",
        list=list_view(event, scenes),
        kinds=[{"kind": kind, "title": about.title, "help": about.help} for kind, about in KINDS.items()],
    )


async def show_new(request: Request) -> HTMLResponse:
    """Show the form of a new scene."""
    event = await access.event(request, "organiser")
    kind = request.path_params["scene_kind"]
    if kind not in KINDS:
        raise NotFound(_("There is no such kind of scene."))
    return await scene_page(request, event, kind, None, form_values(new_scene(kind, id="new"), event))


async def show_scene(request: Request) -> HTMLResponse:
    """Show a scene, to be changed, beside what it looks like now."""
    event = await access.event(request, "organiser")
    scene = one(await named(request, event), request.path_params["scene"])
    if scene.kind not in KINDS:
        raise NotFound(_("This scene comes from a newer program, which alone can show it."))
    return await scene_page(request, event, scene.kind, scene, form_values(scene, event))


async def lists_page(request: Request, event: Event, trouble: Trouble | None = None) -> HTMLResponse:
    store = state(request)["store"]
    screens = await store.screens.all(event.slug)
    lists = await store.scenes.all(event.slug)
    return await page(
        request,
        event,
        "organise/scene_lists.html",
        trouble=trouble,
        usual=USUAL.name,
        usual_screens=[one.name for one in screens if one.scenes not in {known.id for known in lists}],
        lists=[{**list_view(event, known), "screens": run_by(known, screens)} for known in lists],
        full=len(lists) >= MOST_LISTS,
        most=MOST_LISTS,
    )


async def list_page(request: Request, event: Event, trouble: Trouble | None = None) -> HTMLResponse:
    """Return the page of a list; `?moved=<scene>&by=up` puts the focus back on the button that moved one."""
    scenes = await named(request, event)
    screens = await state(request)["store"].screens.all(event.slug)
    return await page(
        request,
        event,
        "organise/scene_list.html",
        trouble=trouble,
        list=list_view(event, scenes),
        screens=run_by(scenes, screens),
        moved=request.query_params.get("moved", ""),
        moved_by=request.query_params.get("by", ""),
        full=len(scenes.scenes) >= MOST_SCENES,
        most=MOST_SCENES,
    )


async def scene_page(
    request: Request,
    event: Event,
    kind: str,
    scene: Scene | None,
    values: Mapping[str, str],
    *,
    trouble: Trouble | None = None,
    status: int = HTTPStatus.OK,
) -> HTMLResponse:
    """Return the page of a scene, `scene` being how it is kept and `values` how the form is filled in."""
    scenes = await named(request, event)
    return await page(
        request,
        event,
        "organise/scene.html",
        status=status,
        trouble=trouble,
        list=list_view(event, scenes),
        kind=kind,
        about=KINDS[kind],
        scene={"id": scene.id, "seen": stamp(scene)} if scene else None,
        fields=fields_view(KINDS[kind]),
        values=values,
        transitions=TRANSITIONS,
        priorities=PRIORITIES,
    )


async def page(
    request: Request,
    event: Event,
    template: str,
    *,
    status: int = HTTPStatus.OK,
    trouble: Trouble | None = None,
    **more: Any,
) -> HTMLResponse:
    who = await access.person(request)
    answer = state(request)["pages"].page(
        template,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if trouble and status == HTTPStatus.OK else status,
        page="organise",
        event=event,
        person={"name": who.name},
        organise_url=f"/organise/{event.slug}",
        base=f"/organise/{event.slug}/scenes",
        preview_url=f"/{event.slug}/screen?preview=",
        trouble=trouble,
        **more,
    )
    answer.headers["content-security-policy"] = FRAMING
    return answer


async def named(request: Request, event: Event) -> SceneList:
    """Return the list that the path names; raises NotFound."""
    return await state(request)["store"].scenes.get(event.slug, request.path_params["list"])


def run_by(scenes: SceneList, screens: list[Screen]) -> list[str]:
    """Return the names of the screens that run a list."""
    return [screen.name for screen in screens if screen.scenes == scenes.id]


def list_view(event: Event, scenes: SceneList) -> dict[str, Any]:
    """Return a list with its scenes in their order, each with its neighbours' ids, by which it is moved."""
    ids = [scene.id for scene in scenes.scenes]
    return {
        "id": scenes.id,
        "name": scenes.name,
        "scenes": [
            {
                **scene_view(event, scene),
                "above": ids[place - 1] if place else None,
                "below": (ids[place + 2] if place + 2 < len(ids) else "end") if place + 1 < len(ids) else None,
            }
            for place, scene in enumerate(scenes.scenes)
        ],
    }


def scene_view(event: Event, scene: Scene) -> dict[str, Any]:
    known = scene.kind in KINDS
    return {
        "id": scene.id,
        "known": known,
        "title": KINDS[scene.kind].title if known else scene.kind,
        "words": summary(scene, event) if known else _("From a newer program; screens pass over it."),
        "seconds": scene.seconds,
        "cut": scene.transition == "cut",
        "priority": ("", _("comes at once"), _("stays alone"))[scene.priority],
    }
