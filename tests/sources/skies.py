"""A scripted Jetstream, by either wire, and an AppView, over real sockets; and what people write there."""

import json
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route
from websockets.asyncio.server import serve

from tests.sources.world import NOW, serving

MIA, ZED = "did:plc:" + "m" * 24, "did:plc:" + "z" * 24
POSTS = "app.bsky.feed.post"
NOW_US = int(NOW.timestamp()) * 1_000_000


def uri(rkey, did=MIA):
    return f"at://{did}/{POSTS}/{rkey}"


def record(text="Hello #PyConDE", **fields):
    return {"$type": POSTS, "text": text, "createdAt": "2026-11-22T09:58:00.000Z", "langs": ["en"]} | fields


def tag(text, name="PyConDE", **fields):
    """A facet over the first `#name` of a text, counted in bytes as the network does."""
    start = text.encode().index(f"#{name}".encode())
    return {
        "index": {"byteStart": start, "byteEnd": start + len(f"#{name}".encode())},
        "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": name}],
    }


def commit(
    rkey="one",
    content=None,
    *,
    did=MIA,
    operation="create",
    cid=None,
    time=NOW_US - 60_000_000,
    rev="3n2u6rxqtls2g",
):
    """What happened to a post, whichever wire tells of it."""
    change = {"rev": rev, "operation": operation, "collection": POSTS, "rkey": rkey}
    if operation != "delete":
        content = record() if content is None else content
        change |= {"record": content, "cid": cid or f"bafy{abs(hash(json.dumps(content)))}"}
    return {"did": did, "kind": "commit", "time": time, "commit": change}


def account(active, did=MIA, time=NOW_US - 50_000_000):
    status = {} if active else {"status": "deactivated"}
    return {
        "did": did,
        "kind": "account",
        "time": time,
        "account": {"active": active, "did": did, "seq": 1} | status,
    }


def identity(did=MIA, time=NOW_US - 50_000_000):
    return {"did": did, "kind": "identity", "time": time, "identity": {"did": did, "seq": 1}}


def in_v1(event):
    return json.dumps({**event, "time_us": event["time"]} | {"time": None}, ensure_ascii=False)


