"""Organisers register addresses that are told what happens, on the page “Programs”."""

import re
from dataclasses import replace

import pytest
import pytest_asyncio

from tests.cast import a_decision
from tests.circle import RULE
from tests.receiver import Receiver, refusal
from wall.core.webhook import MOST
from wall.web.views import post_json
from wall.webhooks import Courier

PAGE = {"accept": "text/html"}
FILLED = {"name": "Lobby lights", "address": "https://lights.example/wall", "kinds": ["posted", "pinned"]}


@pytest_asyncio.fixture
async def receiver(site):
    """Who gets what this site sends."""
    receiver = Receiver(lambda: site.time)
    async with receiver.fetch() as fetch:
        site.services["courier"] = Courier(
            store=site.store,
            fetch=fetch,
            show=post_json,
            now=lambda: site.time,
            random=lambda: 0.0,
            sent=site.services["measures"].webhooks,
        )
        yield receiver


@pytest_asyncio.fixture
async def browser(site, olga):
    return await site.browser_of(olga, headers=PAGE)


@pytest.fixture
def path(event):
    return f"/organise/{event.slug}/programs"


@pytest_asyncio.fixture
async def hook(store, event, browser, path):
    """A webhook that Olga registered, and its secret."""
    secret = shown(await browser.post(f"{path}/webhooks", data=FILLED))
    ((one),) = await store.webhooks.all(event.slug)
    return one.webhook, secret


def shown(answer):
    return re.search(r"whsec_[A-Za-z0-9+/=]+", answer.text)[0]


async def stands(store, event):
    ((one),) = await store.webhooks.all(event.slug)
    return one


async def test_a_secret_is_shown_once(store, event, browser, path, hook):
    webhook, secret = hook

    assert webhook.secrets == (secret,)
    assert webhook.kinds == ("posted", "pinned")
    assert secret not in (await browser.get(path)).text


async def test_it_is_told_what_happens_from_now_on(store, event, approved, browser, path):
    await browser.post(f"{path}/webhooks", data=FILLED)

    assert (await stands(store, event)).progress.cursor == await store.feeds.tip(event.slug, "public")


@pytest.mark.parametrize(
    "address",
    [
        "", "http://lights.example/", "ftp://lights.example/", "https://name:word@lights.example/",
        "https://lights.example:6379/", "https://" + "x" * 600 + ".example/", "https://[", "javascript:alert(1)",
    ],
)  # fmt: skip
async def test_what_is_no_address_to_send_to_is_refused_in_words(store, event, browser, path, address):
    answer = await browser.post(f"{path}/webhooks", data=FILLED | {"address": address})

    assert answer.status_code == 422
    assert "Nothing was changed." in answer.text
    assert await store.webhooks.all(event.slug) == []


async def test_an_address_inside_is_not_asked_and_the_page_says_so(site, store, event, browser, path):
    await browser.post(f"{path}/webhooks", data=FILLED | {"address": "https://127.0.0.1/"})
    one = await stands(store, event)

    await browser.post(f"{path}/webhooks/{one.webhook.id}/test")

    assert "it is a private address" in (await browser.get(path)).text


async def test_there_are_only_so_many(store, event, browser, path):
    for _turn in range(MOST):
        await browser.post(f"{path}/webhooks", data=FILLED)

    assert (await browser.post(f"{path}/webhooks", data=FILLED)).status_code == 422
    assert len(await store.webhooks.all(event.slug)) == MOST


async def test_a_circle_has_none(store, event, browser, path, hook, receiver):
    await store.events.change(event.slug, lambda before: replace(before, circle=RULE))

    await browser.post(f"{path}/webhooks/{hook[0].id}/test")

    assert (await browser.post(f"{path}/webhooks", data=FILLED)).status_code == 422
    assert receiver.requests == []


async def test_a_test_is_sent_at_once_and_its_answer_shown(browser, path, hook, receiver):
    receiver.answers = [refusal(500)]
    webhook, secret = hook

    await browser.post(f"{path}/webhooks/{webhook.id}/test")

    assert receiver.messages[0]["type"] == "test"
    assert receiver.verified(secret)
    assert "has trouble of its own (500)" in (await browser.get(path)).text


async def test_two_secrets_are_valid_until_the_old_one_is_ended(browser, path, hook, receiver):
    webhook, old = hook
    new = shown(await browser.post(f"{path}/webhooks/{webhook.id}/secret"))
    await browser.post(f"{path}/webhooks/{webhook.id}/test")
    assert receiver.verified(old) == receiver.verified(new)

    await browser.post(f"{path}/webhooks/{webhook.id}/secret/old")
    await browser.post(f"{path}/webhooks/{webhook.id}/test")
    assert receiver.requests[-1].headers["webhook-signature"].count("v1,") == 1
    assert receiver.verified(new)


async def test_what_is_turned_off_goes_on_from_where_it_was(store, event, browser, path, hook, waiting, decide_as):
    webhook, _secret = hook
    before = (await stands(store, event)).progress
    await browser.post(f"{path}/webhooks/{webhook.id}/switch")
    assert (await stands(store, event)).webhook.off
    await decide_as("approve", waiting)

    await browser.post(f"{path}/webhooks/{webhook.id}/switch", data={"on": "yes"})

    after = await stands(store, event)
    assert (after.webhook.off, after.progress.cursor) == ("", before.cursor)
    assert "1 update waits." in (await browser.get(path)).text


@pytest.fixture
def decide_as(store, event, site):
    async def decide_as(kind, standing):
        return await store.posts.decide(event.slug, a_decision(kind, standing), now=site.time)

    return decide_as


@pytest.mark.parametrize(("since", "waits"), [("hour", 1), ("day", 2), ("everything", 3)])
async def test_everything_since_some_time_is_sent_again(
    site, store, event, browser, path, waiting, decide_as, since, waits
):
    standing = await decide_as("approve", waiting)
    site.later(days=2)
    standing = await decide_as("pin", standing)
    site.later(hours=3)
    await decide_as("unpin", standing)
    browser = await site.browser_of(await store.people.add("Ola", slug=event.slug, role="organiser"))
    await browser.post(f"{path}/webhooks", data=FILLED)
    one = await stands(store, event)

    await browser.post(f"{path}/webhooks/{one.webhook.id}/again", data={"since": since})

    tip = await store.feeds.tip(event.slug, "public")
    assert tip.offset - (await stands(store, event)).progress.offset == waits


async def test_what_an_organiser_does_is_in_the_audit_log(store, event, browser, path, hook):
    webhook = hook[0]
    await browser.post(f"{path}/webhooks/{webhook.id}", data=FILLED | {"name": "Foyer"})
    await browser.post(f"{path}/webhooks/{webhook.id}/deletion")

    told = [one.about async for one in store.audit.backwards(event.slug) if one.kind == "webhook"]
    assert told == ["deleted “Foyer”", "changed “Lobby lights”", "added “Lobby lights”"]
    assert await store.webhooks.all(event.slug) == []


async def test_the_webhook_of_another_event_is_nobody_s(site, other_event, otto, hook):
    browser = await site.browser_of(otto)

    answer = await browser.post(f"/organise/{other_event.slug}/programs/webhooks/{hook[0].id}/secret")

    assert answer.status_code == 404
