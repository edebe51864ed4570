"""Sites of others, each on an origin of its own, whose pages put the wall into a frame."""

import asyncio
from contextlib import asynccontextmanager

POLICY = "default-src 'none'; script-src {wall}; frame-src {wall}; style-src 'unsafe-inline'"
ANSWER = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-security-policy: {policy}\r\nconnection: close\r\n\r\n{page}"


class Site:
    """A site with one page, which may use nothing of others but the wall, as the docs say. `page` is set by the test."""

    def __init__(self, port, wall):
        self.origin = f"http://127.0.0.1:{port}"
        self.policy = POLICY.format(wall=wall)
        self.page = ""

    async def answer(self, reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(ANSWER.format(policy=self.policy, page=self.page).encode())
        await writer.drain()
        writer.close()


@asynccontextmanager
async def a_site(wall):
    """Run a site of somebody else beside a wall."""
    site = Site(0, wall.url)
    server = await asyncio.start_server(site.answer, "127.0.0.1", 0)
    site.origin = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield site
    finally:
        server.close()
        await server.wait_closed()
