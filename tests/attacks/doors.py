"""A program that sends posts with pictures by the signed webhook, as a stranger's bridge does."""

import json

from tests.sources.test_webhook import signed
from wall.core.source import SourceSettings
from wall.sources.webhook import new_secret

SECRET = new_secret()


class Sender:
    """A program without cookies that signs what it sends to one event."""

    def __init__(self, site, event):
        self.site, self.slug = site, event.slug
        self.program = site.browser()
        del self.program.headers["sec-fetch-site"]
        self.sent = 0

    async def open(self):
        settings = SourceSettings(id="hook", kind="webhook", options={"name": "Bridge", "secret": SECRET})
        await self.site.store.sources.save(self.slug, settings)
        return self

    async def send(self, payload, *, id=None, at=None):
        self.sent += 1
        body = json.dumps(payload).encode()
        headers = signed(body, secret=SECRET, at=at or self.site.time, id=id or f"msg_{self.sent}")
        return await self.program.post(f"/{self.slug}/posts", content=body, headers=headers)

    async def post(self, text="Hello #PyConEx", *pictures, external_id=None, **fields):
        """Send a post, and return how it stands."""
        payload = {
            "external_id": external_id or f"post {self.sent}",
            "text": text,
            "author": {"name": "Ana", "handle": "ana"},
            "media": [{"url": url, "alt": "a picture"} for url in pictures],
        }
        answer = await self.send(payload | fields)
        assert answer.status_code == 202, answer.text
        return await self.site.store.posts.get(self.slug, answer.json()["ids"][0])
