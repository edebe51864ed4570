"""One scene of every kind that there is, each with something to show, and the programme of the rehearsal."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from wall.core.programme import Session
from wall.core.scenes import Scene, SceneList
from wall.rehearsal import programme as rehearsal
from wall.store import Store
from wall.web.scenes import KINDS

LIST = "examples"
POSTS_SECONDS = 90


def options(kind: str, now: datetime) -> Mapping[str, Any]:
    """Return what the scene of a kind is told; a kind that is not known here runs with what its form begins with."""
    soon = now + timedelta(minutes=12)
    examples: dict[str, dict[str, Any]] = {
        "announcement": {"text": "The lightning talks move to the Workshop. Lunch is served until half past one."},
        "countdown": {"to": soon.isoformat(), "title": "Maps that age well"},
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
    """Return the programme's sessions and rooms, moved so that two talks of the first day are on."""
    sessions = rehearsal.programme()
    first = date(2026, 1, 1)
    talk = next(one for one in sessions if one.id == "maps")
    moved = now - timedelta(minutes=15) - talk.starts_at(first)
    return {
        "sessions": tuple(
            Session(
                id=one.id,
                title=one.title,
                starts=(one.starts_at(first) + moved).astimezone(UTC),
                ends=(one.ends_at(first) + moved).astimezone(UTC),
                room=one.room,
                speakers=tuple(name for name in one.speaker.split(" & ") if name),
            )
            for one in sessions
        ),
        "rooms": rehearsal.ROOM["rooms"],
    }
