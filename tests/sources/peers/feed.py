from contextlib import AsyncExitStack

from tests.sources.feeds import entry, feed_server, rss
from tests.sources.peers import ALT, PICTURE
from wall.sources.feed.source import Feed


class FastFeed(Feed):
    poll_seconds = (0.02, 0.03)


class FeedPeer:
    """A blog with a feed, one of whose entries is empty."""

    def __init__(self, world, folder):
        self.world = world

    async def __aenter__(self):
        described = f"<media:description>{ALT}</media:description>"
        picture = f'<media:content url="{PICTURE}" medium="image">{described}</media:content>'
        self.entries = [entry(1), entry(2, "<b>Hi</b> #PyConDE", picture), entry(3, "")]
        self.stack = AsyncExitStack()
        self.server = await self.stack.enter_async_context(feed_server(rss(*self.entries)))
        self.server.etag = None
        return self

    async def __aexit__(self, *raised):
        await self.stack.aclose()

    def make(self):
        return FastFeed(self.world(address=self.server.address))

    def asked(self):
        return len(self.server.requests)

    def refuse(self):
        self.server.status = 403

    def add(self, text):
        self.entries.insert(0, entry(9, text))
        self.server.body = rss(*self.entries)

    def edit(self, text):
        self.entries[0] = entry(1, text)
        self.server.body = rss(*self.entries)

    def limit(self, seconds):
        self.server.status, self.server.headers = 429, {"retry-after": str(seconds)}

    def shut(self):
        self.server.body, self.server.type = b"<!doctype html><h1>We are back soon</h1>", "text/html"
