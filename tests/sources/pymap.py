"""A real server of mail, pymap, where it is installed, with an empty mailbox."""

import asyncio
import imaplib
import shutil
import sys
from contextlib import asynccontextmanager
from pathlib import Path

from tests.servers import free_port

PROGRAM = shutil.which("pymap", path=f"{Path(sys.prefix) / 'peers/pymap/bin'}")
USER, PASSWORD = "demouser", "demopass"
SOON_SECONDS = 60.0


class Pymap:
    """`server`, and what is put into its mailbox by hand."""

    def __init__(self, port):
        self.port = port
        self.server = f"127.0.0.1:{port}"

    async def deliver(self, raw):
        await asyncio.to_thread(self.append, raw)

    def append(self, raw):
        with imaplib.IMAP4("127.0.0.1", self.port) as client:
            client.login(USER, PASSWORD)
            assert client.append("INBOX", None, None, raw)[0] == "OK"


@asynccontextmanager
async def pymap(folder):
    port = free_port()
    quiet = {"stdout": asyncio.subprocess.DEVNULL, "stderr": asyncio.subprocess.DEVNULL, "cwd": folder}
    where = ("--host", "127.0.0.1", "--port", str(port), "--no-tls")
    process = await asyncio.create_subprocess_exec(PROGRAM, *where, "dict", "--demo-data", **quiet)
    try:
        await listening(port)
        yield Pymap(port)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def listening(port):
    async with asyncio.timeout(SOON_SECONDS):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.1)
                continue
            writer.close()
            await writer.wait_closed()
            return
