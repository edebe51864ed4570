"""Who registered a webhook: keeps what it was sent, and answers as it is told to."""

import asyncio
import json

import httpx2

from wall.sources.fetch import Fetch
from wall.sources.webhook import verify


class Receiver:
    """A receiver without a socket. `answers` are given one after the other, then 204; `hold` keeps it from answering."""

    def __init__(self, clock):
        self.clock = clock
        self.requests = []
        self.answers = []
        self.hold = None
        self.got = asyncio.Event()

    async def __call__(self, request):
        self.requests.append(request)
        self.got.set()
        if self.hold:
            await self.hold.wait()
        return self.answers.pop(0) if self.answers else httpx2.Response(204)

    def fetch(self):
        return Fetch(user_agent="test", transport=httpx2.MockTransport(self))

    @property
    def ids(self):
        return [request.headers["webhook-id"] for request in self.requests]

    @property
    def messages(self):
        return [json.loads(request.content) for request in self.requests]

    @property
    def told(self):
        """Return what it was told, as pairs of type and post."""
        return [(one["type"], one["data"].get("id")) for one in self.messages]

    def verified(self, secret, number=-1):
        """Return the id of a message, verified as we verify what we are sent."""
        request = self.requests[number]
        return verify(request.headers, request.content, [secret], self.clock())


def refusal(status, **headers):
    return httpx2.Response(status, headers={name.replace("_", "-"): value for name, value in headers.items()})
