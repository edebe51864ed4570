"""What the document says is so: schemathesis draws requests from it, and holds the answers against it."""

import asyncio
import json
import threading
from concurrent.futures import Future
from contextlib import suppress
from datetime import UTC, datetime

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import checks

from tests.cast import a_post
from tests.web.site import Site
from wall.core.event import Event
from wall.core.moderation import Verdict
from wall.core.signing import headers as signed
from wall.core.source import SourceSettings
from wall.sources.webhook import new_secret
from wall.store.keys import EVENT_SLUGS
from wall.store.submission import Submission
from wall.web.openapi.document import document

SLUG = "api-conformance"
EXAMPLES = 12
SECRET = new_secret()
HELD = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]

schema = schemathesis.openapi.from_dict(json.loads(json.dumps(document(), default=str)))


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


@pytest.fixture(scope="module")
def running(redis_server, tmp_path_factory):
    running = Running(tmp_path_factory.mktemp("api"), redis_server.url)
    yield running
    running.stop()


@pytest.fixture
def session():
    with requests.Session() as session:
        session.trust_env = False
        yield session


@pytest.fixture
def ask(running, session):
    """Ask for one operation as a program does, and hold the answer against the document."""

    def ask(path, method, *, headers=None, **given):
        case = schema[path][method].Case(path_parameters={"slug": SLUG}, **given)
        bearing = {"authorization": f"Bearer {running.token}", **(headers or {})}
        return case.call_and_validate(base_url=running.base, session=session, headers=bearing, checks=HELD)

    return ask


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_answers_are_as_the_document_says(case, running):
    case.path_parameters["slug"] = SLUG
    with requests.Session() as session:
        session.trust_env = False
        case.call_and_validate(
            base_url=running.base,
            session=session,
            headers={"authorization": f"Bearer {running.token}"},
            checks=HELD,
        )


def test_a_program_reads_decides_and_follows_as_the_document_says(ask):
    snapshot = ask("/{slug}/feed", "GET").json()
    queued = ask("/{slug}/moderate/queue", "GET", query={"limit": 1}).json()["posts"][0]
    decision = {"id": "decision1", "post": queued["id"], "kind": "approve"} | {
        name: queued[name] for name in ("version", "hash")
    }
    decide = "/{slug}/moderate/decisions"
    taken = ask(decide, "POST", body=decision, media_type="application/json")
    late = ask(decide, "POST", body=decision | {"id": "decision2"}, media_type="application/json")
    many = {"decisions": [decision, decision | {"id": "decision3", "kind": "remove"}]}
    both = ask(f"{decide}/many", "POST", body=many, media_type="application/json").json()["answers"]
    gone = ask("/{slug}/feed", "GET", query={"cursor": "Other:1"})

    assert len(snapshot["posts"]) == 1
    assert (taken.status_code, taken.json()["status"]) == (200, "approved")
    assert (late.status_code, late.json()["error"]["by"]) == (409, "Fuzz (key)")
    assert [one["status"] for one in both] == [200, 409]
    assert gone.status_code == 410
    assert '"approve"' in ask("/organise/{slug}/audit.jsonl", "GET").text
    figures = ask("/organise/{slug}/figures.json", "GET", query={"network": "bluesky"}).json()
    assert (figures["scope"], figures["posts"]) == ({"network": "bluesky"}, 0)
    assert ask("/organise/{slug}/programs/webhooks", "GET").json() == {"webhooks": []}


def test_a_post_is_sent_in_as_the_document_says(ask):
    body = {"external_id": "42", "text": "Hello from afar", "author": {"name": "Ana"}}
    seconds = int(datetime(2026, 6, 12, 9, 30, tzinfo=UTC).timestamp())
    headers = signed([SECRET], "one", seconds, json.dumps(body).encode())

    answer = ask("/{slug}/posts", "POST", body=body, media_type="application/json", headers=headers)

    assert answer.status_code == 202
    assert len(answer.json()["ids"]) == 1
