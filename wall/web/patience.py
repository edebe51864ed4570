"""How long we wait for what a request sends: whoever sends it drop by drop holds no connection for ever."""

import asyncio

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PIECE_SECONDS = 20.0
WHOLE_SECONDS = 180.0  # in which eight megabytes come over half a megabit


class Patience:
    """ASGI middleware that refuses a body whose next piece, or whose end, does not come in time."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        loop = asyncio.get_running_loop()
        end, whole = loop.time() + WHOLE_SECONDS, False

        async def receive_in_time() -> Message:
            nonlocal whole
            if whole:
                return await receive()  # that they leave, which may take hours
            try:
                async with asyncio.timeout_at(min(end, loop.time() + PIECE_SECONDS)):
                    message = await receive()
            except TimeoutError as error:
                raise HTTPException(408, headers={"connection": "close"}) from error
            whole = not message.get("more_body", False)
            return message

        await self.app(scope, receive_in_time, send)
