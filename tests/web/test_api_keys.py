"""Programs act by keys: within their event and role, at their pace, until they are revoked."""

import re
from dataclasses import replace

import pytest
import pytest_asyncio

from tests.cast import NOW
from tests.circle import RULE
from tests.web.test_access import MAY, REFUSED, names, picture, staff  # noqa: F401 - fixtures
from wall.core import api_key
from wall.web import bearer

BY_KEY = {
    "viewer": {"GET /{slug}/feed"},
    "moderator": {
        "GET /{slug}/moderate/queue",
        "GET /{slug}/media/{post_id}/{picture_id}/{size}",  # of posts that wait
        "POST /{slug}/moderate/decisions",
        "POST /{slug}/moderate/decisions/many",
    },
    "organiser": {
        "GET /organise/{slug}/programs/webhooks",
        "GET /organise/{slug}/audit.csv",
        "GET /organise/{slug}/figures.json",
        "GET /organise/{slug}/audit.jsonl",
    },
}
RANKS = list(BY_KEY)


@pytest_asyncio.fixture
async def tokens(store, event):
    """A token of every role."""
    return {
        role: (await store.api_keys.create(event.slug, f"A {role}", role, by="Olga", now=NOW))[1] for role in RANKS
    }


@pytest.fixture
def program(site):
    """A program that bears a token, and nothing else."""

    def program(token, **options):
        browser = site.browser(headers={"authorization": f"Bearer {token}".encode()}, **options)
        del browser.headers["sec-fetch-site"]
        return browser

    return program


@pytest.fixture
def feed(event):
    return f"/{event.slug}/feed"


@pytest.fixture
def queue(event):
    return f"/{event.slug}/moderate/queue"


def form(standing, **changed):
    return {
        "id": "decision1", "post": standing["id"], "kind": "approve",
        "version": standing["version"], "hash": standing["hash"], **changed,
    }  # fmt: skip


@pytest.mark.parametrize("role", RANKS)
async def test_a_key_opens_what_is_of_its_role_and_nothing_else(program, tokens, names, role):  # noqa: F811
    opened = set()
    for row in MAY:
        method, path = row.split(" ")
        if path.endswith(".sse"):
            continue
        answer = await program(tokens[role]).request(method, path.format(**names))
        if answer.status_code in REFUSED:
            continue
        asked_without = await program("").request(method, path.format(**names))
        opened |= {row} if asked_without.status_code in REFUSED else set()

    assert opened == {row for rank in RANKS[1 : RANKS.index(role) + 1] for row in BY_KEY[rank]}


async def test_a_token_is_shown_once_and_kept_as_a_hash(site, store, event, olga, program, queue):
    browser = await site.browser_of(olga, headers={"accept": "text/html"})
    path = f"/organise/{event.slug}/programs"
    answer = await browser.post(f"{path}/keys", data={"name": "Bot", "role": "moderator"})
    token = re.search(r"bw_[0-9a-f]{8}_[\w-]+", answer.text)[0]
    secret = token.split("_", 2)[2]

    assert (await program(token).get(queue)).status_code == 200
    assert secret not in (await browser.get(path)).text
    assert secret.encode() not in (await store.database.command("DUMP", f"wall:{{{event.slug}}}:keys"))
    assert "used just now" in (await browser.get(path)).text


@pytest.mark.parametrize("filled", [{"name": "", "role": "viewer"}, {"name": "Bot", "role": "owner"}, {}])
async def test_a_key_without_name_or_with_another_role_is_not_made(site, store, event, olga, filled):
    browser = await site.browser_of(olga)

    answer = await browser.post(f"/organise/{event.slug}/programs/keys", data=filled)

    assert answer.status_code == 422
    assert await store.api_keys.all(event.slug) == []


async def test_a_revoked_key_is_refused_with_the_next_request(site, store, event, olga, program, tokens, queue):
    client, browser = program(tokens["moderator"]), await site.browser_of(olga)
    assert (await client.get(queue)).status_code == 200
    id = tokens["moderator"].split("_")[1]

    await browser.post(f"/organise/{event.slug}/programs/keys/{id}/revocation")

    answer = await client.get(queue)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="wall"'
    told = [one.about async for one in store.audit.backwards(event.slug) if one.kind == "key"]
    assert told == ["revoked “A moderator”"]


async def test_a_key_is_of_one_event(site, program, tokens, other_event):
    for token in tokens.values():
        for path in ("feed", "moderate/queue"):
            assert (await program(token).get(f"/{other_event.slug}/{path}")).status_code == 401


@pytest.mark.parametrize(
    "token", ["wrong", "bw_00000000_" + "x" * 32, "bw_", "ü", "x" * 5000, "bw_{id}_" + "x" * 32]
)
async def test_what_is_no_key_of_ours_is_refused_even_where_none_is_needed(program, tokens, feed, token):
    known = tokens["viewer"].split("_")[1]

    answer = await program(token.replace("{id}", known)).get(feed)

    assert answer.status_code == 401


