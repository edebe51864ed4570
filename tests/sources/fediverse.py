"""A server that speaks Mastodon's API, as recorded, over real HTTP and real websockets."""

import asyncio
import json
from contextlib import asynccontextmanager
from copy import deepcopy

from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocketDisconnect

from tests.sources.world import FIXTURES, serving

TOKEN = "s3cret"
PAGE = 40


def recorded(name):
    return json.loads((FIXTURES / "mastodon" / name).read_text(encoding="utf-8"))


SNAC = recorded("snac_tag_timeline.json")
GOTOSOCIAL = recorded("gotosocial_tag_timeline.json")


def status(
    number, text="Hello <a href='https://s.example/tags/pyconde' class='mention hashtag'>#PyConDE</a>", **fields
):
    """Return a public status like the recorded ones, with its own id and words."""
    made = deepcopy(GOTOSOCIAL[0])
    made |= {
        "id": f"{number:06}",
        "uri": f"https://home.example/users/mia/statuses/{number}",
        "url": f"https://home.example/@mia/{number}",
        "created_at": "2026-11-22T09:59:00.000Z",
        "edited_at": None,
        "content": f"<p>{text}</p>",
    }
    made["account"] |= {
        "acct": "mia",
        "username": "mia",
        "display_name": "Mia",
        "url": "https://home.example/@mia",
    }
    return made | fields


def account(acct, **fields):
    """Return an account like the recorded ones."""
    name = acct.partition("@")[0]
    return (
        deepcopy(GOTOSOCIAL[0]["account"])
        | {"acct": acct, "username": name, "display_name": name.title()}
        | fields
    )


def boost(inner, at="2026-11-22T09:59:30.000Z"):
    """Return the status by which somebody passes another on."""
    return {"id": f"b{inner['id']}", "created_at": at, "visibility": "public", "content": "", "reblog": inner}


class FakeServer:
    """`statuses` by id is what it has; `answers` overrides a path's answer; `requests` is what was asked.

    `accounts` are its people by name with what each wrote and boosted; a `deaf` one sends nothing down its streams.
    `refusals` are the answers to single statuses by id, `below` what is said below them, `reblogged_by` who boosted them.
    """

    def __init__(self, statuses=()):
        self.statuses = {one["id"]: one for one in statuses}
        self.raw = []
        self.answers = {}
        self.requests = []
        self.headers = {}
        self.sockets = []
        self.streams = asyncio.Event()
        self.batches = True
        self.strangers_see_own_only = False
        self.deaf = False
        self.accounts = {}
        self.refusals = {}
        self.no_streams = False
        self.below = {}
        self.reblogged_by = {}
        self.app = Starlette(
            routes=[
                Route("/api/v1/timelines/tag/{tag}", self.timeline),
                Route("/api/v1/statuses", self.some),
                Route("/api/v1/statuses/{id}", self.one),
                Route("/api/v1/statuses/{id}/context", self.context),
                Route("/api/v1/statuses/{id}/reblogged_by", self.boosters),
                Route("/api/{version}/instance", self.instance),
                Route("/api/v1/accounts/lookup", self.lookup),
                Route("/api/v1/accounts/{id}/statuses", self.boosts),
                WebSocketRoute("/api/v1/streaming", self.stream),
            ]
        )

    async def timeline(self, request):
        self.requests.append(str(request.url.path) + "?" + str(request.url.query))
        if override := self.answers.get("timeline"):
            return override
        if self.strangers_see_own_only and "local" not in request.query_params:
            return JSONResponse({"error": "This method requires an authenticated user"}, status_code=401)
        older_than = request.query_params.get("max_id")
        newest = sorted(self.statuses.values(), key=lambda one: one["id"], reverse=True)
        page = [one for one in newest if older_than is None or one["id"] < older_than][:PAGE]
        return JSONResponse(self.raw + page, headers=self.headers)

    async def some(self, request):
        self.requests.append(str(request.url.path) + "?" + str(request.url.query))
        if override := self.answers.get("several"):
            return override
        if not self.batches:
            return HTMLResponse("<h1>404 Not Found</h1>", status_code=404)
        return JSONResponse(
            [self.statuses[one] for one in request.query_params.getlist("id[]") if one in self.statuses]
        )

    async def one(self, request):
        self.requests.append(request.url.path)
        if override := self.answers.get("single"):
            return override
        if refusal := self.refusals.get(request.path_params["id"]):
            return JSONResponse({"error": "no"}, status_code=refusal)
        found = self.statuses.get(request.path_params["id"])
        return JSONResponse(found) if found else JSONResponse({"error": "Record not found"}, status_code=404)

    async def context(self, request):
        self.requests.append(request.url.path)
        found = self.below.get(request.path_params["id"])
        return JSONResponse(
            {"ancestors": [], "descendants": found} if found else {"error": "no"}, 200 if found else 401
        )

    async def boosters(self, request):
        self.requests.append(request.url.path)
        found = self.reblogged_by.get(request.path_params["id"], [])
        return self.answers.get("boosters") or JSONResponse(found[: int(request.query_params["limit"])])

    async def lookup(self, request):
        name = request.query_params["acct"]
        self.requests.append(f"lookup {name}")
        if override := self.answers.get("lookup"):
            return override
        if name not in self.accounts:
            return JSONResponse({"error": "Record not found"}, status_code=404)
        return JSONResponse({"id": f"id-{name}", "acct": name})

    async def boosts(self, request):
        self.requests.append(str(request.url.path))
        return JSONResponse(self.accounts[request.path_params["id"].removeprefix("id-")])

    async def instance(self, request):
        return self.answers.get("instance") or HTMLResponse("<h1>404 Not Found</h1>", status_code=404)

    async def stream(self, socket):
        if self.no_streams:
            await socket.send_denial_response(JSONResponse({"error": "Not found"}, status_code=404))
            return
        if socket.headers.get("authorization") != f"Bearer {TOKEN}":
            await socket.close()
            return
        await socket.accept()
        self.sockets.append(socket)
        self.requests.append(f"stream {socket.query_params['stream']} {socket.query_params['tag']}")
        self.streams.set()
        try:
            while True:
                self.requests.append(await socket.receive_text())
        except WebSocketDisconnect:
            self.sockets.remove(socket)

    async def send(self, event, payload):
        """Send an event down every live stream, as the server does: JSON inside JSON."""
        content = payload if isinstance(payload, str) else json.dumps(payload)
        await self.send_text(
            json.dumps({"stream": ["hashtag", "pyconde"], "event": event, "payload": content}) + "\n"
        )

    async def send_text(self, text):
        await asyncio.wait_for(self.streams.wait(), 10)
        for socket in list(self.sockets) if not self.deaf else ():
            await socket.send_text(text)

    async def drop(self):
        self.streams.clear()
        for socket in list(self.sockets):
            await socket.close(1011)


@asynccontextmanager
async def fediverse(*statuses):
    """Run such a server; its `address` is what the organiser would type."""
    server = FakeServer(statuses)
    async with serving(server.app) as host:
        server.host, server.address = host, f"http://{host}"
        yield server
