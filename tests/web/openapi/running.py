"""The application in a thread of its own, with an event, for programs that ask it without asyncio."""

import asyncio
import threading
from concurrent.futures import Future
from contextlib import suppress
from datetime import UTC, datetime

from schemathesis import checks

from tests.cast import a_post
from tests.web.site import Site
from wall.core.event import Event
from wall.core.moderation import Verdict
from wall.core.source import SourceSettings
from wall.sources.webhook import new_secret
from wall.store.keys import EVENT_SLUGS
from wall.store.submission import Submission

SLUG = "api-conformance"
SECRET = new_secret()
HELD = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]


class Running:
    """The application in a thread of its own, for what asks it without asyncio: where it is, and a key of everything."""

    def __init__(self, folder, redis_url):
        self.folder = folder
        self.redis_url = redis_url
        self.ready = Future()
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()
        self.base, self.token = self.ready.result(timeout=30)

    def run(self):
        try:
            asyncio.run(self.serve())
        except Exception as error:
            with suppress(Exception):
                self.ready.set_exception(error)
            raise

    async def serve(self):
        site = Site(self.folder, self.redis_url)
        async with site.listening():
            token = await prepare(site.store)
            self.ready.set_result((site.base, token))
            await asyncio.to_thread(self.ended.wait)
            await site.store.database.command("SREM", EVENT_SLUGS, SLUG)

    def stop(self):
        self.ended.set()
        self.thread.join(timeout=30)


async def prepare(store):
    """Have an event with a post that waits and one on the wall, a source, and an organiser's key."""
    now = datetime.now(UTC)
    await store.events.create(Event(slug=SLUG, title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",)))
    for status in ("waiting", "approved"):
        await store.posts.submit(SLUG, [Submission(a_post(), Verdict(status=status))], now=now)
    await store.sources.save(SLUG, SourceSettings(id="in", kind="webhook", options={"secret": SECRET}))
    return (await store.api_keys.create(SLUG, "Fuzz", "organiser", by="Olga", now=now))[1]
