"""A Chromium of our own, spoken to by its DevTools protocol: nothing is switched on in it that nobody asked for.

Playwright has a browser keep what its pages fetch, to be able to show it; a page that is weighed may not carry that.
"""

import asyncio
import itertools
import json
import re
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from bench.desk_page import SHELLS

START_SECONDS = 30.0
ANSWER_SECONDS = 90.0
ADDRESS = re.compile(rb"DevTools listening on (ws://\S+)")
SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
)

Hear = Callable[[dict[str, Any]], None]


class DevTools:
    """The line to a browser. Without a session a command is for the browser itself."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.numbers = itertools.count(1)
        self.asked: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.heard: dict[str, Hear] = {}

    async def send(self, method: str, session: str | None = None, **params: Any) -> dict[str, Any]:
        """Return what the browser answers; raises RuntimeError in its words."""
        number = next(self.numbers)
        answer = self.asked[number] = asyncio.get_running_loop().create_future()
        message = {"id": number, "method": method, "params": params, **({"sessionId": session} if session else {})}
        await self.connection.send(json.dumps(message))
        async with asyncio.timeout(ANSWER_SECONDS):
            return await answer

    async def listen(self) -> None:
        async for text in self.connection:
            message = json.loads(text)
            if hear := self.heard.get(message.get("method", "")):
                hear(message["params"])
            asked = self.asked.pop(message.get("id", 0), None)
            if asked and "error" in message:
                asked.set_exception(RuntimeError(message["error"]["message"]))
            elif asked:
                asked.set_result(message["result"])


@asynccontextmanager
async def chromium(folder: Path, *, program: str | None, width: int, height: int) -> AsyncIterator[DevTools]:
    """Run a Chromium that keeps its things in a folder, until left: the program of this name, or the lightest here."""
    path = next((path for name in ([program] if program else SHELLS) if (path := shutil.which(name))), None)
    if path is None:
        raise SystemExit(f"There is no {program or 'Chromium'} on this machine.")
    process = await asyncio.create_subprocess_exec(
        path,
        *SWITCHES,
        f"--user-data-dir={folder}",
        f"--window-size={width},{height}",
        "about:blank",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(START_SECONDS):
            address = await told(process)
        quiet = asyncio.create_task(drained(process))
        async with connect(address, max_size=None, ping_interval=None) as connection:
            tools = DevTools(connection)
            listening = asyncio.create_task(tools.listen())
            yield tools
            with suppress(RuntimeError, TimeoutError):
                await tools.send("Browser.close")
            listening.cancel()
        quiet.cancel()
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def told(process: asyncio.subprocess.Process) -> str:
    assert process.stderr
    async for line in process.stderr:
        if found := ADDRESS.search(line):
            return found[1].decode()
    raise SystemExit("The browser did not start.")


async def drained(process: asyncio.subprocess.Process) -> None:
    assert process.stderr
    async for _ in process.stderr:
        pass
