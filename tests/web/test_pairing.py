import re

import pytest

from wall.core.audit import Filter
from wall.store.pairings import CODE_SECONDS
from wall.web import pairing

PAIR = {"name": "Main hall", "room": "Hall 1"}


@pytest.fixture(autouse=True)
async def fresh(store):
    """Nobody has asked for a code or typed one lately."""
    for key in ("pairing", "pairing from 127.0.0.1", "pairing from 127.0.0.2"):
        await store.limits.forget(key)


@pytest.fixture
def machine(site):
    return site.browser()


async def code_of(machine, **more):
    return (await machine.post("/screen/code", data={"shown": "", **more})).json()


async def pair(site, person, event, code, **fields):
    browser = await site.browser_of(person)
    return await browser.post(f"/organise/{event.slug}/screens/pairing", data={**PAIR, "code": code, **fields})


async def test_a_machine_becomes_the_screen_that_the_organiser_names(site, store, event, olga, approved, machine):
    asked = await code_of(machine)

    answer = await pair(site, olga, event, asked["code"].lower())
    told = await machine.post("/screen/code", data={"shown": asked["code"]})

    assert answer.status_code == 303
    assert told.json() == {"url": f"/{event.slug}/screen"}
    (screen,) = await store.screens.all(event.slug)
    assert (screen.name, screen.room, screen.kind) == ("Main hall", "Hall 1", "screen")
    page = await machine.get(f"/{event.slug}/screen")
    assert approved.post.id in page.text
    assert f"screen-{event.slug}" in machine.cookies
    assert pairing.COOKIE not in machine.cookies


async def test_the_log_names_the_screen_and_who_paired_it(site, store, event, olga, machine):
    await pair(site, olga, event, (await code_of(machine))["code"])

    ((entry, *_), _) = await store.audit.page(event.slug, Filter(), limit=1)
    assert (entry.kind, entry.by_name, entry.about) == ("screen opened", "Olga", "Main hall, in Hall 1")


async def test_no_answer_holds_the_token(site, store, event, olga, machine):
    asked = await machine.post("/screen/code", data={"shown": ""})
    secret = machine.cookies[pairing.COOKIE]

    answer = await pair(site, olga, event, asked.json()["code"])
    told = await machine.post("/screen/code", data={"shown": ""})
    page = await machine.get(f"/{event.slug}/screen")

    assert all(secret not in one.text for one in (asked, answer, told, page))
    assert all(secret not in str(one.url) for one in (asked, answer, told, page))
    assert "httponly" in asked.headers["set-cookie"].lower()


async def test_a_code_works_once(site, event, olga, machine, store):
    code = (await code_of(machine))["code"]

    await pair(site, olga, event, code)
    again = await pair(site, olga, event, code)

    assert again.status_code == 422
    assert "No machine shows this code" in again.text
    assert len(await store.screens.all(event.slug)) == 1


async def test_another_machine_gains_nothing_from_the_code(site, event, olga, machine):
    code = (await code_of(machine))["code"]
    other = site.browser()
    await code_of(other)

    await pair(site, olga, event, code)

    assert "url" not in await code_of(other)
    assert "url" in await code_of(machine)


async def test_the_code_stays_while_it_holds_and_is_drawn_once(machine):
    first = await code_of(machine)
    second = await code_of(machine, shown=first["code"])

    assert second["code"] == first["code"]
    assert "qr" not in second
    assert first["qr"].startswith("<svg")
    assert first["seconds"] <= CODE_SECONDS


async def test_a_code_that_is_nearly_over_is_replaced_and_holds_until_it_is(
    site, event, olga, machine, store, monkeypatch
):
    first = await code_of(machine)
    monkeypatch.setattr(pairing, "RENEW_SECONDS", CODE_SECONDS + 1)

    second = await code_of(machine)
    await pair(site, olga, event, first["code"])

    assert second["code"] != first["code"]
    assert await code_of(machine) == {"url": f"/{event.slug}/screen"}


async def test_the_code_for_cameras_leads_to_the_form_with_the_code_in_it(site, event, olga, machine, monkeypatch):
    drawn = []
    monkeypatch.setattr(pairing, "qr_svg", lambda address: drawn.append(address) or b"<svg/>")
    code = (await code_of(machine))["code"]
    browser = await site.browser_of(olga)

    path = drawn[0].removeprefix(site.base)
    form = await browser.get(path, follow_redirects=True)

    assert form.url.path == f"/organise/{event.slug}/screens/pairing"
    assert f'value="{code}"' in form.text


async def test_who_scans_the_code_and_is_not_signed_in_comes_back_with_it(site):
    answer = await site.browser().get("/screen/pair?code=BCDFGH", headers={"accept": "text/html"})

    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=/screen/pair%3Fcode%3DBCDFGH"


