import re

import pytest
from starlette.routing import Route
from websockets.exceptions import InvalidStatus

from tests.web.site import HERE, Site, next_frame
from wall.core.source import SourceSettings
from wall.web.pages import static
from wall.web.security import CONTENT_SECURITY_POLICY, HEADERS, hostname

FOREIGN_ORIGINS = [
    "http://evil.example",
    "null",
    "{origin}.evil.example",
    "http://127.0.0.1@evil.example",
    "{scheme_changed}",
    "{origin}1",
    "HTTP://127.0.0.1",
    "{origin}/",
    "http://localhost",
    "file://",
    "",
]
FOREIGN_HOSTS = [
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "user@127.0.0.1",
    "127.0.0.1/../evil",
    "127.0.0.1:80:80",
    "127.0.0.1:nonsense",
    "127.0.0.1?x",
    "127.0.0.1#x",
    "[::1",
    "2130706433.",
    "",
]
OWN_HOSTS = ["127.0.0.1", "127.0.0.1:8000", "localhost:8000", "LOCALHOST", "[::1]:8000", "wall.local", "192.0.2.7"]


def foreign(origin, base):
    return origin.format(origin=base, scheme_changed=base.replace("http:", "https:"))


# Where a request comes from


@pytest.mark.parametrize("origin", FOREIGN_ORIGINS)
async def test_no_page_of_another_site_can_change_anything(site, event, mia, origin):
    browser = await site.browser_of(mia)
    del browser.headers["sec-fetch-site"]

    answer = await browser.post(
        f"/{event.slug}/moderate/mode",
        json={"mode": "trusted go through"},
        headers={"origin": foreign(origin, HERE)},
    )

    assert answer.status_code == 403
    assert (await site.store.events.get(event.slug)).mode == "everything waits"


@pytest.mark.parametrize("origin", [one for one in FOREIGN_ORIGINS if one])
async def test_no_page_of_another_site_can_open_a_stream(served, event, mia, origin):
    browser = await served.browser_of(mia)

    with pytest.raises(InvalidStatus) as refused:
        async with served.stream(
            f"/{event.slug}/moderate/stream", browser=browser, origin=foreign(origin, served.base)
        ):
            pass

    assert refused.value.response.status_code == 403


async def test_a_stream_with_cookies_and_no_origin_is_refused(served, event, mia):
    browser = await served.browser_of(mia)

    with pytest.raises(InvalidStatus):
        async with served.stream(f"/{event.slug}/moderate/stream", browser=browser, origin=None):
            pass


@pytest.mark.parametrize("relation", ["same-site", "cross-site", "none", "nonsense"])
async def test_a_browser_that_says_the_request_is_not_from_here_is_believed(site, event, mia, relation):
    browser = await site.browser_of(mia)

    answer = await browser.post(
        f"/{event.slug}/moderate/mode",
        json={"mode": "trusted go through"},
        headers={"origin": HERE, "sec-fetch-site": relation},
    )

    assert answer.status_code == 403


@pytest.mark.parametrize(
    "headers",
    [{"origin": HERE}, {"sec-fetch-site": "same-origin"}, {"origin": HERE, "sec-fetch-site": "same-origin"}],
)
async def test_our_own_pages_can_change_things(site, event, mia, headers):
    browser = await site.browser_of(mia)
    del browser.headers["sec-fetch-site"]

    answer = await browser.post(
        f"/{event.slug}/moderate/mode", json={"mode": "trusted go through"}, headers=headers
    )

    assert answer.status_code == 200


async def test_a_program_without_cookies_needs_no_origin(site, event):
    program = site.browser()
    del program.headers["sec-fetch-site"]

    answer = await program.post(f"/{event.slug}/posts", content=b"{}")

    assert answer.status_code == 404
    assert "takes no posts by webhook" in answer.text


async def test_cookies_without_an_origin_are_not_enough(site, event, mia):
    browser = await site.browser_of(mia)
    del browser.headers["sec-fetch-site"]

    answer = await browser.post(f"/{event.slug}/moderate/mode", json={"mode": "trusted go through"})

    assert answer.status_code == 403


async def test_a_page_may_be_opened_from_another_site(site, event):
    answer = await site.browser().get(f"/{event.slug}", headers={"sec-fetch-site": "cross-site"})

    assert answer.status_code == 200


# Which host is asked for


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
async def test_no_foreign_name_is_served(site, event, host):
    answer = await site.browser().get(f"/{event.slug}", headers={"host": host})

    assert answer.status_code == 421


@pytest.mark.parametrize("host", OWN_HOSTS)
async def test_this_machine_is_served_by_every_name_it_calls_itself(site, event, host):
    answer = await site.browser().get(f"/{event.slug}", headers={"host": host})

    assert answer.status_code == 200


