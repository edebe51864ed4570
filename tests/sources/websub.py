"""A hub over real sockets that does what the W3C's WebSub asks of one, with a feed beside it."""

import asyncio
import hashlib
import hmac
import secrets
from contextlib import asynccontextmanager

import httpx2
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from tests.sources.world import serving

LEASE_SECONDS = 864_000


class Hub:
    """`subscribers` are the addresses that meant it, with their secrets; `refused` those that did not say so.

    `feed` is what its topic holds; `asked` counts how often that was fetched.
    """

    def __init__(self, feed):
        self.feed = feed
        self.asked = 0
        self.subscribers, self.refused, self.forms = {}, [], []
        self.tasks = set()
        self.app = Starlette(
            routes=[Route("/hub", self.subscribe, methods=["POST"]), Route("/feed", self.content)]
        )

    async def content(self, request):
        self.asked += 1
        links = f'<{self.address}/hub>; rel="hub", <{self.address}/feed>; rel="self"'
        return Response(self.feed, headers={"link": links}, media_type="application/rss+xml")

    async def subscribe(self, request):
        async with request.form() as form:
            self.forms.append(dict(form))
        task = asyncio.create_task(self.verify(self.forms[-1]))
        self.tasks.add(task)
        return Response(status_code=202)

    async def verify(self, form):
        """Ask whoever is to be called whether they meant it, by a challenge that they must repeat."""
        challenge = secrets.token_hex(16)
        asked = {
            "hub.mode": form["hub.mode"],
            "hub.topic": form["hub.topic"],
            "hub.challenge": challenge,
            "hub.lease_seconds": str(LEASE_SECONDS),
        }
        async with httpx2.AsyncClient() as client:
            answer = await client.get(form["hub.callback"], params=asked)
        if answer.is_success and answer.text == challenge:
            self.subscribers[form["hub.callback"]] = form["hub.secret"]
        else:
            self.refused.append(form["hub.callback"])

    async def publish(self, *, secret=None):
        """Send the topic to all subscribers, signed; forget those who are gone. Return what they said."""
        said = []
        async with httpx2.AsyncClient() as client:
            for callback, own in list(self.subscribers.items()):
                digest = hmac.new((secret or own).encode(), self.feed, hashlib.sha256).hexdigest()
                headers = {"x-hub-signature": f"sha256={digest}", "content-type": "application/rss+xml"}
                answer = await client.post(callback, content=self.feed, headers=headers)
                said.append(answer.status_code)
                if answer.status_code == 410:
                    del self.subscribers[callback]
        return said


@asynccontextmanager
async def running_hub(feed):
    hub = Hub(feed)
    async with serving(hub.app) as host:
        hub.address = f"http://{host}"
        try:
            yield hub
        finally:
            await asyncio.gather(*hub.tasks, return_exceptions=True)
