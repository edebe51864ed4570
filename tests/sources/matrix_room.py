"""A scripted server of Matrix with one room, which speaks as Synapse does."""

import asyncio
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from tests.sources.world import NOW, serving

ROOM = "!room:home.example"
ALIAS = "#pyconde:home.example"
TOKEN = "syt_secret"
MIA, ZED = "@mia:home.example", "@zed:home.example"
NEWEST = 20
POLL_SECONDS = 0.2


def message(number=1, body="Hello #PyConDE", *, sender=MIA, minutes=0, **content):
    return {
        "type": "m.room.message",
        "event_id": f"${number}",
        "sender": sender,
        "origin_server_ts": int(NOW.timestamp() * 1000) - minutes * 60_000,
        "content": {"msgtype": "m.text", "body": body, **content},
    }


def edit(number, of, body, **fields):
    relation = {"rel_type": "m.replace", "event_id": f"${of}"}
    words = {"msgtype": "m.text", "body": body}
    return message(number, f"* {body}", **{"m.new_content": words, "m.relates_to": relation, **fields})


def redaction(number, of):
    return {**message(number), "type": "m.room.redaction", "redacts": f"${of}", "content": {"redacts": f"${of}"}}


def member(user=MIA, name="Mia", avatar=""):
    content = {"membership": "join", "displayname": name, "avatar_url": avatar}
    return {
        "type": "m.room.member",
        "event_id": f"$member{user}",
        "sender": user,
        "state_key": user,
        "content": content,
    }


class Homeserver:
    """`log` is the room's timeline; `answers` holds an answer in place of the true one, by what is asked."""

    def __init__(self, *log):
        self.log = list(log)
        self.state = [member()]
        self.answers = {}
        self.requests = []
        self.joined = [ROOM]
        self.invited = False
        self.pictures = {}
        self.forgotten = False
        base = "/_matrix/client/v3"
        self.app = Starlette(
            routes=[
                Route(f"{base}/directory/room/{{alias}}", self.only("directory", self.directory)),
                Route(f"{base}/joined_rooms", self.only("joined", self.joined_rooms)),
                Route(f"{base}/join/{{alias}}", self.only("join", self.join), methods=["POST"]),
                Route(f"{base}/rooms/{{room}}/state/m.room.encryption", self.only("encryption", self.missing)),
                Route(f"{base}/rooms/{{room}}/messages", self.only("messages", self.messages)),
                Route(f"{base}/rooms/{{room}}/event/{{event}}", self.only("event", self.event)),
                Route(f"{base}/sync", self.only("sync", self.sync)),
                Route("/_matrix/client/v1/media/download/{name}/{id}", self.only("media", self.media)),
            ]
        )

    def only(self, name, handle):
        async def answer(request):
            self.requests.append((name, dict(request.query_params)))
            if request.headers.get("authorization") != f"Bearer {TOKEN}":
                return JSONResponse({"errcode": "M_UNKNOWN_TOKEN", "error": "Unknown"}, status_code=401)
            return self.answers[name] if name in self.answers else await handle(request)

        return answer

    def asked(self, name):
        return [params for asked, params in self.requests if asked == name]

    async def missing(self, request):
        return JSONResponse({"errcode": "M_NOT_FOUND", "error": "Not found"}, status_code=404)

    async def directory(self, request):
        if request.path_params["alias"] != ALIAS:
            return await self.missing(request)
        return JSONResponse({"room_id": ROOM, "servers": ["home.example"]})

    async def joined_rooms(self, request):
        return JSONResponse({"joined_rooms": self.joined})

    async def join(self, request):
        if not self.invited:
            return JSONResponse({"errcode": "M_FORBIDDEN", "error": "Not invited"}, status_code=403)
        self.joined.append(ROOM)
        return JSONResponse({"room_id": ROOM})

    async def sync(self, request):
        since = request.query_params.get("since")
        if since is not None and (self.forgotten or not since.removeprefix("s").isdecimal()):
            return JSONResponse({"errcode": "M_UNKNOWN_POS", "error": "Unknown position"}, status_code=400)
        begin = int(since.removeprefix("s")) if since else 0
        end = asyncio.get_running_loop().time() + POLL_SECONDS
        while since and len(self.log) <= begin and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(0.01)
        events = self.log[begin:]
        limited = len(events) > NEWEST
        start = len(self.log) - NEWEST if limited else begin
        timeline = {"events": self.log[start:], "limited": limited, "prev_batch": f"s{start}"}
        room = {"timeline": timeline, "state": {"events": self.state}}
        return JSONResponse({"next_batch": f"s{len(self.log)}", "rooms": {"join": {ROOM: room}} if events else {}})

    async def messages(self, request):
        params = request.query_params
        start, end = int(params["from"][1:]), int(params["to"][1:])
        first = max(end, start - 10)
        chunk = list(reversed(self.log[first:start]))
        more = {"end": f"s{first}"} if first > end else {}
        return JSONResponse({"start": params["from"], "chunk": chunk, "state": self.state, **more})

    async def event(self, request):
        found = [raw for raw in self.log if raw.get("event_id") == request.path_params["event"]]
        return JSONResponse(found[0]) if found else await self.missing(request)

    async def media(self, request):
        data = self.pictures.get(request.path_params["id"])
        return Response(data, media_type="image/png") if data else await self.missing(request)


LIMITED = JSONResponse({"errcode": "M_LIMIT_EXCEEDED", "error": "Slow", "retry_after_ms": 29_500}, status_code=429)
PAGE = HTMLResponse("<h1>We are back soon</h1>")


@asynccontextmanager
async def homeserver(*log):
    server = Homeserver(*log)
    async with serving(server.app) as host:
        server.host, server.address = host, f"http://{host}"
        yield server
