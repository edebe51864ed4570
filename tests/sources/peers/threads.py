from contextlib import AsyncExitStack

from starlette.responses import HTMLResponse

from tests.sources.peers import ALT, PICTURE
from tests.sources.threadserver import TOKEN, refused, thread, thread_server
from wall.sources.threads_search.source import Threads


class ThreadsPeer:
    """A search that finds two posts, one of them with a picture, one passed on, and one that nobody wrote."""

    def __init__(self, world, folder):
        self.world = world

    async def __aenter__(self):
        picture = thread(2, "Hi", seconds=50, media_type="IMAGE", media_url=PICTURE, alt_text=ALT)
        self.stack = AsyncExitStack()
        self.server = await self.stack.enter_async_context(
            thread_server(thread(1), picture, thread(3, media_type="REPOST_FACADE"), thread(4, username=None))
        )
        return self

    async def __aexit__(self, *raised):
        await self.stack.aclose()

    def make(self):
        class FastThreads(Threads):
            api = self.server.address
            pace_seconds = 0.02

        return FastThreads(self.world(token=TOKEN, most="1000"))

    def asked(self):
        return self.server.asked

    def refuse(self):
        self.server.answer = refused(403, 10)

    def add(self, text):
        self.server.found.append(thread(9, text, seconds=5))

    def limit(self, seconds):
        self.server.answer = refused(429, 4, **{"retry-after": str(seconds)})

    def shut(self):
        self.server.answer = HTMLResponse("<h1>We are back soon</h1>")
