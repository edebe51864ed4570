# ruff: noqa: F401, F811 - fixtures of another module are known by their names
"""Canaries: a secret of every sort there is, looked for in everything that leaves the wall, its logs among it."""

import io
import logging
import zipfile
from base64 import b64encode, urlsafe_b64encode
from datetime import timedelta

import pytest
import pytest_asyncio

from tests.cast import NOW
from tests.web.site import Site
from tests.web.test_access import MAY, OWNER, form_of, names, picture, staff
from wall.core.people import Link
from wall.core.source import SourceSettings
from wall.core.webhook import Progress, Webhook
from wall.sources.registry import KINDS, source_class

KEY = urlsafe_b64encode(b"canary-of-a-key-of-thirty-two-by").decode()
SETTINGS = {
    "back_channel_key": KEY,
    "mail_url": "smtp://name:canary-mail@127.0.0.1:1",
    "mail_from": "wall@x.example",
    "public_url": "http://127.0.0.1",
    "oidc_issuer": "https://127.0.0.1:1",
    "oidc_client": "wall",
    "oidc_secret": "canary-oidc",
}
SIGNING = "whsec_" + b64encode(b"canary-of-a-webhook-32-bytes-lon").decode()


@pytest_asyncio.fixture
async def site(redis_server, tmp_path):
    """The whole application, with every secret setting set."""
    async with Site(tmp_path, redis_server.url, **SETTINGS).running() as site:
        yield site


@pytest_asyncio.fixture
async def canaries(site, store, event, staff, names, redis_server):
    """Every secret there is by what it is, each in its place."""
    found = {name: value for name, value in SETTINGS.items() if name.endswith(("_key", "_url", "_secret"))}
    del found["public_url"]
    found |= {"password of Redis": redis_server.password}
    for kind in KINDS:
        secret = {one.name: f"canary-{kind}-{one.name}" for one in source_class(kind).options if one.secret}
        found |= {f"{one} of {kind}": value for one, value in secret.items()}
        await store.sources.save(event.slug, SourceSettings(id=kind, kind=kind, options=secret))
    tip = await store.feeds.tip(event.slug, "public")
    hook = Webhook(id="hook", name="Hook", address="https://127.0.0.1:1/", base="", secrets=(SIGNING,))
    await store.webhooks.create(event.slug, hook, Progress(epoch=tip.epoch, offset=tip.offset))
    _, screen = await store.screens.open(event.slug, "Hall", now=NOW)
    _, token = await store.api_keys.create(event.slug, "Bot", "moderator", by="Olga", now=NOW)
    later = NOW + timedelta(hours=1)
    invited = await store.people.make_link(
        Link(kind="invite", expires_at=later, slug=event.slug, role="moderator"), now=NOW
    )
    return found | {
        "secret of a webhook": SIGNING,
        "token of a screen": screen,
        "token of a program": token,
        "link of an invitation": invited,
        "session": await site.secret_of(staff[OWNER]),
        "key of participants": (await site.services["seal"].load()).hex(),
        "key of screens": (await store.screens.secret(event.slug)).hex(),
    }


def told(answer):
    """Return all that an answer says, with what is packed in it."""
    said = f"{answer.headers}".encode() + answer.content
    if answer.content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            said += b"".join(archive.read(name) for name in archive.namelist())
    return said


async def test_no_secret_leaves_by_any_door_nor_by_the_log(site, names, canaries, caplog):
    caplog.set_level(logging.INFO)
    browser, stranger = site.browser(headers={"accept": "text/html"}), site.browser()
    browser.cookies.set("session", canaries["session"])
    found, answered = [], 0
    for row in MAY:
        method, path = row.split(" ")
        if method == "GET" and not path.endswith(".sse"):
            for answer in [await one.get(path.format(**names)) for one in (browser, stranger)]:
                said = told(answer)
                answered += answer.status_code == 200
                found += [(row, what) for what, secret in canaries.items() if secret.encode() in said]

    assert found == []
    assert answered > 100
    assert [what for what, secret in canaries.items() if secret in caplog.text] == []


async def test_a_secret_that_is_shown_once_is_found(site, event, canaries):
    """The control: what is told of a new secret is seen in an answer."""
    browser = site.browser(headers={"accept": "text/html"})
    browser.cookies.set("session", canaries["session"])

    answer = await browser.post(f"/organise/{event.slug}/programs/webhooks/hook/secret")

    new, old = (await site.store.webhooks.get(event.slug, "hook")).webhook.secrets
    assert (new.encode() in told(answer), old.encode() in told(answer)) == (True, False)
