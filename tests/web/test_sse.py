import json

import httpx2
import pytest
import pytest_asyncio

from tests.cast import NOW, a_decision
from tests.waiting import until
from tests.web.roads import events, through, websocket
from tests.web.site import Site
from wall.web.frames import Close


@pytest_asyncio.fixture
async def served(redis_server, tmp_path):
    async with Site(tmp_path, redis_server.url).listening() as served:
        yield served


def stream(event, query=""):
    return f"/{event.slug}/stream.sse{query}"


async def test_a_reader_is_greeted_and_told_what_it_lacks(served, store, event):
    start = await store.feeds.tip(event.slug, "public")
    await through(store, event, "one")
    await through(store, event, "two")

    async with events(served.base, stream(event, f"?cursor={start}")) as (answer, told):
        hello, updates = await anext(told), await anext(told)

    assert answer.headers["content-type"].startswith("text/event-stream")
    assert hello["data"]["type"] == "hello"
    assert [one["post"]["text"] for one in updates["data"]["updates"]] == ["one", "two"]
    assert updates["id"] == updates["data"]["cursor"] == str(await store.feeds.tip(event.slug, "public"))


async def test_what_is_said_is_what_the_websocket_says(served, store, event):
    async with (
        events(served.base, stream(event, "?view=html")) as (_, told),
        websocket(served.base, f"/{event.slug}/stream?view=html") as socket,
    ):
        await anext(told)
        await socket.recv()
        await through(store, event, "hello")

        said = (await anext(told))["data"]
        heard = await socket.recv()

    assert said == json.loads(heard)


async def test_the_id_a_browser_comes_back_with_wins_over_the_cursor_of_its_first_request(served, store, event):
    start = await store.feeds.tip(event.slug, "public")
    await through(store, event, "seen")
    place = await store.feeds.tip(event.slug, "public")
    await through(store, event, "missed")

    async with events(served.base, stream(event, f"?cursor={start}"), **{"last-event-id": str(place)}) as (
        _,
        told,
    ):
        await anext(told)
        updates = await anext(told)

    assert [one["post"]["text"] for one in updates["data"]["updates"]] == ["missed"]


@pytest.mark.parametrize("cursor", ["other:3", "nonsense", "٣:٣"])
async def test_a_cursor_of_no_history_of_ours_ends_in_a_resync_without_a_place(served, event, cursor):
    async with events(served.base, stream(event, f"?cursor={cursor}")) as (_, told):
        hello, resync = await anext(told), await anext(told)

    assert resync == {"data": {"type": "resync"}}
    assert "id" not in hello


async def test_an_update_comes_at_once_through_compression_and_is_kept_by_no_cache(served, store, event):
    async with events(served.base, stream(event), **{"accept-encoding": "gzip"}) as (answer, told):
        await anext(told)
        await through(store, event, "now")

        update = await anext(told)

    assert update["data"]["updates"][0]["kind"] == "posted"
    assert "content-encoding" not in answer.headers
    assert "content-length" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-accel-buffering"] == "no"


async def test_a_browser_is_told_when_to_come_back_by_itself(served, event):
    async with events(served.base, stream(event)) as (_, told):
        hello = await anext(told)

    assert 1_000 <= int(hello["retry"]) <= 5_000


async def test_a_quiet_stream_beats(served, event, monkeypatch):
    monkeypatch.setattr("wall.hub.BEAT_SECONDS", 0.01)

    async with events(served.base, stream(event)) as (_, told):
        await anext(told)
        beat = await anext(told)

    assert beat["data"] == {"type": "beat", "cursor": beat["id"]}


async def test_a_removed_post_is_told_and_not_told_again_in_its_words(served, store, event):
    start = await store.feeds.tip(event.slug, "public")
    standing = await through(store, event, "secret")
    await store.posts.decide(event.slug, a_decision("remove", standing), now=NOW)

    async with events(served.base, stream(event, f"?cursor={start}")) as (_, told):
        await anext(told)
        updates = (await anext(told))["data"]["updates"]

    assert [one["kind"] for one in updates] == ["void", "removed"]
    assert not any("post" in one for one in updates)


@pytest.mark.parametrize("bound", ["max_streams", "max_streams_per_address"])
async def test_too_many_are_refused_and_a_place_is_free_again_once_one_goes(redis_server, tmp_path, event, bound):
    async with Site(tmp_path, redis_server.url, **{bound: 1}).listening() as served:
        doors = served.services["doors"]
        async with events(served.base, stream(event)) as (_, told):
            await anext(told)
            async with events(served.base, stream(event)) as (refused, _):
                pass
        await until(lambda: doors.open == 0)
        async with events(served.base, stream(event)) as (again, _):
            pass

    assert refused.status_code == 429
    assert refused.headers["retry-after"]
    assert again.status_code == 200


async def test_a_process_that_leaves_says_come_back_and_ends_the_stream(redis_server, tmp_path, event):
    async with (
        Site(tmp_path, redis_server.url).listening() as served,
        events(served.base, stream(event)) as (_, told),
    ):
        await anext(told)
        served.services["drain"].begin()

        rest = [one["data"] async for one in told]

    assert rest == [{"type": "close", "code": Close.RESTARTING}]


async def test_a_screen_taken_back_is_told_to_stay_away(served, store, event, monkeypatch):
    monkeypatch.setattr("wall.web.follow.RECHECK_SECONDS", 0.01)
    screen, token = await store.screens.open(event.slug, "Main hall", now=NOW)
    cookie = {"cookie": f"screen-{event.slug}={token}"}

    async with events(served.base, f"/{event.slug}/screen/stream.sse", **cookie) as (_, told):
        await anext(told)
        await store.screens.revoke(event.slug, screen.id)

        rest = [one["data"] async for one in told]

    assert rest[-1] == {"type": "close", "code": Close.NOT_ALLOWED}


@pytest.mark.parametrize("path", ["screen/stream.sse", "moderate/stream.sse"])
async def test_strangers_get_no_stream_of_screens_and_desk(served, event, path):
    async with events(served.base, f"/{event.slug}/{path}") as (answer, _):
        pass

    assert answer.status_code == 401


async def test_a_head_request_ends(served, event):
    async with httpx2.AsyncClient(base_url=served.base, trust_env=False) as client:
        answer = await client.head(stream(event))

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/event-stream")
