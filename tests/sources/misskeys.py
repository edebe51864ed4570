"""A server of the Misskey family over real HTTP and real websockets, answering as Misskey's own code does."""

import asyncio
import json
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocketDisconnect

from tests.sources.world import serving

MIA = {"id": "u1", "username": "mia", "name": "Mia", "host": None, "isBot": False, "emojis": {}}


def note(number, text="Hello #PyConDE", **fields):
    """Return a public note of the server's own."""
    return {
        "id": f"a{number:06}",
        "createdAt": "2026-11-22T09:59:00.123Z",
        "userId": "u1",
        "user": MIA,
        "text": text,
        "cw": None,
        "visibility": "public",
        "localOnly": False,
        "renoteCount": 0,
        "files": [],
        "tags": ["pyconde"],
        "emojis": {},
        "replyId": None,
        "renoteId": None,
    } | fields


def refused(status, code):
    return JSONResponse({"error": {"message": "No.", "code": code, "id": "x", "kind": "client"}}, status)


class MisskeyServer:
    """`notes` by id is what it has; `answers` overrides an endpoint's answer; `asked` is what it was asked."""

    def __init__(self, notes):
        self.notes = {one["id"]: one for one in notes}
        self.below = []
        self.passed_on = []
        self.answers = {}
        self.asked = []
        self.said = []
        self.sockets = []
        self.listened = asyncio.Event()
        self.streams = True
        self.missing = refused(400, "NO_SUCH_NOTE")
        self.app = Starlette(
            routes=[
                Route("/api/notes/search-by-tag", self.tagged, methods=["POST"]),
                Route("/api/notes/show", self.show, methods=["POST"]),
                Route("/api/notes/children", self.children, methods=["POST"]),
                Route("/api/notes/renotes", self.renotes, methods=["POST"]),
                WebSocketRoute("/streaming", self.stream),
            ]
        )

    async def tagged(self, request):
        asked = await request.json()
        self.asked.append(asked)
        if override := self.answers.get("tagged"):
            return override
        older_than = asked.get("untilId")
        newest = sorted(self.notes.values(), key=lambda one: one["id"], reverse=True)
        return JSONResponse([one for one in newest if not older_than or one["id"] < older_than][: asked["limit"]])

    async def show(self, request):
        asked = await request.json()
        self.asked.append(asked)
        found = self.notes.get(asked["noteId"])
        return self.answers.get("show") or (JSONResponse(found) if found else self.missing)

    async def children(self, request):
        asked = await request.json()
        self.asked.append(asked)
        return JSONResponse([one for one in self.below if asked["noteId"] in (one["replyId"], one["renoteId"])])

    async def renotes(self, request):
        asked = await request.json()
        self.asked.append(asked)
        return JSONResponse(
            [one for one in self.passed_on if one["renoteId"] == asked["noteId"]][: asked["limit"]]
        )

    async def stream(self, socket):
        if not self.streams:
            await socket.close()
            return
        await socket.accept()
        self.sockets.append(socket)
        try:
            while True:
                self.said.append(json.loads(await socket.receive_text()))
                self.listened.set()
        except WebSocketDisconnect:
            self.sockets.remove(socket)

    async def tell(self, frame):
        """Say something down every live stream, once somebody listens."""
        await asyncio.wait_for(self.listened.wait(), 10)
        for socket in list(self.sockets):
            await socket.send_text(frame if isinstance(frame, str) else json.dumps(frame))

    async def tell_of(self, note):
        await self.tell({"type": "channel", "body": {"id": "wall", "type": "note", "body": note}})


@asynccontextmanager
async def misskey(*notes):
    """Run such a server; its `address` is what the organiser would type."""
    server = MisskeyServer(notes)
    async with serving(server.app) as host:
        server.host, server.address = host, f"http://{host}"
        yield server
