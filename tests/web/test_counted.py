import re

import pytest

from tests.cast import NOW, a_decision, a_post
from wall.core.moderation import Verdict
from wall.errors import AlreadyDecided, StoreUnavailable
from wall.logs import Lines
from wall.store.submission import Submission


async def numbers(browser):
    lines = [line for line in (await browser.get("/metrics")).text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


async def test_requests_are_counted_by_kind_act_and_status_and_never_by_address(site, event, waiting, decide):
    browser = site.browser()
    for path in (f"/{event.slug}", f"/{event.slug}/feed", "/no-such-event", "/a/b/c/d/e"):
        await browser.get(path)
    await decide("approve", waiting)

    counted = await numbers(browser)

    assert counted['wall_requests_total{class="audience",act="read",status="2xx"}'] == 1
    assert counted['wall_requests_total{class="audience",act="read",status="4xx"}'] == 1
    assert counted['wall_requests_total{class="feed",act="read",status="2xx"}'] == 1
    assert counted['wall_requests_total{class="none",act="read",status="4xx"}'] == 1
    assert counted['wall_requests_total{class="desk",act="write",status="2xx"}'] == 1
    assert counted['wall_request_seconds_count{class="audience"}'] == 2
    assert not [name for name in counted if event.slug in name or "no-such" in name]


async def test_redis_decisions_waiting_posts_and_the_process_are_counted(site, store, event):
    before = await numbers(site.browser())
    posts = [a_post(text) for text in "ab"]
    await site.store.posts.submit(event.slug, [Submission(post, Verdict()) for post in posts], now=NOW)
    standing = await site.store.posts.get(event.slug, posts[0].id)
    await site.store.posts.decide(event.slug, a_decision("approve", standing), now=NOW)
    with pytest.raises(AlreadyDecided):
        await site.store.posts.decide(event.slug, a_decision("reject", standing, by="ben"), now=NOW)

    after = await numbers(site.browser())

    assert after['wall_decisions_total{kind="approve",outcome="done"}'] == 1
    assert after['wall_decisions_total{kind="reject",outcome="too late"}'] == 1
    assert after["wall_posts_waiting"] == before["wall_posts_waiting"] + 1
    assert after["wall_redis_seconds_count"] > before["wall_redis_seconds_count"]
    assert after["wall_redis_failures_total"] == 0
    assert after["wall_process_memory_bytes"] > 10_000_000


@pytest.mark.parametrize(
    ("given", "taken"), [("proxy-id_1234", True), ("short", False), ("a b c d e f", False), ("x" * 65, False)]
)
async def test_a_request_has_the_id_that_a_proxy_gave_it_or_one_of_ours(site, given, taken):
    answer = await site.browser().get("/healthz", headers={"x-request-id": given})

    assert re.fullmatch(r"[\w-]{8,64}", answer.headers["x-request-id"])
    assert (answer.headers["x-request-id"] == given) is taken


async def test_what_is_logged_of_a_request_bears_its_id_and_no_secret_of_its_address(
    site, event, monkeypatch, caplog
):
    async def away(*_):
        raise StoreUnavailable("Redis is away.")

    monkeypatch.setattr(site.services["store"].events, "get", away)
    lines = Lines("text", part="web")
    told = []
    emit = caplog.handler.emit
    monkeypatch.setattr(caplog.handler, "emit", lambda record: (emit(record), told.append(lines.format(record))))

    secret = "c4n4ry-s3cr3t-0123456789"
    await site.browser().get(f"/{event.slug}/report/{secret}", headers={"x-request-id": "proxy-id_1234"})

    assert secret in caplog.records[-1].getMessage()
    assert told[-1].endswith("/report/[hidden]: Redis is away. [proxy-id_1234]")
