"""Passkeys of the staff: made, used, taken back, and everything about one that may be wrong."""

import json

import pytest

from tests.authenticator import Authenticator, data
from wall.store.challenges import key

HERE = "http://localhost"


@pytest.fixture
def device():
    return Authenticator()


@pytest.fixture
async def mias(site, mia):
    """Mia's browser, where she has just signed in."""
    return await site.browser_of(mia, base=HERE)


async def asked(browser, path):
    answer = await browser.post(path, json={})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def make(browser, device, name="Phone"):
    options = await asked(browser, "/account/passkeys/offer")
    return await browser.post("/account/passkeys", json={"credential": device.make(options), "name": name})


async def sign_in(site, device, *, browser=None, credential=None, next=""):
    browser = browser or site.browser(base=HERE)
    credential = credential or device.sign(await asked(browser, "/sign-in/passkey/offer"))
    return browser, await browser.post("/sign-in/passkey", json={"credential": credential, "next": next})


async def test_a_passkey_signs_its_person_in(site, event, mias, device):
    assert (await make(mias, device)).json() == {"location": "/account#passkeys"}

    browser, answer = await sign_in(site, device, next=f"/{event.slug}/moderate")

    assert answer.json() == {"location": f"/{event.slug}/moderate"}
    page = await browser.get("/account")
    assert 'href="/account">Mia</a>' in page.text
    assert "Used just now" in page.text


async def test_several_passkeys_have_names_and_are_taken_back_one_by_one(site, store, mia, mias, device):
    other = Authenticator()
    await make(mias, device)
    await make(mias, other, name="")
    first, second = (await store.people.get(mia.id)).passkeys

    await mias.post(f"/account/passkeys/{first.id}", data={"name": "Old phone"})
    await mias.post(f"/account/passkeys/{second.id}", data={"do": "remove"})

    assert second.name == "A browser"
    assert [one.name for one in (await store.people.get(mia.id)).passkeys] == ["Old phone"]
    assert (await sign_in(site, device))[1].status_code == 200
    assert "does not know that passkey" in (await sign_in(site, other))[1].json()["error"]["message"]


async def test_what_is_kept_of_a_passkey_opens_nothing(store, mia, mias, device):
    await make(mias, device)

    kept = repr(await store.people.get(mia.id))

    secret = device.key.private_numbers().private_value
    assert str(secret) not in kept
    assert f"{secret:x}" not in kept


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("site", "evil.example"),
        ("origin", "https://evil.example"),
        ("origin", "http://localhost:81"),
        ("verifies", False),
    ],
)
class TestWrongInOneThing:
    async def test_it_is_not_made(self, store, mia, mias, device, what, value):
        setattr(device, what, value)

        answer = await make(mias, device)

        assert answer.status_code == 403
        assert (await store.people.get(mia.id)).passkeys == ()

    async def test_it_signs_nobody_in(self, site, mias, device, what, value):
        await make(mias, device)
        setattr(device, what, value)

        browser, answer = await sign_in(site, device)

        assert answer.status_code == 403
        assert "session" not in browser.cookies


async def test_another_key_that_says_it_is_this_one_signs_nobody_in(site, mias, device):
    await make(mias, device)
    liar = Authenticator()
    liar.id = device.id

    assert (await sign_in(site, liar))[1].status_code == 403


async def test_an_answer_counts_once(site, mias, device):
    await make(mias, device)
    credential = device.sign(await asked(site.browser(base=HERE), "/sign-in/passkey/offer"))

    answers = [(await sign_in(site, device, credential=credential))[1].status_code for _ in range(2)]

    assert answers == [200, 403]


async def test_a_copy_that_lags_behind_is_refused(site, mias, device):
    await make(mias, device)
    for _ in range(3):
        await sign_in(site, device)
    device.uses = 1

    assert (await sign_in(site, device))[1].status_code == 403


