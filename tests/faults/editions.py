"""The next version of the program: a copy of this one, changed where versions change, and processes of either."""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
from contextlib import suppress

from tests.program import KEY, ROOT
from tests.waiting import until

NEXT = "99.1.0"
CHANGES = {
    "wall/__init__.py": [('__version__ = "', f'__version__ = "{NEXT}-')],
    # a field more, which what was written before does not have
    "wall/core/event.py": [
        ('    timezone: str = "UTC"', '    motto: str = "none yet"\n    timezone: str = "UTC"')
    ],
    "wall/core/post.py": [("    reposts: int = 0", '    applause: str = "none yet"\n    reposts: int = 0')],
    # a kind of update more, of which the version before knows nothing
    "wall/store/lua/stand.lua": [
        (
            "then told = append(KEYS[5], KEYS[6], change.public, change) end",
            "then told = append(KEYS[5], KEYS[6], change.public, change)\n"
            "    append(KEYS[5], KEYS[6], 'hailed', {id = '', at = change.at, epoch = change.epoch, version = 0, "
            "was = '', status = ''}) end",
        )
    ],
    # and one migration, which gives every event a motto
    "wall/store/schema.py": [("number=1, oldest=1", "number=2, oldest=1")],
    "wall/store/migrations.py": [("MIGRATIONS: tuple[Migration, ...] = ()", "")],
}
MIGRATION = """

async def give_mottos(database, slug, place):
    from dataclasses import replace
    from wall.core.event import Event
    from wall.store.events import Events

    if slug:
        await Events(database).change(slug, lambda event: replace(event, motto="One wall for all"))
    return ""


MIGRATIONS = (Migration(2, {oldest}, give_mottos),)
"""


def next_version(folder, *, closes=False):
    """Make the next version in a folder; its migration `closes` the way back, or leaves it open."""
    shutil.copytree(ROOT / "wall", folder / "wall", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("templates", "static"):
        (folder / name).symlink_to(ROOT / name)
    for name, changes in CHANGES.items():
        path = folder / name
        text = path.read_text(encoding="utf-8")
        for before, after in changes:
            assert text.count(before) == 1, f"{name} has another text than the next version is made from: {before}"
            text = text.replace(before, after)
        path.write_text(text, encoding="utf-8")
    path = folder / "wall/store/migrations.py"
    text, mark = path.read_text(encoding="utf-8"), "class Migrations:"
    path.write_text(text.replace(mark, MIGRATION.format(oldest=2 if closes else 1).lstrip() + f"\n\n{mark}"))
    return folder


class Part:
    """A web process or an ingest worker of some version; web processes share one socket, as behind one name."""

    def __init__(self, kind, version, redis_url, folder, sock=None):
        self.kind = kind
        self.version = version
        self.redis_url = redis_url
        self.folder = folder
        self.sock = sock

    async def start(self):
        plain = {name: value for name, value in os.environ.items() if not name.startswith("WALL_")}
        self.said = self.folder / f"said-{self.kind}-{id(self)}"
        files = [self.sock.fileno()] if self.sock else []
        with self.said.open("wb") as said:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "wall", self.kind, "--data-dir", str(self.folder / "data")),
                *(["--fd", str(files[0])] if files else []),
                cwd=self.version,
                env=plain
                | {
                    "WALL_REDIS_URL": self.redis_url,
                    "WALL_BACK_CHANNEL_KEY": KEY,
                    "PYTHONPATH": str(self.version),
                },
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                pass_fds=files,
            )
        return self

    async def here(self, store):
        """Wait until it is counted among the programs of its Redis."""
        before = await programs(store)
        await self.start()
        await until(lambda: self.is_counted(store, before))
        return self

    async def is_counted(self, store, before):
        assert self.process.returncode is None, self.words
        return set(await programs(store)) - set(before)

    async def stop(self):
        """Stop it as whoever updates it does, and return its exit status."""
        with suppress(ProcessLookupError):
            self.process.terminate()
        async with asyncio.timeout(60):
            return await self.process.wait()

    async def kill(self):
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()

    @property
    def words(self):
        return self.said.read_text(encoding="utf-8", errors="replace")


async def programs(store):
    """Return the programs that are here, each with its schema first."""
    return [one.decode() for one in await store.database.command("ZRANGE", "wall:{schema}:programs", 0, -1)]


def shared_socket():
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    sock.listen(128)
    return sock
