"""The API of X over real HTTP: recent search and look-up, as its documents describe them."""

from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from tests.sources.world import NOW, serving
from wall.sources.x.position import EPOCH_MS, TIME_BITS

TOKEN = "AAAAAAAAAAAAAAAA-made-up-for-these-tests"
MIA = {
    "id": "42",
    "name": "Mia",
    "username": "mia",
    "created_at": "2015-03-01T10:00:00.000Z",
    "profile_image_url": "https://pbs.example/mia_normal.jpg",
    "public_metrics": {"followers_count": 12},
}
NOW_MS = int(NOW.timestamp() * 1000)


def id_at(seconds):
    """Return an id of a post written so long before now."""
    return str((NOW_MS - int(seconds * 1000) - EPOCH_MS) << TIME_BITS)


def post(seconds=60, text="Hello #PyConDE", **fields):
    id = fields.pop("id", id_at(seconds))
    return {"id": id, "text": text, "author_id": "42", "lang": "en", "edit_history_tweet_ids": [id], **fields}


def problem(status, kind, **headers):
    body = {"title": "No", "type": f"https://api.twitter.com/2/problems/{kind}", "status": status}
    return JSONResponse(body, status, headers, "application/problem+json")


class XServer:
    """`found` is what there is, `media` their pictures; `read` how many posts were told, each of them paid for.

    `answer` is what it says instead; `requests` are the questions, `gone` the ids that it shows nobody any more.
    """

    def __init__(self, *found):
        self.found = list(found)
        self.users, self.media = [MIA], []
        self.gone, self.requests = [], []
        self.answer = None
        self.read = 0
        self.app = Starlette(
            routes=[Route("/2/tweets/search/recent", self.search), Route("/2/tweets", self.look_up)]
        )

    async def search(self, request):
        asked = dict(request.query_params)
        self.requests.append(asked)
        if refused := self.refused(request):
            return refused
        most, since = int(asked["max_results"]), int(asked.get("since_id", 0))
        if not 10 <= most <= 100:
            return problem(400, "invalid-request")
        newest = sorted(self.found, key=lambda one: int(one["id"]), reverse=True)
        wanted = [one for one in newest if int(one["id"]) > since]
        start = int(asked.get("next_token", 0))
        some, rest = wanted[start : start + most], wanted[start + most :]
        meta = {"result_count": len(some)} | ({"next_token": str(start + most)} if rest else {})
        return self.told(some, meta=meta)

    async def look_up(self, request):
        self.requests.append(dict(request.query_params))
        if refused := self.refused(request):
            return refused
        ids = request.query_params["ids"].split(",")
        errors = [
            {
                "type": "https://api.twitter.com/2/problems/resource-not-found",
                "resource_type": "tweet",
                "parameter": "ids",
                "resource_id": id,
                "value": id,
            }
            for id in ids
            if id in self.gone
        ]
        some = [one for one in self.found if one["id"] in ids and one["id"] not in self.gone]
        return self.told(some, **({"errors": errors} if errors else {}))

    def refused(self, request):
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return problem(401, "about:blank")
        return self.answer

    def told(self, some, **more):
        self.read += len(some)
        data = {"data": some} if some else {}
        return JSONResponse({**data, "includes": {"users": self.users, "media": self.media}, **more})


@asynccontextmanager
async def x_server(*found):
    server = XServer(*found)
    async with serving(server.app) as host:
        server.address = f"http://{host}"
        yield server
