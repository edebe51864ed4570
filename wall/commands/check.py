"""`backchannel check`: the settings, and whether everything is there."""

import argparse

from wall.assets import folder
from wall.commands import say
from wall.config import Config, settings
from wall.store import open_store
from wall.store.schema import SCHEMA
from wall.store.server import PrivateRedis


async def check(config: Config, options: argparse.Namespace) -> int:
    """Print each setting with its origin, and see whether Redis and the assets are there."""
    for entry in settings():
        value = getattr(config, entry.name)
        shown = "(secret)" if entry.metadata["secret"] and value else value
        say(f"WALL_{entry.name.upper():26} {shown!s:30} {config.origins.get(entry.name, 'default')}")
    say(f"templates are in {folder('templates')}, static files in {folder('static')}")
    server = None if config.redis_url else PrivateRedis(config.data_dir / "redis")
    if server:
        await server.start()
    store = open_store(server.url if server else config.redis_url)
    try:
        found = await store.sharing.found()
        say(f"What Redis keeps is of schema {found.number}; this version writes {SCHEMA.number}.")
        await store.sharing.check()
        events = await store.events.all()
        say(f"Redis answers; it holds {len(events)} event{'' if len(events) == 1 else 's'}.")
    finally:
        await store.database.close()
        if server:
            await server.stop()
    return 0
