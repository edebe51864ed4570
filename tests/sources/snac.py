"""A real server of Mastodon's API, snac, where it is installed, and people who write there."""

import asyncio
import json
import shutil
import sys
from contextlib import asynccontextmanager
from pathlib import Path

from tests.servers import free_port

SOON_SECONDS = 30.0
UNPACKED = Path(sys.prefix) / "peers" / "snac" / "usr"


def command():
    """Return what runs snac: it is, or it is unpacked beside us and brings its own libraries; None for neither."""
    if installed := shutil.which("snac"):
        return [installed]
    if not (UNPACKED / "bin" / "snac").exists():
        return None
    (loader,) = UNPACKED.glob("lib/*-linux-gnu/ld-linux-*")
    return [str(loader), "--library-path", str(loader.parent), str(UNPACKED / "bin" / "snac")]


class Snac:
    """A server in a folder of its own."""

    def __init__(self, folder, port):
        self.folder = str(folder / "data")
        self.host = f"localhost:{port}"
        self.address = f"http://{self.host}"

    async def run(self, verb, *arguments, typed=""):
        """Run one of its commands to the end, and return what it says."""
        process = await asyncio.create_subprocess_exec(
            *command(),
            verb,
            self.folder,
            *arguments,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        async with asyncio.timeout(SOON_SECONDS):
            said, _ = await process.communicate(typed.encode())
        return said.decode()

    async def write(self, name, text):
        return await self.run("note", name, text)


@asynccontextmanager
async def snac(folder, *people):
    """Run a server with these people, until it is left."""
    port = free_port()
    server = Snac(folder, port)
    await server.run("init", typed=f"127.0.0.1\n{port}\n{server.host}\n\n\n")
    settings = Path(server.folder) / "server.json"
    kept = json.loads(settings.read_text(encoding="utf-8"))
    settings.write_text(json.dumps(kept | {"protocol": "http"}), encoding="utf-8")
    for name in people:
        await server.run("adduser", name)
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(*command(), "httpd", server.folder, stdout=quiet, stderr=quiet)
    try:
        await reachable(port)
        yield server
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def reachable(port):
    async with asyncio.timeout(SOON_SECONDS):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.02)
                continue
            writer.close()
            await writer.wait_closed()
            return
