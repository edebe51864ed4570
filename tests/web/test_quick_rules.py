from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.cast import ALICE, NOW, a_post
from wall.core.moderation import Status, Verdict
from wall.core.post import Span
from wall.core.rules import Rule
from wall.store.submission import Submission

HIDE = {"kind": "authors", "entry": ALICE.uid, "effect": "reject"}


@pytest.fixture
def url(event):
    return f"/{event.slug}/moderate/rules"


@pytest.fixture
async def desk(site, mia):
    return await site.browser_of(mia)


async def test_an_author_is_rejected_from_now_on(site, store, event, desk, url):
    answer = await desk.post(url, json=HIDE)
    await site.services["acceptor"].accept(event.slug, [post := a_post()])

    standing = await store.posts.get(event.slug, post.id)
    assert answer.json()["words"] == "new posts are rejected"
    assert standing.status is Status.REJECTED
    assert standing.rule == answer.json()["rule"]


async def test_the_card_leads_to_the_rule_that_caught_its_post(site, store, event, desk, url):
    answer = await desk.post(url, json={**HIDE, "effect": "wait"})
    await site.services["acceptor"].accept(event.slug, [a_post()])

    page = await desk.get(f"/{event.slug}/moderate")

    assert f'<a href="{answer.json()["url"]}">Authors “From the desk”</a>: @alice@social.example.' in page.text
    assert (await desk.get(answer.json()["url"])).status_code == 200


async def test_it_is_undone_by_one_request(store, event, desk, url):
    made = (await desk.post(url, json=HIDE)).json()

    undone = await desk.post(f"{url}/undo", json={"rule": made["rule"], "entry": made["entry"]})

    assert undone.status_code == 200
    assert (await store.rules.get(event.slug)).rules == ()


async def test_it_ends_when_the_day_does_at_the_venue(store, event, desk, url):
    await store.events.change(event.slug, lambda event: replace(event, timezone="Europe/Berlin"))

    answer = await desk.post(
        url, json={"kind": "domains", "entry": "shop.example", "effect": "wait", "ends": "today"}
    )

    (rule,) = (await store.rules.get(event.slug)).rules
    assert answer.json()["words"] == "new posts wait for a moderator, until midnight"
    assert rule.until == datetime(2026, 6, 12, 22, 0, tzinfo=UTC)
    assert rule.by_name == "Mia"


async def test_the_desk_undoes_no_rule_of_the_organiser(store, event, desk, url):
    await store.rules.change(event.slug, lambda rules: [Rule(id="r1", kind="authors", entries=("@a@b",))])

    answer = await desk.post(f"{url}/undo", json={"rule": "r1", "entry": "@a@b"})

    assert answer.status_code == 422
    assert len((await store.rules.get(event.slug)).rules) == 1


@pytest.mark.parametrize(
    "form",
    [
        {},
        [],
        {**HIDE, "kind": "words"},
        {**HIDE, "effect": "skip"},
        {**HIDE, "effect": "approve"},
        {**HIDE, "ends": "at"},
        {**HIDE, "ends": "event"},
        {**HIDE, "entry": "\u200b"},
        {**HIDE, "entry": "x" * 10_000},
    ],
)
async def test_what_the_desk_does_not_offer_makes_no_rule(store, event, desk, url, form):
    answer = await desk.post(url, json=form)

    assert answer.status_code == 422
    assert (await store.rules.get(event.slug)).rules == ()


async def test_a_card_offers_the_domains_that_its_post_links_to(store, event, desk):
    text = "see shop.example/now #PyConEx"
    link = Span(start=4, end=20, kind="link", value="", href="https://www.shop.example/now")
    await store.posts.submit(event.slug, [Submission(a_post(text, spans=(link,)), Verdict())], now=NOW)

    page = await desk.get(f"/{event.slug}/moderate")

    assert 'data-hosts="shop.example" data-server="social.example"' in page.text