async def test_the_public_name_is_served_and_a_longer_one_is_not(redis_server, tmp_path, event):
    async with Site(tmp_path, redis_server.url, public_url="https://wall.example.org").running() as site:
        browser = site.browser()

        own = await browser.get(f"/{event.slug}", headers={"host": "wall.example.org"})
        longer = await browser.get(f"/{event.slug}", headers={"host": "wall.example.org.evil.example"})

    assert (own.status_code, longer.status_code) == (200, 421)


@pytest.mark.parametrize(
    ("host", "name"),
    [("Wall.Example:8000", "wall.example"), ("[::1]:80", "::1"), ("a@b", None), (":80", None)],
)
def test_a_host_header_is_a_name_and_perhaps_a_port(host, name):
    assert hostname(host) == name


# What every answer carries


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/{slug}/moderate",
        "/healthz",
        "/{slug}/feed",
        "/{slug}/theme.css",
        "static",
        "/static/x/nothing.css",
        "/{slug}/",
        "/{slug}/screen/worker.js",
    ],
)
async def test_every_answer_carries_the_headers(site, event, path):
    path = static("css/base.css") if path == "static" else path.format(slug=event.slug)

    answer = await site.browser().get(path, headers={"accept": "text/html"})

    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize("path", ["/{slug}", "/{slug}?before=9", "/{slug}/post/{post}"])
async def test_the_live_page_alone_may_play_what_is_elsewhere(site, event, approved, path):
    answer = await site.browser().get(path.format(slug=event.slug, post=approved.post.id))

    # What styles it holds within itself: tests/web/test_installing.py
    policy = re.sub(" 'sha256-[^']+'", "", answer.headers["content-security-policy"])
    assert policy == HEADERS["content-security-policy"] + "; media-src https:"
    others = {name: answer.headers.get(name) for name in HEADERS if name != "content-security-policy"}
    assert others.items() < HEADERS.items()


async def test_a_refused_request_carries_the_headers(site, event):
    answer = await site.browser().get("/", headers={"host": "evil.example"})

    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
async def test_an_unexpected_error_carries_the_headers_and_tells_nothing(site, accept):
    async def broken(request):
        raise RuntimeError("secret 4711")

    site.app.router.routes.insert(0, Route("/broken", broken))

    answer = await site.browser(raise_app_exceptions=False).get("/broken", headers={"accept": accept})

    assert answer.status_code == 500
    assert "4711" not in answer.text
    assert "Something went wrong here" in answer.text
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


async def test_over_https_browsers_are_told_to_stay_there(site, event):
    plain = await site.browser().get(f"/{event.slug}")
    secure = await site.browser(base="https://127.0.0.1").get(f"/{event.slug}")

    assert "strict-transport-security" not in plain.headers
    assert secure.headers["strict-transport-security"] == "max-age=31536000"


def test_pages_may_run_and_load_only_what_is_ours():
    directives = dict(one.split(" ", 1) for one in CONTENT_SECURITY_POLICY.split("; "))
    allowed = {
        source for name, sources in directives.items() if name.endswith("-src") for source in sources.split()
    }

    assert allowed == {"'none'", "'self'"}
    assert directives["default-src"] == directives["frame-ancestors"] == directives["base-uri"] == "'none'"
    assert "unsafe" not in CONTENT_SECURITY_POLICY


async def test_pages_are_not_stored_and_assets_are_kept_for_ever(site, event):
    browser = site.browser()

    page = await browser.get(f"/{event.slug}")
    asset = await browser.get(static("css/base.css"))

    assert page.headers["cache-control"] == "no-store"
    assert "immutable" in asset.headers["cache-control"]


# How large a request is


async def test_too_large_a_body_is_refused_by_its_announced_length(site, event):
    answer = await site.browser().post(f"/{event.slug}/posts", content=bytes(400_000))

    assert answer.status_code == 413


async def test_too_large_a_body_is_refused_while_it_comes_in_pieces(served, event):
    await served.store.sources.save(
        event.slug, SourceSettings(id="hook", kind="webhook", options={"secret": "s" * 32})
    )

    async def pieces():
        for _ in range(40):
            yield bytes(10_000)

    async with served.client() as client:
        answer = await client.post(f"/{event.slug}/posts", content=pieces())

    assert answer.status_code == 413
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


async def test_a_stranger_on_the_network_cannot_reach_the_desk_over_plain_http(redis_server, tmp_path, event, mia):
    async with Site(tmp_path, redis_server.url).running() as site:
        away = await site.browser_of(mia, address="203.0.113.5")
        answer = await away.get(f"/{event.slug}/moderate")

    assert answer.status_code == 403
    assert "https" in answer.text


async def test_a_trusted_network_may_be_allowed_in_over_plain_http(redis_server, tmp_path, event, mia):
    async with Site(tmp_path, redis_server.url, insecure_lan=True).running() as site:
        away = await site.browser_of(mia, address="203.0.113.5")
        answer = await away.get(f"/{event.slug}/moderate")

    assert answer.status_code == 200


async def test_a_public_stream_is_open_to_a_program_without_cookies(served, event):
    async with served.stream(f"/{event.slug}/stream", origin=None) as stream:
        assert await next_frame(stream, "hello")
