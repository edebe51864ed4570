"""What the document says is so: programs that do what they came for, whose answers are held against it."""

import json
from datetime import UTC, datetime

import pytest
import requests
import schemathesis

from tests.web.openapi.running import HELD, SECRET, SLUG
from wall.core.signing import headers as signed
from wall.web.openapi.document import document

schema = schemathesis.openapi.from_dict(json.loads(json.dumps(document(), default=str)))


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