async def test_a_challenge_is_good_for_what_it_was_drawn_for(site, store, olga, mia, mias, device):
    olgas = await site.browser_of(olga, base=HERE)
    to_sign_in = await asked(site.browser(base=HERE), "/sign-in/passkey/offer")
    of_olga = await asked(olgas, "/account/passkeys/offer")

    for options in (to_sign_in, of_olga):
        answer = await mias.post("/account/passkeys", json={"credential": device.make(options), "name": "x"})
        assert answer.status_code == 403
    assert (await store.people.get(mia.id)).passkeys == ()


async def test_a_challenge_is_too_old_after_five_minutes(site, store, mias, device):
    options = await asked(mias, "/account/passkeys/offer")
    kept = key(data(options["challenge"]))

    assert 0 < await store.database.command("TTL", kept) <= 300
    await store.database.command("DEL", kept)

    answer = await mias.post("/account/passkeys", json={"credential": device.make(options)})
    assert "took too long" in answer.json()["error"]["message"]


async def test_an_open_browser_is_not_enough_to_add_a_way_in(site, store, mia, mias, device, passphrase):
    options = await asked(mias, "/account/passkeys/offer")
    site.later(minutes=31)

    answers = [
        await mias.post("/account/passkeys/offer", json={}),
        await mias.post("/account/passkeys", json={"credential": device.make(options)}),
        await mias.post("/account/passphrase", data={"passphrase": passphrase}),
    ]

    assert [one.status_code for one in answers] == [403, 403, 403]
    kept = await store.people.get(mia.id)
    assert (kept.passkeys, kept.passphrase_hash) == ((), None)


async def test_nobody_renames_or_takes_back_the_passkey_of_another(site, store, mia, zed, mias, device):
    await make(mias, device)
    before = (await store.people.get(mia.id)).passkeys
    browser = await site.browser_of(zed)

    for values in ({"name": "Mine"}, {"do": "remove"}):
        await browser.post(f"/account/passkeys/{before[0].id}", data=values)

    assert (await store.people.get(mia.id)).passkeys == before


async def test_the_offer_to_sign_in_tells_nothing_of_who_may(site, mias, device):
    await make(mias, device)

    options = await asked(site.browser(base=HERE), "/sign-in/passkey/offer")

    assert options["allowCredentials"] == []
    assert options["userVerification"] == "required"


async def test_very_many_offers_are_refused_for_a_while(site, store):
    browser = site.browser(base=HERE)

    answers = {(await browser.post("/sign-in/passkey/offer", json={})).status_code for _ in range(61)}

    assert answers == {200, 429}
    await store.limits.forget("passkey asked from 127.0.0.1")


@pytest.mark.parametrize("base", ["http://127.0.0.1", "http://[::1]"])
async def test_an_address_that_is_a_number_has_no_passkeys_and_says_so(site, mia, base):
    browser = await site.browser_of(mia, base=base)

    page, answer = await browser.get("/account"), await browser.post("/account/passkeys/offer", json={})

    assert "open this wall by its name" in page.text
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "credential",
    [{}, {"rawId": 1, "response": 2}, {"rawId": "x", "response": {"clientDataJSON": "%%%"}},
     {"rawId": "eA", "response": {"clientDataJSON": "e30"}}, {"rawId": "eA", "response": {"clientDataJSON": "W10"}}],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/account/passkeys", "/sign-in/passkey"])
async def test_nonsense_is_refused_in_words(mias, path, credential):
    for body in (json.dumps({"credential": credential}), json.dumps(credential), "{", "[]"):
        answer = await mias.post(path, content=body)

        assert answer.status_code in (403, 422)
        assert answer.json()["error"]["message"]


async def test_a_made_answer_that_is_cut_off_anywhere_is_refused_in_words(mias, device):
    whole = device.make(await asked(mias, "/account/passkeys/offer"))["response"]["attestationObject"]

    for end in range(0, len(whole), 17):
        credential = device.make(await asked(mias, "/account/passkeys/offer"))
        credential["response"]["attestationObject"] = whole[:end]
        answer = await mias.post("/account/passkeys", json={"credential": credential})
        assert answer.status_code == 403, end
