"""Each try to sign in is in the log and in the metrics: how, from where, and as whom, but nothing that was typed."""

import logging
import re

import pytest

from tests.authenticator import Authenticator
from tests.web.site import Site
from wall.core.measures import exposition
from wall.logs import TOLD_ALL


@pytest.fixture
def lines(caplog):
    """What is logged of signing in, as (level, message)."""
    for name in TOLD_ALL:
        caplog.set_level(logging.INFO, logger=name)
    return lambda: [(one.levelname, one.getMessage()) for one in caplog.records if one.name in TOLD_ALL]


@pytest.fixture
def told(wall):
    """What the metrics say of it."""

    def tries():
        text = exposition([wall.measures.sign_ins])
        found = re.findall(r'\{way="([^"]+)",outcome="([^"]+)"\} (\d+)', text)
        return {(way, outcome): int(many) for way, outcome, many in found}

    return tries


async def test_a_link_lets_in_once(wall, mia, lines, told):
    token = await wall.link("sign-in", person_id=mia.id)

    for _ in range(2):
        await wall.browser().post("/sign-in", data={"token": token})

    assert lines() == [
        ("INFO", f"{mia.id} was signed in by link, from 127.0.0.1."),
        ("WARNING", "Somebody was not signed in by link, from 127.0.0.1."),
    ]
    assert told() == {("link", "signed in"): 1, ("link", "refused"): 1}


async def test_what_was_typed_is_in_no_line(wall, mia, passphrase, lines, told, caplog):
    browser = await wall.browser_of(mia)
    await browser.post("/account/passphrase", data={"passphrase": passphrase})

    await wall.browser().post("/sign-in", data={"name": "Mia", "passphrase": "typed and wrong"})
    await wall.browser().post("/sign-in", data={"name": passphrase, "passphrase": "Mia"})
    await wall.browser().post("/sign-in", data={"name": "Mia", "passphrase": passphrase})

    assert [line for line in lines() if "passphrase" in line[1]] == [
        ("WARNING", "Somebody was not signed in by passphrase, from 127.0.0.1."),
        ("WARNING", "Somebody was not signed in by passphrase, from 127.0.0.1."),
        ("INFO", f"{mia.id} was signed in by passphrase, from 127.0.0.1."),
    ]
    assert told()["passphrase", "refused"] == 2
    assert not [one for one in ("typed and wrong", passphrase, "Mia") if one in caplog.text]


async def test_a_name_that_is_missing_is_no_refusal(wall, event, lines):
    token = await wall.link("invite", slug=event.slug, role="moderator")

    answer = await wall.browser().post("/sign-in", data={"token": token})

    assert (answer.status_code, lines()) == (422, [])


async def test_a_passkey_that_nobody_has_is_refused(wall, lines):
    browser = wall.browser(base="http://localhost")
    device = Authenticator()
    asked = await browser.post("/sign-in/passkey/offer", json={})

    answer = await browser.post("/sign-in/passkey", json={"credential": device.sign(asked.json()), "next": ""})

    assert answer.status_code >= 400
    assert lines() == [("WARNING", "Somebody was not signed in by passkey, from 127.0.0.1.")]


async def test_who_comes_back_from_a_provider_without_having_gone_there_is_refused(redis_server, tmp_path, lines):
    async with Site(
        tmp_path, redis_server.url, oidc_issuer="https://id.example", oidc_client="wall"
    ).running() as site:
        answer = await site.browser().get("/sign-in/elsewhere/back?state=drawn&code=guessed")

    assert answer.status_code == 403
    assert lines() == [("WARNING", "Somebody was not signed in by provider, from 127.0.0.1.")]


async def test_a_set_up_code_is_noted_too(wall, lines):
    token = await wall.link("setup")

    for code in ("guessed", token):
        await wall.browser().post("/setup", data={"token": code, "name": "Olga"})

    assert [re.sub(r"^\S+", "", line) for _, line in lines()] == [
        " was not signed in by setup code, from 127.0.0.1.",
        " was signed in by setup code, from 127.0.0.1.",
    ]
