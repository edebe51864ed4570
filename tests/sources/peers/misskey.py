from contextlib import AsyncExitStack

from starlette.responses import HTMLResponse, JSONResponse

from tests.sources.misskeys import MIA, misskey, note
from tests.sources.peers import ALT, PACE, PICTURE
from wall.sources.misskey.source import Misskey


class FastMisskey(Misskey):
    poll_seconds = sweep_seconds = (0.02, 0.03)
    longest_wait_seconds = 0.1
    asking = PACE


class MisskeyPeer:
    """A server with notes of the tag, one of them for followers and one without an author."""

    asks = True

    def __init__(self, world, folder):
        self.world = world

    async def __aenter__(self):
        picture = {"type": "image/png", "url": PICTURE, "comment": ALT, "isSensitive": False}
        followers, broken = note(3, visibility="followers"), note(4, user={})
        self.stack = AsyncExitStack()
        self.server = await self.stack.enter_async_context(
            misskey(note(1), note(2, "**Hi** #PyConDE", files=[picture]), followers, broken)
        )
        return self

    async def __aexit__(self, *raised):
        await self.stack.aclose()

    def make(self, **more):
        known = [f"ap:{self.server.address}/notes/a000001"]
        return FastMisskey(self.world(servers=self.server.address, known=known, **more))

    def asked(self):
        return len(self.server.asked)

    def refuse(self):
        self.server.answers["tagged"] = JSONResponse({"error": {"code": "ACCESS_DENIED"}}, 403)
        self.server.streams = False

    def add(self, text):
        self.server.notes["a000009"] = note(9, text)

    def edit(self, text):
        self.server.notes["a000001"] = note(1, text, updatedAt="2026-11-22T09:59:30.000Z")

    def reply(self, text):
        quote = note(7, "Look at this", renoteId="a000001", tags=[])
        self.server.below = [note(8, text, replyId="a000001", tags=[]), quote]

    def amplify(self):
        zed, ada = MIA | {"username": "zed"}, MIA | {"username": "Ada", "host": "far.example"}
        self.server.notes["a000001"] = note(1, renoteCount=3)
        self.server.passed_on = [
            note(20, None, renoteId="a000001", user=zed),
            note(21, "So true", renoteId="a000001", user=ada),
            note(22, None, renoteId="a000001", visibility="followers"),
            note(23, None, renoteId="a000001", user={}),
        ]
        return {f"acct:zed@{self.server.host}", "acct:ada@far.example"}

    def delete(self):
        del self.server.notes["a000001"]

    def limit(self, seconds):
        headers = {"retry-after": str(seconds)}
        self.server.answers["tagged"] = JSONResponse({"error": {"code": "RATE_LIMIT_EXCEEDED"}}, 429, headers)

    def shut(self):
        self.server.answers["tagged"] = HTMLResponse("<h1>We are back soon</h1>")
        self.server.streams = False