async def test_who_organises_several_events_chooses_one(site, event, other_event, owner):
    browser = await site.browser_of(owner)

    page = await browser.get("/screen/pair?code=BCDFGH")

    assert f"/organise/{event.slug}/screens/pairing?code=BCDFGH" in page.text
    assert f"/organise/{other_event.slug}/screens/pairing?code=BCDFGH" in page.text


@pytest.mark.parametrize("code", ["", "BCDFG", "BCDFG1", "x" * 5000])
async def test_what_is_no_code_is_refused_in_words_and_stays_typed(site, event, olga, code):
    answer = await pair(site, olga, event, code)

    assert answer.status_code == 422
    assert "A code has 6 letters" in answer.text
    assert 'value="Main hall"' in answer.text


async def test_nobody_guesses_more_than_ten_times(site, event, olga, machine, store):
    code = (await code_of(machine))["code"]
    for _ in range(pairing.TRIES):
        await pair(site, olga, event, "ZZZZZZ")

    answer = await pair(site, olga, event, code)

    assert answer.status_code == 422
    assert "Wait five minutes" in answer.text
    assert await store.screens.all(event.slug) == []


async def test_one_address_does_not_get_all_codes(site, monkeypatch):
    monkeypatch.setattr(pairing, "MOST_CODES", 2)
    for _ in range(2):
        assert "code" in await code_of(site.browser())

    refused = await site.browser().post("/screen/code", data={"shown": ""})
    other = await code_of(site.browser(address="127.0.0.2"))

    assert refused.status_code == 422
    assert "Too many machines" in refused.text
    assert "code" in other


async def test_all_addresses_together_do_not_get_more_codes_than_the_odds_are_counted_with(site, monkeypatch):
    monkeypatch.setattr(pairing, "MOST_WAITING", 1)
    await code_of(site.browser())

    answer = await site.browser(address="127.0.0.2").post("/screen/code", data={"shown": ""})

    assert answer.status_code == 422


async def test_another_site_cannot_ask_for_a_machine_s_code(machine):
    answer = await machine.post("/screen/code", data={}, headers={"sec-fetch-site": "cross-site"})

    assert answer.status_code == 403


async def test_a_cookie_that_somebody_made_up_is_replaced(machine):
    machine.cookies.set(pairing.COOKIE, "chosen-by-somebody")

    answer = await machine.post("/screen/code", data={"shown": ""})

    assert re.search(rf"{pairing.COOKIE}=(?!chosen)", answer.headers["set-cookie"])


async def test_a_screen_that_was_taken_back_shows_how_it_is_paired_anew(site, store, event, olga, machine):
    await pair(site, olga, event, (await code_of(machine))["code"])
    await code_of(machine)
    (screen,) = await store.screens.all(event.slug)

    await store.screens.revoke(event.slug, screen.id)
    page = await machine.get(f"/{event.slug}/screen", headers={"accept": "text/html"})

    assert page.status_code == 403
    assert page.headers["wall-page"] == "gone"
    assert f'data-gone="{event.slug}"' in page.text
    assert event.title not in page.text
    assert "code" in await code_of(machine)


async def test_a_machine_that_starts_at_the_pairing_page_is_led_to_the_screen_that_it_is(site, event):
    browser, _ = await site.browser_of_screen(event.slug)

    assert await code_of(browser) == {"url": f"/{event.slug}/screen"}
    assert "code" in await code_of(browser, new="")


async def test_a_machine_does_not_go_on_with_another_event_when_its_screen_was_taken_back(
    site, store, event, other_event
):
    browser, screen = await site.browser_of_screen(event.slug)
    _, token = await store.screens.open(other_event.slug, "Last year", now=site.time)
    browser.cookies.set(f"screen-{other_event.slug}", token)

    await store.screens.revoke(event.slug, screen.id)

    assert "code" in await code_of(browser)


async def test_the_cookie_of_a_screen_is_kept_for_as_long_again_whenever_its_page_is_opened(site, event):
    browser, _ = await site.browser_of_screen(event.slug)
    token = browser.cookies[f"screen-{event.slug}"]

    page = await browser.get(f"/{event.slug}/screen")

    assert f"screen-{event.slug}={token}; HttpOnly; Max-Age=34560000" in page.headers["set-cookie"]


async def test_a_machine_taken_back_before_it_came_in_gets_a_new_code(site, store, event, olga, machine):
    await pair(site, olga, event, (await code_of(machine))["code"])
    (screen,) = await store.screens.all(event.slug)

    await store.screens.revoke(event.slug, screen.id)

    assert "code" in await code_of(machine)