def in_v2(event, seq):
    at = datetime.fromtimestamp(event["time"] / 1e6, UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    kind = event["kind"]
    inner = event["commit"] if kind == "commit" else {kind: event[kind]}
    payload = {
        "$type": f"network.bsky.jetstream.subscribeEvents#{kind}",
        "did": event["did"],
        "seq": seq,
        "time": at,
    }
    return json.dumps({"$type": "message", "payload": payload | inner}, ensure_ascii=False)


class Jetstream:
    """Sends what is in `events` from a cursor on (dictionaries, or frames as they are), and what it is told to `say`."""

    def __init__(self, *events, wire="v1"):
        self.wire = wire
        self.events = list(events)
        self.requests = []
        self.protocols = []
        self.sockets = set()
        self.answer = None

    @property
    def cursors(self):
        return [int(cursor) if cursor else None for cursor in (asked(path, "cursor") for path in self.requests)]

    def greet(self, socket, request):
        self.requests.append(request.path)
        if self.answer:
            status, text, headers = self.answer
            response = socket.respond(status, text)
            response.headers.update(headers)
            return response
        path = "/subscribe" if self.wire == "v1" else "/xrpc/network.bsky.jetstream.subscribeEvents"
        return None if request.path.startswith(path) else socket.respond(404, "No such thing here.\n")

    async def serve(self, socket):
        self.sockets.add(socket)
        self.protocols.append(socket.subprotocol)
        cursor = self.cursors[-1]
        for seq, event in enumerate(self.events, 1):
            behind = (
                isinstance(event, dict)
                and cursor is not None
                and (seq < cursor if cursor < 10**15 else event["time"] < cursor)
            )
            if not behind:
                await socket.send(self.frame(event, seq))
        await socket.wait_closed()
        self.sockets.discard(socket)

    def frame(self, event, seq):
        if not isinstance(event, dict):
            return event
        return in_v1(event) if self.wire == "v1" else in_v2(event, seq)

    async def say(self, *events):
        """Send events to whoever listens, and to whoever comes from now on."""
        for event in events:
            self.events.append(event)
            for socket in set(self.sockets):
                await socket.send(self.frame(event, len(self.events)))


def chosen(socket, offered):
    return "xrpc.v1.json" if "xrpc.v1.json" in offered else None


def asked(path, name):
    return parse_qs(urlsplit(path).query).get(name, [None])[0]


@asynccontextmanager
async def jetstream(*events, wire="v1"):
    stream = Jetstream(*events, wire=wire)
    async with serve(
        stream.serve, "127.0.0.1", 0, process_request=stream.greet, select_subprotocol=chosen, max_size=None
    ) as server:
        stream.url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield stream


class AppView:
    """Shows `profiles` by account and `posts` by address; `answers` has other answers by method."""

    def __init__(self):
        self.profiles = {did: profile(did, name) for did, name in ((MIA, "Mia"), (ZED, "Zed"))}
        self.posts = {}
        self.found = []
        self.reposters, self.quoters = {}, {}
        self.requests = []
        self.answers = {}
        self.unreadable = set()

    def show(self, rkey, content=None, did=MIA, cid="", labels=(), **view):
        """Have it show a post."""
        self.posts[uri(rkey, did)] = {
            "uri": uri(rkey, did),
            "cid": cid,
            "author": self.profiles.get(did, {}),
            "record": record() if content is None else content,
            "indexedAt": "2026-11-22T09:59:00.000Z",
            "labels": [{"val": label, "src": "did:plc:labeler"} for label in labels],
        } | view
        return self.posts[uri(rkey, did)]

    async def answer(self, request):
        method = request.path_params["method"]
        self.requests.append((method, dict(request.query_params), dict(request.headers)))
        if method in self.answers:
            return self.answers[method]
        if method == "app.bsky.actor.getProfiles":
            dids = request.query_params.getlist("actors")
            if not self.unreadable.isdisjoint(dids):
                return JSONResponse({"error": "InvalidRequest"}, status_code=400)
            return JSONResponse({"profiles": [self.profiles[did] for did in dids if did in self.profiles]})
        if method == "com.atproto.server.createSession":
            self.signed_in = await request.json()
            return JSONResponse({"accessJwt": "jwt", "did": MIA})
        if method == "app.bsky.feed.searchPosts":
            return JSONResponse({"posts": self.found})
        if method == "app.bsky.feed.getPostThread":
            about = request.query_params["uri"]
            return JSONResponse({"thread": {"post": self.posts.get(about), "replies": self.replies(about)}})
        if method == "app.bsky.feed.getRepostedBy":
            return JSONResponse({"repostedBy": self.reposters.get(request.query_params["uri"], [])})
        if method == "app.bsky.feed.getQuotes":
            authors = self.quoters.get(request.query_params["uri"], [])
            return JSONResponse({"posts": [{"uri": uri("quote"), "author": one} for one in authors]})
        uris = request.query_params.getlist("uris")
        return JSONResponse({"posts": [self.posts[one] for one in uris if one in self.posts]})

    def replies(self, uri):
        answers = [
            (one, one["record"].get("reply", {}).get("parent", {}).get("uri")) for one in self.posts.values()
        ]
        return [
            {"$type": "app.bsky.feed.defs#threadViewPost", "post": one} for one, parent in answers if parent == uri
        ]

    def asked(self, method):
        return [query for name, query, _ in self.requests if name.endswith(method)]


def profile(did, name, *labels, **fields):
    return {
        "did": did,
        "handle": f"{name.lower()}.example",
        "displayName": name,
        "avatar": f"https://x.example/{name}.jpeg",
        "followersCount": 7,
        "createdAt": "2024-05-01T10:00:00.000Z",
        "labels": [{"src": did, "val": label} for label in labels],
    } | fields


@asynccontextmanager
async def appview():
    view = AppView()
    async with serving(
        Starlette(routes=[Route("/xrpc/{method}", view.answer, methods=["GET", "POST"])])
    ) as address:
        view.url = f"http://{address}"
        yield view