async def test_a_key_in_a_cookie_or_an_address_is_none(site, tokens, queue):
    token = tokens["organiser"]
    browser = site.browser()
    browser.cookies.set("session", token)
    browser.cookies.set("authorization", f"Bearer {token}")

    assert (await browser.get(queue, params={"key": token, "access_token": token})).status_code == 401


async def test_a_cookie_beside_a_key_counts_for_nothing(site, olga, tokens, queue):
    browser = await site.browser_of(olga, headers={"authorization": f"Bearer {tokens['viewer']}"})

    assert (await browser.get(queue)).status_code == 403


async def test_a_key_is_not_taken_over_a_line_that_others_can_read(program, tokens, feed):
    assert (await program(tokens["viewer"], address="192.0.2.7").get(feed)).status_code == 403


async def test_a_program_moderates_and_is_named_for_it(store, event, program, tokens, queue, waiting):
    client = program(tokens["moderator"])
    (queued,) = (await client.get(queue)).json()["posts"]
    answer = await client.post(f"/{event.slug}/moderate/decisions", json=form(queued))

    entry = await anext(store.audit.backwards(event.slug))
    assert queued["post"]["text"] == "Hello from the hall #PyConEx"
    assert answer.json()["status"] == "approved"
    assert (entry.kind, entry.by_name) == ("approve", "A moderator (key)")


async def test_a_program_that_saw_an_older_post_is_refused_like_anybody(
    store, event, program, tokens, queue, waiting, mia, decide
):
    client = program(tokens["moderator"])
    (queued,) = (await client.get(queue)).json()["posts"]
    await decide("reject", waiting)

    answer = await client.post(f"/{event.slug}/moderate/decisions", json=form(queued))

    assert answer.status_code == 409
    assert answer.json()["error"]["by"] == "Mia"


@pytest.mark.parametrize("limit", ["0", "101", "x", "-1", "٣"])
async def test_a_queue_of_no_length_is_refused(program, tokens, queue, limit):
    assert (await program(tokens["moderator"]).get(queue, params={"limit": limit})).status_code == 422


# The circle


async def test_a_reader_s_key_opens_nothing_of_a_circle_and_a_moderator_s_does(
    store, event, program, tokens, feed, queue
):
    await store.events.change(event.slug, lambda before: replace(before, circle=RULE))

    reader = await program(tokens["viewer"]).get(feed)
    assert (reader.status_code, reader.json()["error"]["code"]) == (403, "by_invitation")
    assert (await program(tokens["moderator"]).get(queue)).status_code == 200


# The pace


async def test_a_key_says_how_many_requests_are_left(program, tokens, feed):
    client = program(tokens["viewer"])
    await client.get(feed)

    answer = await client.get(feed)

    assert answer.headers["ratelimit-policy"] == '"minute";q=3000;w=60'
    assert re.fullmatch(r'"minute";r=2998;t=\d+', answer.headers["ratelimit"])


async def test_who_asks_too_often_by_a_key_is_told_when_to_ask_again(program, tokens, feed, monkeypatch):
    monkeypatch.setitem(bearer.PACES, "viewer", 2)
    client = program(tokens["viewer"])

    answers = [await client.get(feed) for _turn in range(3)]

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    assert "more than 2 requests in a minute" in answers[-1].json()["error"]["message"]
    assert (await program(tokens["moderator"]).get(feed)).status_code == 200


async def test_programs_without_a_key_share_the_pace_of_their_address(site, program, store, feed, monkeypatch):
    monkeypatch.setattr(bearer, "WITHOUT_KEY", 2)
    await store.limits.forget("no key from 198.51.100.9")
    programs = [site.browser(address="198.51.100.9") for _turn in range(3)]
    for one in programs:
        del one.headers["sec-fetch-site"]

    answers = [(await one.get(feed)).status_code for one in programs]
    page = await site.browser(address="198.51.100.9").get(feed)

    assert answers == [200, 200, 429]
    assert page.status_code == 200  # our own pages are not counted


async def test_who_guesses_keys_is_stopped(program, store, feed, monkeypatch):
    monkeypatch.setattr(bearer, "MOST_WRONG", 2)
    await store.limits.forget("wrong keys from 127.0.0.1")

    answers = [(await program(f"bw_0000000{number}_{'x' * 32}").get(feed)).status_code for number in range(3)]

    await store.limits.forget("wrong keys from 127.0.0.1")
    assert answers == [401, 401, 429]


def test_readers_by_key_may_ask_more_often_than_without():
    assert min(api_key.PACES.values()) > api_key.WITHOUT_KEY
