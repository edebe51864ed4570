import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.cast import NOW
from wall.core.tickets import check_ticket
from wall.web import screen as screens


@pytest.fixture
async def opened(store, event):
    """A screen, and the token of its link."""
    return await store.screens.open(event.slug, "Main hall", now=NOW)


async def test_a_screens_link_is_exchanged_for_a_cookie_that_scripts_cannot_read(site, store, event, opened):
    browser = site.browser()

    answer = await browser.post(f"/{event.slug}/screen/open", data={"token": opened[1]})
    page = await browser.get(answer.json()["url"])

    cookie = answer.headers["set-cookie"].lower()
    assert page.status_code == 200
    assert page.headers["wall-page"] == "screen"
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert opened[1] not in page.text
    assert (await store.screens.all(event.slug))[0].seen_at == site.time


async def test_over_https_the_cookie_is_bound_to_the_host(site, event, opened):
    browser = site.browser(base="https://127.0.0.1")

    answer = await browser.post(f"/{event.slug}/screen/open", data={"token": opened[1]})

    assert answer.headers["set-cookie"].startswith(f"__Host-screen-{event.slug}=")
    assert "secure" in answer.headers["set-cookie"].lower()
    assert (await browser.get(f"/{event.slug}/screen")).status_code == 200


@pytest.mark.parametrize("token", ["", "wrong", "ü" * 50, "x" * 5000])
async def test_a_token_that_is_none_opens_nothing(site, event, token):
    answer = await site.browser().post(f"/{event.slug}/screen/open", data={"token": token})

    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


async def test_a_screen_without_its_whole_link_is_told_so(site, event):
    answer = await site.browser().post(f"/{event.slug}/screen/open", data={})

    assert answer.status_code == 422
    assert "whole link" in answer.text


async def test_the_link_of_one_event_opens_no_other(site, other_event, opened):
    answer = await site.browser().post(f"/{other_event.slug}/screen/open", data={"token": opened[1]})

    assert answer.status_code == 403


async def test_a_screen_whose_token_was_taken_back_shows_nothing_and_drops_what_it_kept(
    site, store, event, approved
):
    browser, screen = await site.browser_of_screen(event.slug)
    assert approved.post.id in (await browser.get(f"/{event.slug}/screen")).text

    await store.screens.revoke(event.slug, screen.id)
    answer = await browser.get(f"/{event.slug}/screen")

    assert answer.status_code == 403
    assert answer.headers["wall-page"] == "gone"
    assert approved.post.id not in answer.text
    assert await store.screens.all(event.slug) == []


async def test_staff_may_look_from_a_browser_that_once_was_a_screen(site, store, event, mia):
    browser, screen = await site.browser_of_screen(event.slug)
    await store.screens.revoke(event.slug, screen.id)
    browser.cookies.set("session", await site.secret_of(mia))

    assert (await browser.get(f"/{event.slug}/screen")).status_code == 200


async def test_a_screen_shows_what_is_approved_and_nothing_that_waits(site, event, waiting):
    browser, _ = await site.browser_of_screen(event.slug)

    page = await browser.get(f"/{event.slug}/screen")

    assert waiting.post.id not in page.text
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("theme", ["dark", "light", "nonsense", '"><script>'])
async def test_a_screens_theme_is_one_of_ours(site, event, theme):
    browser, _ = await site.browser_of_screen(event.slug)

    page = await browser.get(f"/{event.slug}/screen", params={"theme": theme})

    assert re.search(r'data-theme="(\w+)"', page.text)[1] in ("dark", "light")
    assert "><script>" not in page.text


async def test_the_code_of_a_screen_leads_to_the_form_with_a_ticket_that_is_good_now(
    site, monkeypatch, store, event
):
    drawn = []
    monkeypatch.setattr(screens, "qr_svg", lambda address: drawn.append(address) or b"<svg/>")
    browser, _ = await site.browser_of_screen(event.slug)

    await browser.get(f"/{event.slug}/screen/join.svg")

    address = urlsplit(drawn[0])
    (ticket,) = parse_qs(address.query)["k"]
    assert address.path == f"/{event.slug}/join"
    assert check_ticket(await store.screens.secret(event.slug), event.slug, ticket, now=site.time)


async def test_the_code_of_a_screen_is_a_picture_that_no_cache_keeps(site, event):
    browser, _ = await site.browser_of_screen(event.slug)

    answer = await browser.get(f"/{event.slug}/screen/join.svg")

    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content.lstrip().startswith(b"<svg")


async def test_the_worker_of_a_screen_may_keep_this_events_screen_only(site, event):
    answer = await site.browser().get(f"/{event.slug}/screen/worker.js")

    assert answer.headers["service-worker-allowed"] == f"/{event.slug}/screen"
    assert answer.headers["content-type"].startswith("text/javascript")


async def test_a_page_that_is_no_screen_is_not_marked_as_one(site, event):
    answer = await site.browser().get(f"/{event.slug}")

    assert "wall-page" not in answer.headers


async def test_an_error_for_programs_has_one_shape(site, event):
    answer = await site.browser().get(f"/{event.slug}/screen", headers={"accept": "application/json"})

    assert json.loads(answer.text).keys() == {"error"}
    assert answer.json()["error"].keys() == {"code", "message"}
