"""Who may take part, and what a browser is known by."""

from dataclasses import replace

import httpx2
import pytest
from starlette.requests import Request

from wall.core.identity import KEPT_SECONDS
from wall.core.participant import Participant
from wall.errors import NotTakingPart
from wall.web import participation


async def test_where_nobody_takes_part_nobody_does(rule, event, ana, send, causes):
    await rule(who="nobody")

    answer = await send(ana)

    assert answer.status_code == 403
    assert "The wall is closed." in answer.text
    assert await causes() == {"nobody": 1}


async def test_a_cookie_that_is_not_of_our_making_takes_part_in_nothing(site, event, send, causes, waiting_posts):
    for cookie in ("an-old-unsigned-secret", f"2.{'s' * 24}.1780000000..0.{'0' * 32}", "ü", "x" * 4000):
        browser = site.browser()
        answer = await browser.post(
            f"/{event.slug}/join",
            data={"text": "Hello", "nonce": "a" * 32},
            headers={"cookie": b"participant=" + cookie.encode()},
        )
        assert answer.status_code == 403

    assert await waiting_posts() == []
    assert await causes() == {"cookie": 4}


@pytest.mark.parametrize("cookie", ["an-old-unsigned-secret", f"2.{'s' * 24}.1780000000..0.{'0' * 32}"])
async def test_an_old_or_forged_cookie_is_replaced_quietly(site, event, send, cookie):
    browser = site.browser()
    browser.cookies.set("participant", cookie, domain="127.0.0.1")

    page = await browser.get(f"/{event.slug}/join")

    assert page.status_code == 200
    assert "participant=2." in page.headers["set-cookie"]


async def test_a_browser_is_known_for_a_month_and_longer_if_it_comes_back(site, event, ana):
    before = ana.cookies["participant"]
    site.later(seconds=KEPT_SECONDS * 0.6)
    await ana.get(f"/{event.slug}/join")
    after = ana.cookies["participant"]

    assert before != after
    assert before.split(".")[1] == after.split(".")[1]


async def test_another_redis_has_another_key_and_this_process_learns_it(site, ana, send):
    site.services["seal"].key = b"of the Redis before"

    assert (await send(ana)).status_code == 200


async def test_one_address_makes_so_many_participants_and_no_more(site, browser_at, send, causes):
    site.services["config"] = replace(site.config, max_streams_per_address=3)
    homes = ["2001:db8::1", "2001:db8::2", "2001:db8::ffff:1", "2001:db8::3", "2001:db8:0:1::1"]

    answers = [await send(await browser_at(home)) for home in homes]

    assert [one.status_code for one in answers] == [200, 200, 200, 403, 200]
    assert "Very many people begin from your network. Try again in 1 hour." in answers[3].text
    assert await causes() == {"address": 1}


async def test_after_a_few_from_one_address_the_next_ones_pass_the_check(monkeypatch, browser_at, send, causes):
    monkeypatch.setattr(participation, "FEW_FROM_AFAR", 1)

    first, second = [await send(await browser_at()) for _ in range(2)]
    elsewhere = await send(await browser_at("192.0.2.2"))

    assert [one.status_code for one in (first, second, elsewhere)] == [200, 403, 200]
    assert "One moment." in second.text
    assert 'name="seed"' in second.text
    assert await causes() == {"check": 1}


async def test_taking_part_gives_the_participant_as_they_said_they_are(site, store, opened, event, ana):
    id = await participation.own_id(asked(site, event, ana), opened)
    await store.participants.save(event.slug, Participant(id=id, name="Ana", place="remote"), keep_seconds=60)

    who = await participation.taking_part(asked(site, event, ana), opened)

    assert who == Participant(id=id, name="Ana", place="remote")
    with pytest.raises(NotTakingPart, match="cookies allowed"):
        await participation.taking_part(asked(site, event, httpx2.AsyncClient()), opened)


def asked(site, event, browser):
    """Return a request of a browser, as a route gets it."""
    cookies = "; ".join(f"{one.name}={one.value}" for one in browser.cookies.jar)
    headers = [(b"cookie", cookies.encode()), (b"host", b"127.0.0.1")]
    return Request(
        {
            "type": "http", "method": "POST", "scheme": "http", "path": f"/{event.slug}/x", "headers": headers,
            "client": ("192.0.2.1", 5), "state": dict(site.services), "query_string": b"",
        }
    )  # fmt: skip
