"""The search of Threads over real HTTP, as its documents describe it."""

from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from tests.sources.world import NOW, serving

TOKEN = "THAA-made-up-for-these-tests"


def thread(number, text="Hello #PyConDE", *, seconds=60, **fields):
    written = NOW - timedelta(seconds=seconds)
    return {
        "id": str(number),
        "text": text,
        "media_type": "TEXT_POST",
        "permalink": f"https://www.threads.com/@mia/post/{number}",
        "timestamp": written.strftime("%Y-%m-%dT%H:%M:%S+0000"),
        "username": "mia",
        **fields,
    }


def refused(status, code, **headers):
    return JSONResponse({"error": {"message": "No.", "type": "OAuthException", "code": code}}, status, headers)


class ThreadServer:
    """`found` is what there is; `answer` is what it says instead; `searches` are the questions."""

    def __init__(self, *found):
        self.found = list(found)
        self.answer = None
        self.searches = []
        self.asked = 0
        self.app = Starlette(routes=[Route("/v1.0/me", self.me), Route("/v1.0/keyword_search", self.search)])

    async def me(self, request):
        self.asked += 1
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return refused(400, 190)
        return self.answer or JSONResponse({"id": "1", "username": "wall"})

    async def search(self, request):
        asked = dict(request.query_params)
        self.asked += 1
        self.searches.append(asked)
        since = int(asked.get("since", 0))
        newest = sorted(self.found, key=lambda one: one["timestamp"], reverse=True)
        found = [one for one in newest if datetime.fromisoformat(one["timestamp"]).timestamp() >= since]
        return self.answer or JSONResponse({"data": found})


@asynccontextmanager
async def thread_server(*found):
    server = ThreadServer(*found)
    async with serving(server.app) as host:
        server.address = f"http://{host}"
        yield server
