"""Staff who sign in at a provider (OpenID Connect), as a real one has it."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.oidc import running_provider, signed_in_there
from tests.web.site import Site
from wall.core.mailbox import Mailbox
from wall.mailing import Mailing


@pytest.fixture(scope="module")
def provider():
    with running_provider() as issuer:
        yield issuer


@pytest.fixture
async def wall(redis_server, tmp_path, provider):
    settings = {"oidc_issuer": provider, "oidc_client": "wall", "oidc_secret": "secret", "private_addresses": True}
    async with Site(tmp_path, redis_server.url, **settings).running() as site:
        site.time = datetime.now(UTC)  # as the provider has it
        yield site


async def begin_to_tie(browser):
    """Press the button on the account page, and return where its link leads."""
    page = await browser.post("/account/elsewhere", data={"do": "tie"})
    assert page.status_code == 200, page.text
    return unescape(re.search(r'href="(http[^"]+/oauth2/authorize[^"]*)"', page.text)[1])


async def tie(browser, who):
    return await browser.get(await signed_in_there(await begin_to_tie(browser), who))


async def sign_in(wall, who):
    browser = wall.browser()
    away = await browser.get("/sign-in/elsewhere")
    answer = await browser.get(await signed_in_there(away.headers["location"], who))
    return browser, answer


async def test_an_invited_person_ties_their_account_and_comes_in_by_it(wall, event, mia):
    answer = await tie(await wall.browser_of(mia), "mia at work")

    browser, entered = await sign_in(wall, "mia at work")

    assert (answer.status_code, answer.headers["location"]) == (303, "/account#elsewhere")
    assert (entered.status_code, entered.headers["location"]) == (303, f"/{event.slug}/moderate")
    assert 'href="/account">Mia</a>' in (await browser.get("/account")).text


async def test_who_was_never_tied_is_nobody_whatever_they_are_called(wall, mia):
    await tie(await wall.browser_of(mia), "subject-7")

    for who in ("Mia", "mia", mia.id, "mia@x.example"):
        browser, answer = await sign_in(wall, who)
        assert answer.status_code == 403
        assert "Nobody on the staff here is known by that" in answer.text
        assert "session" not in browser.cookies


async def test_of_who_they_are_there_a_fingerprint_is_kept(wall, store, mia):
    await tie(await wall.browser_of(mia), "very-own-subject")

    kept = await store.people.get(mia.id)

    assert re.fullmatch("[0-9a-f]{64}", kept.elsewhere)
    assert "very-own-subject" not in repr(kept)


async def test_two_accounts_are_not_tied_to_one_subject(wall, store, mia, zed):
    await tie(await wall.browser_of(mia), "shared")

    answer = await tie(await wall.browser_of(zed), "shared")

    assert answer.status_code == 403
    assert (await store.people.get(zed.id)).elsewhere == ""


async def test_who_is_untied_comes_in_no_more(wall, mia):
    browser = await wall.browser_of(mia)
    await tie(browser, "mia")
    assert (await sign_in(wall, "mia"))[1].status_code == 303

    await browser.post("/account/elsewhere", data={"do": "untie"})

    assert (await sign_in(wall, "mia"))[1].status_code == 403


async def test_a_tie_that_another_browser_began_ends_nowhere(wall, store, mia, zed):
    mias, zeds = await wall.browser_of(mia), await wall.browser_of(zed)
    back = await signed_in_there(await begin_to_tie(zeds), "zed")

    answers = [await mias.get(back), await wall.browser().get(back)]
    await begin_to_tie(mias)
    answers.append(await mias.get(back))

    assert [one.status_code for one in answers] == [403, 403, 403]
    assert (await store.people.get(mia.id)).elsewhere == ""


async def test_who_only_wanted_to_sign_in_is_not_tied(wall, store, mia):
    browser = await wall.browser_of(mia)
    away = await browser.get("/sign-in/elsewhere")

    answer = await browser.get(await signed_in_there(away.headers["location"], "stranger"))

    assert answer.status_code == 403
    assert (await store.people.get(mia.id)).elsewhere == ""


async def test_an_open_browser_is_not_enough_to_tie(wall, store, mia):
    browser = await wall.browser_of(mia)
    back = await signed_in_there(await begin_to_tie(browser), "mia")
    wall.later(minutes=31)

    assert (await browser.get(back)).status_code == 403
    assert (await browser.post("/account/elsewhere", data={"do": "tie"})).status_code == 403
    assert (await store.people.get(mia.id)).elsewhere == ""


async def test_the_provider_is_asked_with_pkce_state_and_nonce(wall):
    away = await wall.browser().get("/sign-in/elsewhere")

    asked = parse_qs(urlsplit(away.headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://127.0.0.1/sign-in/elsewhere/back"]
    assert (asked["scope"], len(asked["state"]), len(asked["nonce"])) == (["openid"], 1, 1)


async def test_who_declines_is_told_so(wall):
    browser = wall.browser()
    away = await browser.get("/sign-in/elsewhere")
    state = parse_qs(urlsplit(away.headers["location"]).query)["state"][0]

    answer = await browser.get("/sign-in/elsewhere/back", params={"state": state, "error": "access_denied"})

    assert (answer.status_code, "You did not sign in." in answer.text) == (403, True)


async def test_where_no_provider_is_set_nobody_is_sent_anywhere(site, mia):
    browser = await site.browser_of(mia)

    answers = [
        await browser.get("/sign-in/elsewhere"),
        await browser.post("/account/elsewhere", data={"do": "tie"}),
    ]

    assert [one.status_code for one in answers] == [404, 404]
    assert "elsewhere" not in (await browser.get("/account")).text


async def test_whoever_is_warned_by_mail_is_told_that_their_account_was_tied(wall, store, people, mia):
    mia = await people.change(mia.id, lambda one: replace(one, mailbox=Mailbox(address="mia@example.org")))
    wall.services = {**wall.services, "mailing": Mailing("smtp://127.0.0.1:1", "wall@example.org")}

    await tie(await wall.browser_of(mia), "warned at work")

    assert [one.about for one in await store.letters.waiting() if one.person == mia.id] == ["elsewhere"]
