"""One scene of every kind that there is, each with something to show, and the programme of the rehearsal."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from wall.core.scenes import Scene, SceneList
from wall.rehearsal.hall import sessions
from wall.rehearsal.programme import ROOM
from wall.store import Store
from wall.web.scenes import KINDS

LIST = "examples"
POSTS_SECONDS = 90
SECOND_MORNING = timedelta(days=1, hours=11, minutes=35)
"""What a programme is moved to, since the midnight that its first day began with."""
STEP_SECONDS = 300
"""Sessions begin at such times as programmes have."""


def options(kind: str, now: datetime) -> Mapping[str, Any]:
    """Return what the scene of a kind is told; a kind that is not known here runs with what its form begins with."""
    soon = now + timedelta(minutes=25)
    examples: dict[str, dict[str, Any]] = {
        "announcement": {"text": "The talk on ghost bikes moves to the Signal Box. Lunch is served until two."},
        "countdown": {"to": soon.isoformat(), "title": "Procurement is a design discipline"},
        "question": {"text": "What would you switch off first?"},
    }
    return examples.get(kind, {})


def examples(now: datetime) -> SceneList:
    """Return a list with a scene of every kind, its id the kind: all take their turns, those of posts longer ones."""
    scenes = tuple(
        Scene(
            id=name,
            kind=name,
            seconds=POSTS_SECONDS if kind.element else kind.seconds,
            options=options(name, now),
        )
        for name, kind in KINDS.items()
    )
    return SceneList(id=LIST, name="One of every kind", scenes=scenes)


async def set_up(store: Store, slug: str) -> None:
    """Keep the list, have every screen of the event run it, and keep a programme in which talks are on just now."""
    now = datetime.now(UTC)
    await store.scenes.create(slug, examples(now), now=now)
    for screen in await store.screens.all(slug):
        await store.screens.arrange(slug, screen.id, lambda one: replace(one, scenes=LIST, room="Depot"), now=now)
    await store.programmes.change(slug, lambda before: replace(before, **under_way(now)), now=now)


def under_way(now: datetime) -> dict[str, Any]:
    """Return the programme's sessions and rooms, moved so that two talks of the second day are on."""
    midnight = (now - SECOND_MORNING).timestamp()
    begun = datetime.fromtimestamp(STEP_SECONDS * round(midnight / STEP_SECONDS), UTC)
    return {"sessions": sessions(lambda second: begun + timedelta(seconds=second)), "rooms": ROOM["rooms"]}
