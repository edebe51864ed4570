"""Scenes: what a screen shows one after the other, and what a remote control has told it.

What each kind of scene shows is in web/scenes/.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal, get_args

import msgspec

from wall.core.text import clean_name
from wall.core.words import _
from wall.errors import ChangedMeanwhile, InvalidInput, NotFound

Transition = Literal["fade", "cut"]
Priority = Literal[0, 1, 2]

TRANSITIONS: dict[Transition, str] = {"fade": _("Fade"), "cut": _("Cut")}
PRIORITIES: dict[Priority, str] = {
    0: _("In its turn"),
    1: _("At once when it has something new, then in its turn"),
    2: _("Alone, for as long as it has something to show"),
}
MOST_SCENES = 50
MOST_LISTS = 30
SECONDS = range(3, 3601)
POST_SECONDS = 20
"""For so long a post is shown that somebody wants shown now; models/scenes.js knows the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One scene of a list: its kind, for how many seconds it stays, and what its kind was told.

    `priority` is one of `PRIORITIES`; `options` are as `options.kept` returns them.
    """

    id: str
    kind: str
    seconds: int = 20
    transition: Transition = "fade"
    priority: Priority = 0
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneList:
    """Scenes in the order that a screen runs them, over and over. `version` grows with each change."""

    id: str
    name: str
    scenes: tuple[Scene, ...] = ()
    version: int = 0


USUAL = SceneList(id="", name=_("The wall alone"), scenes=(Scene(id="wall", kind="wall"),))
"""What a screen runs that was told nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """What is to be shown now, in place of whose turn it is: a scene of the list, or a post.

    It is over so many seconds after `at`, unless it is held.
    """

    scene: str = ""
    post: str = ""
    seconds: int = POST_SECONDS
    at: datetime | None = None


CallKind = Literal["identify", "reload"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What a screen is to do once: say its name large, or load its page anew, some time `within` so many seconds."""

    id: str
    kind: CallKind
    at: datetime
    by_name: str = ""
    within: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """What a remote control has told one screen. A direction holds as a whole, until the next.

    `show` lasts as long as a scene lasts, or while it is `held`. `held` lets nothing take its turn, `frozen` nothing
    new be hung, and `blank` shows the event's title alone. `turn` counts how often somebody said “next”, less how
    often “back”: a screen moves on by as much as it has changed. The curtain of the event stands above all this. `id`
    is that of the press that made it so, by which a screen confirms it; `calls` are the newest of each kind, and no
    part of what holds.
    """

    show: Show | None = None
    held: bool = False
    frozen: bool = False
    blank: bool = False
    turn: int = 0
    since: datetime | None = None
    by: str = ""
    by_name: str = ""
    id: str = ""
    calls: tuple[Call, ...] = ()


# What was typed


def checked_scene(scene: Scene) -> Scene:
    """Return a scene as it is kept; raises InvalidInput naming the field that cannot be used."""
    if scene.seconds not in SECONDS:
        raise InvalidInput(
            _(
                "A scene stays for %(start)s to %(stop)s seconds.",
                start=SECONDS.start,
                stop=f"{SECONDS.stop - 1:,}",
            ),
            field="seconds",
        )
    if scene.transition not in get_args(Transition):
        raise InvalidInput(_("A scene comes with a fade or a cut."), field="transition")
    if scene.priority not in get_args(Priority):
        raise InvalidInput(_("Choose a priority of the list."), field="priority")
    return scene


def checked_list(scenes: SceneList) -> SceneList:
    """Return a list as it is kept; raises InvalidInput."""
    name = clean_name(scenes.name)
    if not name:
        raise InvalidInput(_("Give the list a name, such as “Main hall”."), field="name")
    if len(scenes.scenes) > MOST_SCENES:
        raise InvalidInput(_("A list has %(most_scenes)s scenes at most.", most_scenes=MOST_SCENES))
    if len({scene.id for scene in scenes.scenes}) < len(scenes.scenes):
        raise InvalidInput(_("Two scenes of a list cannot have the same id."))
    return replace(scenes, name=name, scenes=tuple(map(checked_scene, scenes.scenes)))


# Changes, each a function of how the list stands when it is carried out


def one(scenes: SceneList, id: str) -> Scene:
    """Return the scene with an id; raises NotFound."""
    found = next((scene for scene in scenes.scenes if scene.id == id), None)
    if found is None:
        raise NotFound(_("There is no such scene any more; somebody took it out."))
    return found


def added(scenes: SceneList, scene: Scene) -> SceneList:
    return replace(scenes, scenes=(*scenes.scenes, scene))


def changed(scenes: SceneList, scene: Scene, *, seen: str) -> SceneList:
    """Return the list with a scene changed, its place kept; raises ChangedMeanwhile when it is not as `seen`."""
    if stamp(one(scenes, scene.id)) != seen:
        raise ChangedMeanwhile(_("Somebody changed this scene meanwhile."))
    return replace(scenes, scenes=tuple(scene if other.id == scene.id else other for other in scenes.scenes))


def without(scenes: SceneList, id: str) -> SceneList:
    return replace(scenes, scenes=tuple(scene for scene in scenes.scenes if scene.id != id))


def placed(scenes: SceneList, id: str, *, before: str | None) -> SceneList:
    """Return the list with a scene put before another, or at the end; where that one is gone, all stay in place."""
    scene, rest = one(scenes, id), without(scenes, id).scenes
    if before is None:
        return replace(scenes, scenes=(*rest, scene))
    place = next((place for place, other in enumerate(rest) if other.id == before), None)
    return scenes if place is None else replace(scenes, scenes=(*rest[:place], scene, *rest[place:]))


def stamp(scene: Scene) -> str:
    """Return what tells whether a scene was changed since it was seen."""
    return hashlib.sha256(msgspec.json.encode(scene, order="deterministic")).hexdigest()[:12]
