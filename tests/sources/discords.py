"""Discord's Gateway over real websockets, and its API over real HTTP, as their documents describe them."""

import asyncio
import json
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocketDisconnect

from tests.sources.world import serving

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4OQ.GmAdEu.p_for-these-tests_only"
GUILD, TALK = "11", "22"
MIA = {"id": "42", "username": "mia", "global_name": "Mia", "avatar": "a1b2"}
BEAT_MS = 50


def message(number, content="Hello #PyConDE", **fields):
    return {
        "id": str(1000 + number),
        "channel_id": TALK,
        "type": 0,
        "author": MIA,
        "content": content,
        "timestamp": "2026-11-22T09:59:00.123000+00:00",
        "edited_timestamp": None,
        "mentions": [],
        "attachments": [],
        **fields,
    }


def picture(url, alt):
    return {"id": "1", "filename": "cat.png", "content_type": "image/png", "url": url, "description": alt}


class DiscordServer:
    """`log` are the channel's messages; `heard` is what was said to its Gateway, `sessions` what each was opened with.

    `answer` is what the API says instead, `answers` the same by path; `closing` is the code with which the Gateway ends
    a connection in place of READY, `deaf` has it answer no beats.
    """

    def __init__(self, *log):
        self.log = list(log)
        self.answer, self.answers = None, {}
        self.asked, self.heard, self.sockets = [], [], []
        self.closing = None
        self.deaf = False
        self.resumable = True
        self.number = 0
        self.address = ""
        self.listened = asyncio.Event()
        self.app = Starlette(
            routes=[
                Route("/api/v10/gateway/bot", self.only(self.gateway)),
                Route("/api/v10/channels/{channel}", self.only(self.channel)),
                Route("/api/v10/channels/{channel}/messages", self.only(self.messages)),
                WebSocketRoute("/socket/", self.socket),
            ]
        )

    def only(self, handle):
        async def answer(request):
            self.asked.append((request.url.path, dict(request.query_params)))
            if request.headers.get("authorization") != f"Bot {TOKEN}":
                return JSONResponse({"message": "401: Unauthorized", "code": 0}, 401)
            return self.answer or self.answers.get(request.url.path) or handle(request)

        return answer

    def gateway(self, request):
        limit = {"total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1}
        url = self.address.replace("http", "ws") + "/socket"
        return JSONResponse({"url": url, "shards": 1, "session_start_limit": limit})

    def channel(self, request):
        id = request.path_params["channel"]
        if id != TALK:
            return JSONResponse({"message": "Unknown Channel", "code": 10003}, 404)
        return JSONResponse({"id": id, "type": 0, "guild_id": GUILD, "name": "talk"})

    def messages(self, request):
        limit, after = int(request.query_params["limit"]), request.query_params.get("after")
        ordered = sorted(self.log, key=lambda one: int(one["id"]))
        some = [one for one in ordered if int(one["id"]) > int(after)][:limit] if after else ordered[-limit:]
        return JSONResponse(some[::-1])

    async def socket(self, socket):
        await socket.accept()
        self.asked.append(("connected", dict(socket.query_params)))
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": BEAT_MS}, "s": None, "t": None})
        with suppress(WebSocketDisconnect):
            while True:
                said = json.loads(await socket.receive_text())
                self.heard.append(said)
                await self.answered(socket, said)
        if socket in self.sockets:
            self.sockets.remove(socket)

    async def answered(self, socket, said):
        if said["op"] == 1:
            self.asked.append(("beat", said["d"]))
            if not self.deaf:
                await socket.send_json({"op": 11, "d": None, "s": None, "t": None})
            return
        if self.closing:
            await socket.close(self.closing)
            return
        if said["op"] == 6 and not self.resumable:
            await socket.send_json({"op": 9, "d": False, "s": None, "t": None})
            return
        if said["op"] == 2:
            self.number = 0
        self.sockets.append(socket)
        ready = {"session_id": "abc", "resume_gateway_url": self.address.replace("http", "ws") + "/socket"}
        await self.tell("READY" if said["op"] == 2 else "RESUMED", ready if said["op"] == 2 else {})
        self.listened.set()

    async def tell(self, name, data):
        """Tell all who listen that something happened."""
        self.number += 1
        await self.say({"op": 0, "d": data, "s": self.number, "t": name})

    async def say(self, frame):
        for socket in list(self.sockets):
            await socket.send_json(frame)

    async def write(self, *said):
        self.log += said
        for one in said:
            await self.tell("MESSAGE_CREATE", {**one, "guild_id": GUILD, "member": {"nick": None}})

    def said(self, op):
        return [one["d"] for one in self.heard if one["op"] == op]


@asynccontextmanager
async def discord_server(*log):
    server = DiscordServer(*log)
    async with serving(server.app) as host:
        server.address = f"http://{host}"
        yield server
