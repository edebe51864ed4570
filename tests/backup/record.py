"""Records the backup that every later version must open: `python -m tests.backup.record FILE`.

Keep the recordings that are there, and add one when something new is kept.
"""

import asyncio
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from tests.portable.filled import filled
from wall import __version__
from wall.backup import back_up
from wall.core.event import Event
from wall.media.files import PictureFiles
from wall.store import open_store
from wall.store.schema import SCHEMA
from wall.store.server import PrivateRedis

EVENT = Event(slug="pycon", title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))


async def record(path):
    with tempfile.TemporaryDirectory() as folder:
        server, pictures = PrivateRedis(Path(folder) / "redis"), PictureFiles(Path(folder) / "pictures")
        await server.start()
        store = open_store(server.url)
        await store.events.create(EVENT)
        await filled(store, EVENT, pictures)
        person = await store.people.add("Mia", slug=EVENT.slug, role="moderator")
        await store.people.sign_in(person, browser="Firefox", now=datetime.now(UTC))
        await store.sharing.join("recorder", seconds=1)
        with path.open("w+b") as file:
            await back_up(
                server.folder, pictures, file, program=__version__, schema=SCHEMA.number, now=datetime.now(UTC)
            )
        await store.database.close()
        await server.stop()


if __name__ == "__main__":
    asyncio.run(record(Path(sys.argv[1])))
