import json
from datetime import timedelta

import pytest

from tests.cast import NOW
from tests.sources.test_webhook import signed
from tests.waiting import until
from tests.web.site import Site
from wall.core.moderation import Status
from wall.core.source import SourceSettings
from wall.errors import StoreUnavailable
from wall.sources.webhook import new_secret

SECRET = new_secret()
HELLO = {"external_id": "1", "text": "Hello #PyConEx", "author": {"name": "Ana", "handle": "ana"}}


@pytest.fixture
async def hook(store, event):
    settings = SourceSettings(id="hook", kind="webhook", options={"name": "Bridge", "secret": SECRET})
    await store.sources.save(event.slug, settings)
    return settings


@pytest.fixture
def program(site):
    """A program somewhere else: no cookies, no origin."""
    program = site.browser()
    del program.headers["sec-fetch-site"]
    return program


@pytest.fixture
def send(program, event):
    async def send(payload, **options):
        body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        headers = signed(body, **{"secret": SECRET, "at": NOW, **options})
        return await program.post(f"/{event.slug}/posts", content=body, headers=headers)

    return send


async def count(store, event):
    return sum((await store.posts.counts(event.slug)).values())


# Posts by webhook


async def test_a_signed_post_is_taken_in_and_waits(hook, store, event, send):
    answer = await send(HELLO)

    assert answer.status_code == 202
    standing = await store.posts.get(event.slug, answer.json()["ids"][0])
    assert (standing.status, standing.post.text) == (Status.WAITING, "Hello #PyConEx")
    health = await store.sources.health(event.slug, "hook")
    assert (health.state, health.posts) == ("healthy", 1)


async def test_the_same_delivery_twice_is_one_post_and_the_same_answer(hook, store, event, send):
    first, second = await send(HELLO), await send(HELLO)

    assert first.json() == second.json()
    assert first.status_code == second.status_code == 202
    assert await count(store, event) == 1
    assert (await store.sources.health(event.slug, "hook")).posts == 1


async def test_a_delivery_replayed_after_an_edit_brings_nothing_back(hook, store, event, send):
    first = await send(HELLO, id="msg_1")
    await send(HELLO | {"text": "Better words #PyConEx"}, id="msg_2")

    await send(HELLO, id="msg_1")

    standing = await store.posts.get(event.slug, first.json()["ids"][0])
    assert standing.post.text == "Better words #PyConEx"


async def test_a_delivery_that_could_not_be_kept_is_taken_in_when_it_is_sent_again(
    site, monkeypatch, hook, store, event, send
):
    async def lost(*arguments, **options):
        raise StoreUnavailable("Redis is away.")

    with monkeypatch.context() as away:
        away.setattr(site.services["acceptor"], "accept", lost)
        refused = await send(HELLO)

    taken = await send(HELLO)

    assert (refused.status_code, taken.status_code) == (503, 202)
    assert refused.headers["retry-after"]
    assert await count(store, event) == 1


async def test_a_post_can_be_taken_back_by_its_sender(hook, store, event, send):
    (id,) = (await send(HELLO, id="msg_1")).json()["ids"]

    answer = await send({"op": "delete", "external_id": "1"}, id="msg_2")

    assert answer.status_code == 202
    assert (await store.posts.get(event.slug, id)).status is Status.WITHDRAWN


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"secret": new_secret()}, "signature is wrong"),
        ({"at": NOW - timedelta(minutes=6)}, "older than five minutes"),
        ({"at": NOW + timedelta(minutes=6)}, "from the future"),
        ({"webhook_id": "msg_2"}, "signature is wrong"),
        ({"webhook_signature": ""}, "missing"),
    ],
)
async def test_what_is_not_signed_as_it_should_be_is_refused_in_words(hook, store, event, send, changed, words):
    answer = await send(HELLO, **changed)

    assert answer.status_code == 403
    assert words in answer.json()["error"]["message"]
    assert await count(store, event) == 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"text": "Hello"}',
        b'{"external_id": "1"}',
        b"\xff\xfe",
        b'{"a":' * 5000,
        b'"\\ud800"',
    ],
)
async def test_what_is_signed_and_no_post_is_refused_in_words(hook, store, event, send, body):
    answer = await send(body)

    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "invalid_post"
    assert await count(store, event) == 0


async def test_an_event_without_a_webhook_takes_none(event, send):
    answer = await send(HELLO)

    assert answer.status_code == 404


async def test_a_webhook_of_another_event_signs_nothing_here(hook, store, other_event, program):
    await store.sources.save(
        other_event.slug, SourceSettings(id="x", kind="webhook", options={"secret": new_secret()})
    )
    body = json.dumps(HELLO).encode()

    headers = signed(body, secret=SECRET, at=NOW)
    answer = await program.post(f"/{other_event.slug}/posts", content=body, headers=headers)

    assert answer.status_code == 403


# Health


async def test_a_process_that_runs_is_alive_and_ready(site):
    browser = site.browser()
    await until(lambda: site.services["hub"].caught_up)

    assert (await browser.get("/healthz")).text == "alive\n"
    assert (await browser.get("/readyz")).status_code == 200


async def test_without_redis_a_process_is_alive_and_not_ready(tmp_path):
    async with Site(tmp_path, f"unix://{tmp_path}/nothing.sock").running() as site:
        browser = site.browser()
        alive, ready, page = [await browser.get(path) for path in ("/healthz", "/readyz", "/some-event")]

    assert (alive.status_code, ready.status_code, page.status_code) == (200, 503, 503)
    assert page.headers["retry-after"]
    assert str(tmp_path) not in page.text


async def test_while_the_hub_is_not_caught_up_a_process_is_not_ready(site):
    await until(lambda: site.services["hub"].caught_up)
    site.services["hub"].caught_up = False

    answer = await site.browser().get("/readyz")

    assert answer.status_code == 503
    assert "catching up" in answer.text


async def test_without_redis_staff_are_not_let_in(tmp_path):
    async with Site(tmp_path, f"unix://{tmp_path}/nothing.sock").running() as site:
        answer = await site.browser().get("/any/moderate", headers={"cookie": "session=anything"})

    assert answer.status_code == 503


async def test_callers_are_told_how_they_reached_the_wall_and_nothing_else(site):
    answer = await site.browser(address="192.0.2.7").get(
        "/healthz/reached", headers={"x-forwarded-for": "198.51.100.1"}
    )

    assert answer.json() == {"address": "192.0.2.7", "scheme": "http", "forwarded_for": ["198.51.100.1"]}
    assert answer.headers["cache-control"] == "no-store"
