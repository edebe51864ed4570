from contextlib import AsyncExitStack

from starlette.responses import HTMLResponse

from tests.sources.peers import ALT, PICTURE
from tests.sources.xserver import TOKEN, id_at, post, problem, x_server
from wall.sources.x.source import X


class XPeer:
    """A search that finds two posts, one of them with a picture, and one that nobody wrote."""

    def __init__(self, world, folder):
        self.world = world

    async def __aenter__(self):
        link = {
            "url": "https://t.co/pic",
            "expanded_url": "https://x.com/mia/status/1/photo/1",
            "media_key": "3_1",
        }
        picture = post(
            90, "Hi #PyConDE https://t.co/pic", attachments={"media_keys": ["3_1"]}, entities={"urls": [link]}
        )
        self.stack = AsyncExitStack()
        self.server = await self.stack.enter_async_context(
            x_server(post(120), picture, post(100, "Broken", author_id="43"))
        )
        self.server.media = [{"media_key": "3_1", "type": "photo", "url": PICTURE, "alt_text": ALT}]
        return self

    async def __aexit__(self, *raised):
        await self.stack.aclose()

    def make(self):
        class FastX(X):
            api = self.server.address
            poll_seconds = (0.02, 0.03)
            look_seconds = 0.0

        return FastX(self.world(token=TOKEN, most="1000", known=[f"x:{id_at(120)}"]))

    def asked(self):
        return len(self.server.requests)

    def refuse(self):
        self.server.answer = problem(403, "client-forbidden")

    def add(self, text):
        self.server.found.append(post(10, text))

    def edit(self, text):
        versions = [id_at(120), id_at(20)]
        self.server.found.append(post(20, text, edit_history_tweet_ids=versions))

    def delete(self):
        self.server.gone.append(id_at(120))

    def limit(self, seconds):
        self.server.answer = problem(429, "about:blank", **{"x-rate-limit-reset": str(seconds)})

    def shut(self):
        self.server.answer = HTMLResponse("<h1>We are back soon</h1>")
