"""An event to keep: as one file that a wall can take in again, and as pages that need no wall."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack
from typing import BinaryIO

from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route

from wall import __version__
from wall.portable import export_event
from wall.web import access
from wall.web.archive import ArchiveSite, to_zip
from wall.web.state import state

CHUNK = 256 * 1024
ONE_AT_A_TIME = asyncio.Lock()
"""Making such a file is work for a while; whoever asks meanwhile waits."""


async def export(request: Request) -> StreamingResponse:
    """Return the file of a whole event."""
    event, _who = await access.staff(request, "organiser")
    services = state(request)

    async def write(file: BinaryIO) -> None:
        await export_event(services["store"], services["pictures"], event.slug, file, program=__version__)

    return sent(await made(write), f"{event.slug}.backchannel.zip")


async def archive(request: Request) -> StreamingResponse:
    """Return the wall of an event as pages."""
    event, _who = await access.staff(request, "organiser")
    services = state(request)
    site = ArchiveSite(services["store"], services["pictures"], event, now=services["now"]())

    async def write(file: BinaryIO) -> None:
        await to_zip(site.files(), file, folder=event.slug)

    return sent(await made(write), f"{event.slug}-archive.zip")


async def made(write: Callable[[BinaryIO], Awaitable[None]]) -> BinaryIO:
    """Return a file once it is written, which has no name here and is gone once it is closed."""
    with ExitStack() as stack:
        file = stack.enter_context(await asyncio.to_thread(tempfile.TemporaryFile))
        async with ONE_AT_A_TIME:
            await write(file)
        stack.pop_all()
    return file


def sent(file: BinaryIO, name: str) -> StreamingResponse:
    """Return the answer that sends a file which was just written, and closes it."""
    headers = {
        "content-length": str(file.tell()),
        "content-disposition": f'attachment; filename="{name}"',
        "content-encoding": "identity",  # it is packed as far as it goes
        "cache-control": "no-store",
    }
    return StreamingResponse(read(file), media_type="application/zip", headers=headers)


async def read(file: BinaryIO) -> AsyncIterator[bytes]:
    with file:
        file.seek(0)
        while chunk := await asyncio.to_thread(file.read, CHUNK):
            yield chunk


routes = [
    Route("/organise/{slug}/export", export),
    Route("/organise/{slug}/archive", archive),
]
