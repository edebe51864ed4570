"""The screen of a hall, and what it runs."""

from dataclasses import replace

from tests.cast import NOW
from wall.core.scenes import Scene, SceneList


async def run(store, event, screen, *scenes, id="hall"):
    """Have a screen run these scenes."""
    await store.scenes.create(event.slug, SceneList(id=id, name="Hall", scenes=scenes), now=NOW)
    await store.screens.arrange(event.slug, screen.id, lambda one: replace(one, scenes=id), now=NOW)


def scene(kind, **options):
    return Scene(id=f"{kind}-1", kind=kind, options=options)
