"""Telegram's Bot API, as far as a bot that reads asks it, over real HTTP."""

import asyncio
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from tests.sources.world import serving

TOKEN = "123456:AAF-made_up_for_these_tests_only"
HOLD_SECONDS = 0.02


class BotServer:
    """`updates` are what nobody confirmed; `answer` is what it says instead; `offsets` is from where on it was asked.

    It forgets what is confirmed, as Telegram does, unless it `keeps` it for who comes without a position.
    """

    def __init__(self, *, keeps=False):
        self.keeps = keeps
        self.updates = []
        self.offsets = []
        self.asked = 0
        self.answer = None
        self.bot = {"id": 1, "is_bot": True, "username": "wall_bot", "can_read_all_group_messages": True}
        self.app = Starlette(
            routes=[
                Route(f"/bot{TOKEN}/getMe", self.me),
                Route(f"/bot{TOKEN}/getUpdates", self.some),
                Route("/{path:path}", self.nobody),
            ]
        )

    async def me(self, request):
        self.asked += 1
        return self.answer or JSONResponse({"ok": True, "result": self.bot})

    async def nobody(self, request):
        return refused(401, "Unauthorized")

    async def some(self, request):
        offset = request.query_params.get("offset")
        self.offsets.append(offset)
        self.asked += 1
        if self.answer:
            return self.answer
        if offset and not self.keeps:
            self.updates = [one for one in self.updates if one["update_id"] >= int(offset)]
        found = [one for one in self.updates if one["update_id"] >= int(offset or 0)]
        if not found:
            await asyncio.sleep(HOLD_SECONDS)  # as Telegram holds a request until something comes
        return JSONResponse({"ok": True, "result": found})


def refused(status, description, **parameters):
    return JSONResponse(
        {"ok": False, "error_code": status, "description": description, "parameters": parameters}, status
    )


@asynccontextmanager
async def bot_server(**options):
    server = BotServer(**options)
    async with serving(server.app) as host:
        server.address = f"http://{host}"
        yield server
