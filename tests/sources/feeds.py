"""A real HTTP server with one feed, which answers conditional requests as a good server does."""

from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from tests.sources.world import serving

MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/"'


def rss(*entries, title="Blog"):
    return f'<rss version="2.0" {MEDIA}><channel><title>{title}</title>{"".join(entries)}</channel></rss>'.encode()


def entry(number=1, description="Hello #PyConDE", *more):
    return (
        f"<item><guid>https://blog.example/{number}</guid><link>https://blog.example/{number}</link>"
        "<pubDate>Sun, 22 Nov 2026 09:00:00 +0000</pubDate>"
        f"<description><![CDATA[{description}]]></description>{''.join(more)}</item>"
    )


class FeedServer:
    def __init__(self, body):
        self.body, self.type, self.status, self.headers = body, "application/rss+xml", 200, {}
        self.etag = '"1"'
        self.requests = []
        self.app = Starlette(routes=[Route("/feed", self.feed)])

    async def feed(self, request):
        self.requests.append(dict(request.headers))
        if self.status == 200 and self.etag and request.headers.get("if-none-match") == self.etag:
            return Response(status_code=304)
        headers = {"etag": self.etag, **self.headers} if self.etag else self.headers
        return Response(self.body, self.status, headers, self.type)


@asynccontextmanager
async def feed_server(body=b""):
    server = FeedServer(body)
    async with serving(server.app) as host:
        server.host, server.address = host, f"http://{host}/feed"
        yield server
