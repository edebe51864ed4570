"""Follows a wall as a viewer does, for a quarter of a minute."""

import asyncio
import json
import ssl
import time
from collections.abc import AsyncIterator

import httpx2
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin

from wall.doctor.streams import Stream

HELLO_SECONDS = 5.0
WATCHED_SECONDS = 15.0


async def websocket(
    base: str,
    slug: str,
    *,
    ticket: str = "",
    context: ssl.SSLContext | None = None,
    watched: float = WATCHED_SECONDS,
    patience: float = HELLO_SECONDS,
) -> Stream:
    """Follow by a websocket; with a ticket the wall compresses, if the proxy lets it be agreed upon."""
    address = f"{base.replace('http', 'ws', 1)}/{slug}/stream" + (f"?ticket={ticket}" if ticket else "")
    began = time.perf_counter()
    secure = {"ssl": context} if context and base.startswith("https") else {}
    try:
        async with connect(
            address,
            origin=Origin(base),
            proxy=None,
            open_timeout=patience,
            ping_interval=None,
            **secure,  # type: ignore[arg-type]
        ) as socket:
            packed = bool(socket.protocol.extensions) if ticket else None
            frames = (str(frame) async for frame in socket)
            return await followed(frames, began, watched=watched, patience=patience, packed=packed)
    except (OSError, TimeoutError, WebSocketException) as error:
        return Stream(None, why=str(error).rstrip(".") or "it is not answered")


async def events(
    asking: httpx2.AsyncClient,
    base: str,
    slug: str,
    *,
    watched: float = WATCHED_SECONDS,
    patience: float = HELLO_SECONDS,
) -> Stream:
    """Follow by server-sent events."""
    began = time.perf_counter()
    try:
        async with (
            asyncio.timeout(patience + watched),
            asking.stream("GET", f"{base}/{slug}/stream.sse", timeout=patience + watched) as answer,
        ):
            if answer.status_code != 200:
                return Stream(None, why=f"it is answered with {answer.status_code}")
            lines = (
                line.removeprefix("data: ") async for line in answer.aiter_lines() if line.startswith("data: ")
            )
            return await followed(lines, began, watched=watched, patience=patience)
    except TimeoutError:
        return Stream(None)
    except httpx2.HTTPError as error:
        return Stream(None, why=str(error).rstrip("."))


async def followed(
    frames: AsyncIterator[str], began: float, *, watched: float, patience: float, packed: bool | None = None
) -> Stream:
    """Return how a stream goes, once a beat came, or none did for so long."""
    try:
        async with asyncio.timeout(patience):
            await anext(frames)
    except TimeoutError:
        return Stream(None)
    except StopAsyncIteration:
        return Stream(None, why="it was closed at once")
    hello = time.perf_counter() - began
    beats, why = 0, ""
    try:
        async with asyncio.timeout(watched):
            async for frame in frames:
                if json.loads(frame).get("type") == "beat":
                    beats += 1
                    break
            else:
                why = "it was closed"
    except TimeoutError:
        pass
    return Stream(hello, watched, beats, packed, why)
