"""A web of pages that are not there: every host answers from one table, and what was asked is noted."""

import json
from contextlib import asynccontextmanager

import httpx2

from tests.sources.world import NOW
from wall.sources.fetch import Fetch
from wall.sources.single.base import Sought


class Web:
    def __init__(self):
        self.answers = {}
        self.asked = []

    def page(self, url, html, content_type="text/html; charset=utf-8"):
        body = html if isinstance(html, bytes) else html.encode()
        self.answers[url] = httpx2.Response(200, content=body, headers={"content-type": content_type})

    def json(self, url, value):
        self.page(url, json.dumps(value), "application/json")

    def answer(self, request):
        url = str(request.url).partition("#")[0]
        self.asked.append(url)
        return self.answers.get(url) or httpx2.Response(404)

    @asynccontextmanager
    async def sought(self, address, sources=()):
        """Give what a reader is given for an address."""
        async with Fetch(user_agent="Wall/1", transport=httpx2.MockTransport(self.answer)) as fetch:
            yield Sought(address=address, fetch=fetch, sources=sources, now=NOW)


async def read(reader, web, address, sources=()):
    async with web.sought(address, sources) as sought:
        return await reader(sought)
