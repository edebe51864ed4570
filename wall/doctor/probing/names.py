"""Looks names up."""

import asyncio
import socket
from collections.abc import Mapping

SECONDS = 5.0


async def look_up(needed: Mapping[str, str]) -> dict[str, tuple[str, bool]]:
    """Return of each name what it is needed for, as given, and whether it was found."""
    found = await asyncio.gather(*(is_found(name) for name in needed))
    return {name: (needed[name], there) for name, there in zip(needed, found, strict=True)}


async def is_found(name: str) -> bool:
    try:
        async with asyncio.timeout(SECONDS):
            await asyncio.get_running_loop().getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except (OSError, TimeoutError, UnicodeError):
        return False
    return True
