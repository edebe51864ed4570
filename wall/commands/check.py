"""`backchannel check`: the settings, and whether everything is there."""

import argparse

from wall.assets import folder
from wall.commands import say
from wall.commands.portable import reached
from wall.config import Config, settings
from wall.store.schema import SCHEMA


async def check(config: Config, options: argparse.Namespace) -> int:
    """Print each setting with its origin, and see whether Redis and the assets are there; a wall may run meanwhile."""
    for entry in settings():
        value = getattr(config, entry.name)
        shown = "(secret)" if entry.metadata["secret"] and value else value
        say(f"WALL_{entry.name.upper():26} {shown!s:30} {config.origins.get(entry.name, 'default')}")
    say(f"templates are in {folder('templates')}, static files in {folder('static')}")
    async with reached(config) as store:
        found = await store.sharing.found()
        say(f"What Redis keeps is of schema {found.number}; this version writes {SCHEMA.number}.")
        events = await store.events.all()
        say(f"Redis answers; it holds {len(events)} event{'' if len(events) == 1 else 's'}.")
    return 0
