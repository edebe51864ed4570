"""The remote control: a moderator's hand on every screen, from the desk or a phone."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route

from wall.core.audit import Entry
from wall.core.event import Event
from wall.core.people import Person, Screen
from wall.core.remote import MOST_TURNS, Press, PressKind, in_words, told
from wall.core.scenes import Show
from wall.core.words import _
from wall.errors import ChangedMeanwhile, InvalidInput, NotFound
from wall.web import access
from wall.web.body import read
from wall.web.live import stream_ticket
from wall.web.plan import embedded
from wall.web.remote_view import remote_view, scene_words
from wall.web.state import State, state

NO_STORE = {"cache-control": "no-store"}
MOST_SCREENS = 200

Id = Annotated[str, msgspec.Meta(max_length=80)]


class PressForm(msgspec.Struct):
    """What a remote control sends. `screens` are those it is for, none for all of them; `hash` is of a post as seen."""

    id: Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9]{8,40}$")]
    act: PressKind
    screens: Annotated[list[Id], msgspec.Meta(max_length=MOST_SCREENS)] = []
    scene: Id = ""
    post: Id = ""
    hash: Id = ""
    turns: Annotated[int, msgspec.Meta(ge=-MOST_TURNS, le=MOST_TURNS)] = 0


async def show(request: Request) -> HTMLResponse:
    """Show the remote control."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    return services["pages"].page(
        "moderate/remote.html",
        event=event,
        person={"name": who.name},
        remote=embedded(await remote_view(services, event)),
        remote_url=f"/{event.slug}/moderate/remote",
        cursor=str(await services["store"].feeds.tip(event.slug, "public")),
        stream_url=f"/{event.slug}/stream?ticket={await stream_ticket(services, event.slug)}",
        feed_url=f"/{event.slug}/feed",
        desk_url=f"/{event.slug}/moderate",
        organise_url=f"/organise/{event.slug}#screens" if who.may(event.slug, "organiser") else None,
    )


async def show_state(request: Request) -> JSONResponse:
    """Tell what every screen shows, what it was told, and whether it does that."""
    event = await access.event(request, "moderator")
    return JSONResponse(await remote_view(state(request), event), headers=NO_STORE)


async def create_press(request: Request) -> JSONResponse:
    """Tell screens what somebody pressed, all of them in one step; answers with how things are then.

    The same press sent twice is done once. `passed_over` names the screens that have no such scene in their list.
    """
    event, who = await access.staff(request, "moderator")
    services = state(request)
    form = await read(request, PressForm)
    meant = await named(services, event, form)
    screens, wanted = await shown_on(services, event, form, meant)
    press = pressed(services, who, form, wanted, several=len(screens) > 1)
    now = services["now"]()
    about = (
        f"{'All screens' if not form.screens else names(screens)}: {await what(services, event, press, screens)}"
    )
    noted = Entry(kind="directed", by=who.id, by_name=who.name, at=now, about=about, post=form.post or None)
    await services["store"].scenes.direct_all(
        event.slug, [one.id for one in screens], lambda before: told(before, press), now=now, entry=noted
    )
    passed_over = [one.name for one in meant if one not in screens]
    return JSONResponse(await remote_view(services, event) | {"passed_over": passed_over}, headers=NO_STORE)


async def named(services: State, event: Event, form: PressForm) -> list[Screen]:
    """Return the screens that a press is for; raises NotFound for one whose link was taken back."""
    screens = [one for one in await services["store"].screens.all(event.slug) if one.kind == "screen"]
    found = [one for one in screens if not form.screens or one.id in form.screens]
    if not found or len(found) < len(set(form.screens)):
        raise NotFound(
            _("There is no such screen any more; its link was taken back.") if screens else _("No screen yet.")
        )
    return found


async def shown_on(
    services: State, event: Event, form: PressForm, screens: list[Screen]
) -> tuple[list[Screen], Show | None]:
    """Return what is to be shown, if anything, and those of the screens that can show it."""
    if form.act != "show":
        return screens, None
    if form.post:
        standing = await services["store"].posts.get(event.slug, form.post)
        if not standing.visible:
            raise NotFound(_("This post is not on the wall, so no screen can show it."))
        if form.hash and form.hash != standing.post.content_hash:
            raise ChangedMeanwhile(_("Its author changed this post meanwhile. Read it again first."))
        return screens, Show(post=form.post)
    if not form.scene:
        raise InvalidInput(_("Say which scene or which post is to be shown."), field="scene")
    lists = [await services["store"].scenes.run_by(event.slug, one.scenes) for one in screens]
    found = [
        (screen, scene)
        for screen, run in zip(screens, lists, strict=True)
        for scene in run.scenes
        if scene.id == form.scene
    ]
    if not found:
        raise NotFound(_("No screen has this scene in its list any more."))
    return [screen for screen, _ in found], Show(
        scene=form.scene, seconds=max(scene.seconds for _, scene in found)
    )


def pressed(services: State, who: Person, form: PressForm, show: Show | None, *, several: bool) -> Press:
    press = Press(
        id=form.id, kind=form.act, at=services["now"](), by=who.id, by_name=who.name, show=show, several=several
    )
    if form.act != "turn":
        return press
    if not form.turns:
        raise InvalidInput(_("Say how far to turn: forwards, or below zero, back."), field="turns")
    return replace(press, turns=form.turns)


async def what(services: State, event: Event, press: Press, screens: Sequence[Screen]) -> str:
    """Return what was pressed, in words for the audit log; a post is named there by its id alone."""
    if press.show is None:
        return in_words(press)
    if press.show.post:
        return "show a post"
    run = await services["store"].scenes.run_by(event.slug, screens[0].scenes)
    scene = next(one for one in run.scenes if one.id == press.show.scene)
    return f"show {scene_words(scene, event)}"


def names(screens: Sequence[Screen]) -> str:
    return ", ".join(one.name for one in screens)


routes = [
    Route("/{slug}/moderate/remote", show),
    Route("/{slug}/moderate/remote", create_press, methods=["POST"]),
    Route("/{slug}/moderate/remote/state", show_state),
]
