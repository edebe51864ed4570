"""Changing an event's scenes: every change goes through `keep`, as a function of how the list stands by then."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wall.core.event import Event
from wall.core.people import Person
from wall.core.scenes import SceneList, added, changed, checked_list, one, placed, without
from wall.core.words import _
from wall.errors import ChangedMeanwhile, InvalidInput, NotFound
from wall.web import access, scene_pages
from wall.web.acts import entry
from wall.web.form import Trouble, fields
from wall.web.scene_form import new_scene, parse_scene
from wall.web.scene_pages import list_page, lists_page, named, scene_page
from wall.web.scenes import KINDS
from wall.web.state import state


async def create_list(request: Request) -> Response:
    """Make a list with the wall in it, or as a copy of another; it runs nowhere yet."""
    event, who = await access.staff(request, "organiser")
    values = await fields(request)
    store = state(request)["store"].scenes
    like = await store.get(event.slug, values["like"]) if values.get("like") else BEGINNING
    try:
        made = checked_list(replace(like, id=secrets.token_hex(4), name=values.get("name", "")))
        told = entry(request, who, "scenes", about=f"made “{made.name}”")
        await store.create(event.slug, made, now=state(request)["now"](), entry=told)
    except InvalidInput as error:
        return await lists_page(request, event, Trouble("list", error, values))
    return RedirectResponse(f"/organise/{event.slug}/scenes/{made.id}", HTTPStatus.SEE_OTHER)


async def rename_list(request: Request) -> Response:
    """Rename a list of scenes."""
    event, who = await access.staff(request, "organiser")
    values = await fields(request)
    name = values.get("name", "")
    try:
        await keep(request, event, who, lambda scenes: replace(scenes, name=name), f"renamed it to “{name[:80]}”")
    except InvalidInput as error:
        return await list_page(request, event, Trouble("name", error, values))
    return back(request, event)


async def delete_list(request: Request) -> Response:
    """Delete a list; the screens that run it go back to the wall alone."""
    event, who = await access.staff(request, "organiser")
    scenes = await named(request, event)
    told = entry(request, who, "scenes", about=f"deleted “{scenes.name}”")
    now = state(request)["now"]()
    await state(request)["store"].scenes.delete(event.slug, scenes.id, now=now, entry=told)
    return RedirectResponse(f"/organise/{event.slug}/scenes", HTTPStatus.SEE_OTHER)


async def create_scene(request: Request) -> Response:
    """Add a scene to the end of a list."""
    event, who = await access.staff(request, "organiser")
    values = await fields(request)
    kind = values.get("kind", "")
    if kind not in KINDS:
        raise InvalidInput(_("There is no such kind of scene."), field="kind")
    try:
        scene = parse_scene(values, kind, id=secrets.token_hex(4), event=event)
        await keep(request, event, who, partial(added, scene=scene), f"added “{KINDS[kind].title}”")
    except InvalidInput as error:
        return await scene_page(request, event, kind, None, values, trouble=Trouble("scene", error, values))
    return back(request, event, f"#scene-{scene.id}")


async def change_scene(request: Request) -> Response:
    """Change a scene; who was slower than somebody else is shown what they typed, and nothing is saved."""
    event, who = await access.staff(request, "organiser")
    values = await fields(request)
    there = one(await named(request, event), request.path_params["scene"])
    if there.kind not in KINDS:
        raise NotFound(_("This scene comes from a newer program, which alone can change it."))
    try:
        scene = parse_scene(values, there.kind, id=there.id, event=event)
        seen = values.get("seen", "")
        await keep(
            request, event, who, partial(changed, scene=scene, seen=seen), f"changed “{KINDS[there.kind].title}”"
        )
    except InvalidInput as error:
        return await scene_page(request, event, there.kind, there, values, trouble=Trouble("scene", error, values))
    except ChangedMeanwhile as error:
        told = _(
            "%(trouble)s Below is what you typed. Save again to put it in place of theirs.", trouble=error.message
        )
        trouble = Trouble("meanwhile", InvalidInput(told), values)
        there = one(await named(request, event), there.id)
        return await scene_page(
            request, event, there.kind, there, values, trouble=trouble, status=HTTPStatus.CONFLICT
        )
    return back(request, event, f"#scene-{scene.id}")


async def delete_scene(request: Request) -> Response:
    """Take a scene out of a list; one that is gone already is as good."""
    event, who = await access.staff(request, "organiser")
    id = request.path_params["scene"]
    await keep(request, event, who, partial(without, id=id), "took a scene out")
    return back(request, event)


async def place_scene(request: Request) -> Response:
    """Put a scene before another, or at the end."""
    event, who = await access.staff(request, "organiser")
    values = await fields(request)
    before = values.get("before", "")
    if not before:
        raise InvalidInput(_("Say which scene it is to stand before, or “end”."), field="before")
    id = request.path_params["scene"]
    move = partial(placed, id=id, before=None if before == "end" else before)
    await keep(request, event, who, move, "changed the order")
    by = "up" if values.get("by") == "up" else "down"
    return back(request, event, f"?moved={id}&by={by}")


async def keep(
    request: Request, event: Event, who: Person, change: Callable[[SceneList], SceneList], about: str
) -> None:
    """Carry out a change of the list that the path names: the one place where the organiser's pages make one."""
    scenes = await named(request, event)
    told = entry(request, who, "scenes", about=f"{scenes.name}: {about}")
    await state(request)["store"].scenes.change(
        event.slug, scenes.id, change, now=state(request)["now"](), entry=told
    )


def back(request: Request, event: Event, place: str = "") -> Response:
    list_id = request.path_params["list"]
    return RedirectResponse(f"/organise/{event.slug}/scenes/{list_id}{place}", HTTPStatus.SEE_OTHER)


BEGINNING = SceneList(id="", name="", scenes=(new_scene("wall", id="wall"),))
BASE = "/organise/{slug}/scenes"
routes = [
    Route(BASE, scene_pages.show_lists),
    Route(BASE, create_list, methods=["POST"]),
    Route(f"{BASE}/{{list}}", scene_pages.show_list),
    Route(f"{BASE}/{{list}}", rename_list, methods=["POST"]),
    Route(f"{BASE}/{{list}}/deletion", delete_list, methods=["POST"]),
    Route(f"{BASE}/{{list}}/new", scene_pages.show_kinds),
    Route(f"{BASE}/{{list}}/new/{{scene_kind}}", scene_pages.show_new),
    Route(f"{BASE}/{{list}}/scenes", create_scene, methods=["POST"]),
    Route(f"{BASE}/{{list}}/scenes/{{scene}}", scene_pages.show_scene),
    Route(f"{BASE}/{{list}}/scenes/{{scene}}", change_scene, methods=["POST"]),
    Route(f"{BASE}/{{list}}/scenes/{{scene}}/place", place_scene, methods=["POST"]),
    Route(f"{BASE}/{{list}}/scenes/{{scene}}/deletion", delete_scene, methods=["POST"]),
]
