"""An AppView of one real server: its answers are scripted, what they hold are the records that the server shows."""

from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from tests.sources.pds import PROFILE
from tests.sources.world import serving
from wall.sources.bluesky.wire import POSTS


class AppView:
    def __init__(self, server):
        self.server = server

    async def profiles(self, request):
        found = [await self.profile(did) for did in request.query_params.getlist("actors")]
        return JSONResponse({"profiles": [view for view in found if view]})

    async def posts(self, request):
        found = [await self.post(uri) for uri in request.query_params.getlist("uris")]
        return JSONResponse({"posts": [view for view in found if view]})

    async def profile(self, did):
        account = await self.server.seen("com.atproto.repo.describeRepo", repo=did)
        if account is None:
            return None
        shown = await self.record(did, PROFILE, "self") or {"value": {}}
        profile = shown["value"]
        avatar = {"avatar": self.file(did, profile["avatar"])} if "avatar" in profile else {}
        labels = [{"src": did, **label} for label in profile.get("labels", {"values": []})["values"]]
        named = {"displayName": profile.get("displayName", ""), "description": profile.get("description", "")}
        return {"did": did, "handle": account["handle"], "labels": labels} | named | avatar

    async def post(self, uri):
        did, _, rkey = uri.removeprefix("at://").split("/")
        shown, author = await self.record(did, POSTS, rkey), await self.profile(did)
        if shown is None or author is None:
            return None
        pictures = shown["value"].get("embed", {"images": []})["images"]
        views = [{"fullsize": self.file(did, one["image"]), "alt": one["alt"]} for one in pictures]
        embed = {"embed": {"$type": "app.bsky.embed.images#view", "images": views}} if views else {}
        view = {"uri": uri, "cid": shown["cid"], "author": author, "record": shown["value"], "labels": []}
        return view | {"indexedAt": shown["value"]["createdAt"]} | embed

    async def record(self, did, collection, rkey):
        return await self.server.seen("com.atproto.repo.getRecord", repo=did, collection=collection, rkey=rkey)

    def file(self, did, blob):
        return f"{self.server.address}/xrpc/com.atproto.sync.getBlob?did={did}&cid={blob['ref']['$link']}"


@asynccontextmanager
async def appview(server):
    """Give the address of an AppView of a server."""
    view = AppView(server)
    routes = [
        Route("/xrpc/app.bsky.actor.getProfiles", view.profiles),
        Route("/xrpc/app.bsky.feed.getPosts", view.posts),
    ]
    async with serving(Starlette(routes=routes)) as address:
        yield f"http://{address}"
