from contextlib import AsyncExitStack

from starlette.responses import HTMLResponse, JSONResponse

from tests.sources.fediverse import account, fediverse, status
from tests.sources.peers import ALT, PACE, PICTURE
from wall.sources.mastodon.source import Mastodon


class FastMastodon(Mastodon):
    poll_seconds = sweep_seconds = (0.02, 0.03)
    longest_wait_seconds = 0.1
    asking = PACE


class MastodonPeer:
    """A server with the tag's timeline."""

    asks = True

    def __init__(self, world, folder):
        self.world = world

    async def __aenter__(self):
        picture = {"type": "image", "url": PICTURE, "description": ALT}
        private = status(3, visibility="private")
        self.stack = AsyncExitStack()
        self.server = await self.stack.enter_async_context(
            fediverse(status(1), status(2, "<b>Hi</b>", media_attachments=[picture]), private)
        )
        self.server.raw = [{"id": "broken"}]
        return self

    async def __aexit__(self, *raised):
        await self.stack.aclose()

    def make(self, **more):
        known = ["ap:https://home.example/users/mia/statuses/1"]
        return FastMastodon(self.world(servers=self.server.address, known=known, **more))

    def asked(self):
        return len(self.server.requests)

    def refuse(self):
        self.server.answers["timeline"] = JSONResponse({"error": "forbidden"}, status_code=403)

    def add(self, text):
        self.server.statuses["000009"] = status(9, text)

    def edit(self, text):
        self.server.statuses["000001"] |= {"content": f"<p>{text}</p>", "edited_at": "2026-11-22T09:59:30.000Z"}

    def reply(self, text):
        self.server.below["000001"] = [status(8, text, in_reply_to_id="000001", tags=[])]

    def amplify(self):
        hidden, nobody = account("troll", limited=True), {"id": "7"}
        self.server.statuses["000001"]["reblogs_count"] = 2
        self.server.reblogged_by["000001"] = [account("zed"), hidden, nobody, account("Ada@far.example")]
        return {f"acct:zed@{self.server.host}", "acct:ada@far.example"}

    def delete(self):
        del self.server.statuses["000001"]

    def limit(self, seconds):
        headers = {"retry-after": str(seconds)}
        self.server.answers["timeline"] = JSONResponse({"error": "slow down"}, status_code=429, headers=headers)

    def shut(self):
        self.server.answers["timeline"] = HTMLResponse("<h1>We are back soon</h1>")
