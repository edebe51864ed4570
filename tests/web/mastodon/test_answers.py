import asyncio
from dataclasses import replace

import pytest

from tests.web.mastodon.conftest import Program
from wall.store.database import Database
from wall.web.mastodon import limits
from wall.web.mastodon.walls import Walls

TAG = "/api/v1/timelines/tag/PyConEx"
EXPOSED = {"link", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "date"}
ROADS = [TAG, "/e/{slug}" + TAG, "/api/v1/timelines/public", "/api/v1/trends/statuses", "/{slug}/wall-config.json"]
WRONG = ["/api/v1/custom_emojis", "/api/v1/statuses/1", "/e/{slug}/api/v1/streaming", "/e/none/api/v1/instance"]


@pytest.mark.parametrize("road", ROADS)
async def test_any_page_may_read_an_answer_and_keep_it_for_a_moment(program, event, road):
    answer = await program.get(road.format(slug=event.slug))

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["access-control-allow-origin"] == "*"
    exposed = answer.headers["access-control-expose-headers"].lower().split(", ")
    assert set(exposed) >= EXPOSED
    assert answer.headers["cache-control"] == "public, max-age=3"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("road", WRONG)
async def test_what_there_is_not_is_refused_in_mastodons_words(program, event, road):
    answer = await program.get(road.format(slug=event.slug))

    assert answer.status_code == 404
    assert isinstance(answer.json()["error"], str)
    assert answer.headers["access-control-allow-origin"] == "*"


async def test_who_asks_too_often_is_told_when_to_come_back(site, program, event, monkeypatch):
    monkeypatch.setattr(limits, "MOST", 2)
    program.browser = site.browser(address="198.51.100.7")
    once, twice, thrice = [await program.get(TAG) for _ in range(3)]

    assert (once.status_code, once.headers["x-ratelimit-remaining"]) == (200, "1")
    assert twice.status_code == 200
    assert (thrice.status_code, thrice.headers["x-ratelimit-remaining"]) == (429, "0")
    assert thrice.headers["x-ratelimit-reset"].startswith("2026-06-12T09:3")
    assert thrice.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("road", ROADS)
async def test_without_redis_the_last_good_answer_is_given(program, show, event, without_redis, road):
    road = road.format(slug=event.slug)
    await show("Hello #PyConEx", reposts=1)
    await program.heard()
    good = await program.get(road)
    await program.get(TAG)

    without_redis()
    answer = await program.get(road)

    assert (answer.status_code, answer.json()) == (200, good.json())


async def test_what_is_known_to_be_removed_is_not_in_the_last_good_answer(program, show, act, without_redis):
    gone, _stays = await show("gone #PyConEx"), await show("stays #PyConEx")
    await program.posts()
    await act("remove", gone)
    await program.heard()

    without_redis()
    answer = await program.get(TAG)

    assert answer.status_code == 200
    assert "stays" in answer.text
    assert "gone" not in answer.text


async def test_nobody_waits_for_a_redis_that_says_nothing(program, show, monkeypatch):
    await show("Hello #PyConEx")
    good = await program.posts()

    async def silent(*args, **options):
        await asyncio.Event().wait()

    monkeypatch.setattr("wall.web.mastodon.patience.PATIENCE_SECONDS", 0.01)
    for name in ("command", "commands", "run"):
        monkeypatch.setattr(Database, name, silent)
    answer = await program.get(TAG)

    assert (answer.status_code, answer.json()) == (200, good)


@pytest.mark.parametrize("road", ROADS)
async def test_a_process_that_has_read_nothing_yet_asks_for_patience_and_fails_nobody(
    program, event, without_redis, road
):
    without_redis()

    answer = await program.get(road.format(slug=event.slug))

    assert (answer.status_code, answer.headers["x-ratelimit-remaining"]) == (429, "0")
    assert answer.headers["x-ratelimit-reset"] == "2026-06-12T09:30:05.000Z"


async def test_what_was_closed_is_not_answered_from_memory(site, program, show, store, event, without_redis):
    await show()
    await program.posts(f"/e/{event.slug}{TAG}")
    await store.events.change(event.slug, lambda before: replace(before, mastodon_api=False))
    closed = await program.get(f"/e/{event.slug}{TAG}")

    without_redis()
    after = await program.get(f"/e/{event.slug}{TAG}")

    assert (closed.status_code, after.status_code) == (404, 429)


async def test_those_who_ask_again_cost_one_reading(program, show, monkeypatch, site):
    await show()
    await program.posts()
    feeds, calls = type(site.store.feeds), []
    monkeypatch.setattr(feeds, "snapshot", lambda *args, **options: calls.append(args))

    for _ in range(5):
        await program.posts()

    assert calls == []


async def test_what_is_kept_is_bounded(site, store, event, opened, monkeypatch):
    monkeypatch.setattr("wall.web.mastodon.walls.MOST_KEPT", 1)
    monkeypatch.setattr("wall.web.mastodon.walls.MOST_DOORS", 2)
    walls = Walls(site.store, site.services["hub"])

    wall = await walls.look(opened)
    for number in range(5):
        program = Program(site, event.slug)
        await program.get(TAG, headers={"host": f"10.0.0.{number}"})

    assert list(walls.kept) == [event.slug] == [wall.event.slug]
    assert len(site.services["walls"].kept[event.slug].built) <= 2


async def test_a_server_says_what_it_is(program, event):
    one = (await program.get("/api/v1/instance")).json()
    two = (await program.get("/api/v2/instance")).json()

    assert (one["uri"], two["domain"]) == ("127.0.0.1", "127.0.0.1")
    assert event.title in one["title"]
    assert two["registrations"]["enabled"] is False


@pytest.mark.parametrize(
    ("query", "found"), [("#pycon", ["pyconex"]), ("PyConEx", ["pyconex"]), ("x", []), ("", [])]
)
async def test_hashtags_are_found_by_how_they_begin(program, query, found):
    answer = await program.get("/api/v2/search", params={"q": query, "type": "hashtags"})

    assert [one["name"] for one in answer.json()["hashtags"]] == found
    assert (answer.json()["statuses"], answer.json()["accounts"]) == ([], [])


async def test_a_fediwall_is_set_up_by_one_address(program, event):
    told = (await program.get(f"/{event.slug}/wall-config.json")).json()

    assert (told["servers"], told["tags"]) == (["127.0.0.1"], ["PyConEx"])
    assert {told[name] for name in ("hideBots", "hideReplies", "hideBoosts", "showInfo")} == {False}
    assert told["title"] == event.title
