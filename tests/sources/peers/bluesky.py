from contextlib import AsyncExitStack

from starlette.responses import JSONResponse

from tests.sources import skies
from tests.sources.peers import ALT, PACE, PICTURE
from tests.sources.skies import NOW_US, ZED, commit, record, uri
from wall.sources.bluesky.source import Bluesky

ADA, SHY = "did:plc:" + "a" * 24, "did:plc:" + "s" * 24


class FastBluesky(Bluesky):
    gather_seconds = look_seconds = 0.01
    sweep_seconds = (0.02, 0.03)
    longest_wait_seconds = 0.1
    asking = PACE


class BlueskyPeer:
    """A Jetstream that says a post twice and one without text, and the AppView beside it."""

    asks = True

    def __init__(self, world, folder):
        self.world = world

    async def __aenter__(self):
        picture = {"image": {"ref": {"$link": "bafkpicture"}, "mimeType": "image/png"}, "alt": ALT}
        plain = commit("one", cid="bafyone")
        hello = record("Hi #PyConDE", embed={"$type": "app.bsky.embed.images", "images": [picture]})
        pictured = commit("two", hello, did=ZED, cid="bafytwo")
        others = [commit("three", record("Something else")), commit("four", {"text": 7, "tags": ["PyConDE"]})]
        self.stack = AsyncExitStack()
        self.stream = await self.stack.enter_async_context(skies.jetstream(plain, pictured, *others, plain))
        self.appview = await self.stack.enter_async_context(skies.appview())
        self.appview.show("one", cid="bafyone")
        view = {"$type": "app.bsky.embed.images#view", "images": [{"fullsize": PICTURE, "alt": ALT}]}
        self.appview.show("two", hello, did=ZED, cid="bafytwo", embed=view)
        return self

    async def __aexit__(self, *raised):
        await self.stack.aclose()

    def make(self, **more):
        servers = {"jetstreams": self.stream.url, "appview": self.appview.url}
        return FastBluesky(self.world(**servers, known=[uri("one")], **more))

    def asked(self):
        return len(self.stream.requests) + len(self.appview.requests)

    def refuse(self):
        self.stream.answer = (403, "Members only.\n", {})

    async def add(self, text):
        self.appview.show("nine", record(text), cid="bafynine")
        await self.stream.say(commit("nine", record(text), cid="bafynine", time=NOW_US))

    async def edit(self, text):
        self.appview.show("one", record(text), cid="bafyedited")
        await self.stream.say(
            commit("one", record(text), operation="update", cid="bafyedited", time=NOW_US, rev="3n2u6ryetak2g")
        )

    def reply(self, text):
        said = {"reply": {"root": {"uri": uri("one")}, "parent": {"uri": uri("one")}}}
        self.appview.show("eight", record(text, **said), did=ZED, cid="bafyeight")

    def amplify(self):
        shy, ada = skies.profile(SHY, "Shy", "!no-unauthenticated"), skies.profile(ADA, "Ada")
        self.appview.profiles[ADA] = ada
        self.appview.reposters[uri("one")] = [self.appview.profiles[ZED], shy, {"did": "nobody"}]
        self.appview.quoters[uri("one")] = [{"did": ADA, "handle": ada["handle"]}]
        return {ZED, ADA}

    async def delete(self):
        del self.appview.posts[uri("one")]
        await self.stream.say(commit("one", operation="delete", time=NOW_US))

    def limit(self, seconds):
        headers = {"retry-after": str(seconds)}
        self.stream.answer = (429, "Slow down.\n", headers)
        for method in ("app.bsky.actor.getProfiles", "app.bsky.feed.getPosts"):
            self.appview.answers[method] = JSONResponse({"error": "slow"}, status_code=429, headers=headers)

    def shut(self):
        self.stream.answer = (200, "<!doctype html><h1>We are back soon</h1>", {"content-type": "text/html"})
