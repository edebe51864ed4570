import asyncio
import json
from contextlib import aclosing
from datetime import timedelta

import pytest
from starlette.responses import HTMLResponse, JSONResponse

from tests.cast import a_post
from tests.sources.fediverse import GOTOSOCIAL, PAGE, SNAC, TOKEN, fediverse, status
from tests.sources.world import NOW, deletes, healths, last_position, posts, set_aside, until
from wall.errors import InvalidInput, SourceError
from wall.sources.mastodon.source import Mastodon


class Fast(Mastodon):
    poll_seconds = (0.02, 0.03)
    sweep_seconds = (0.02, 0.03)
    longest_wait_seconds = 0.05


@pytest.fixture
def source(world):
    """Make a source of these servers."""

    def of(*servers, **options):
        return Fast(world(servers=" ".join(server.address for server in servers), **options))

    return of


async def test_a_recorded_timeline_is_read_whole(source):
    async with fediverse(*SNAC) as server:
        events = await until(source(server), lambda events: healths(events))

    public = [one for one in SNAC if one["visibility"] == "public" and not one["reblog"]]
    assert sorted(post.uid for post in posts(events)) == sorted(f"ap:{one['uri']}" for one in public)
    assert healths(events) == [("healthy", f"Reading {server.host}.")]


async def test_the_same_post_on_two_servers_is_one(source):
    async with fediverse(*GOTOSOCIAL) as home, fediverse({**GOTOSOCIAL[0], "id": "elsewhere"}) as other:
        events = await until(source(home, other), lambda events: "and" in str(healths(events)))

    assert [post.uid for post in posts(events)] == [f"ap:{GOTOSOCIAL[0]['uri']}"]


async def test_nothing_is_yielded_twice_while_nothing_changes(source):
    async with fediverse(status(1), status(2)) as server:
        events = await until(source(server), lambda _: len(server.requests) > 10)

    assert len(posts(events)) == 2


async def test_a_post_that_arrives_late_below_the_newest_is_found(source):
    async with fediverse(status(5)) as server:

        def late(events):
            if posts(events):
                server.statuses["000003"] = status(3, created_at="2026-11-22T09:45:00Z")
            return len(posts(events)) == 2

        events = await until(source(server), late)

    assert [post.uid[-1] for post in posts(events)] == ["5", "3"]
    assert not any("since_id" in request or "min_id" in request for request in server.requests)


async def test_a_busy_hashtag_is_paged_through(source):
    async with fediverse(*(status(number) for number in range(100))) as server:
        events = await until(source(server), lambda events: len(posts(events)) == 100)

    assert posts(events)[0].uid.endswith("/60")
    assert "max_id=000060" in "".join(server.requests)


async def test_three_pages_are_enough_once_the_first_reading_is_done(source):
    async with fediverse(*(status(number) for number in range(600))) as server:
        await until(source(server), lambda events: healths(events) and timelines(server)[12:])

    first = [request.partition("max_id=")[2] for request in timelines(server)[:10]]
    assert first == ["", *(f"{600 - PAGE * page:06}" for page in range(1, 10))]
    assert [request.partition("max_id=")[2] for request in timelines(server)[10:13]] == ["", "000560", "000520"]


def timelines(server):
    return [request for request in server.requests if "timelines" in request]


async def test_an_edit_is_told_with_a_higher_revision(source):
    async with fediverse(status(1)) as server:

        def edited(events):
            if posts(events):
                server.statuses["000001"] = status(1, "Better #PyConDE", edited_at="2026-11-22T09:59:30Z")
            return len(posts(events)) == 2

        first, second = posts(await until(source(server), edited))

    assert second.text == "Better #PyConDE"
    assert second.revision > first.revision


@pytest.mark.parametrize("batches", [True, False])
async def test_a_post_deleted_upstream_is_told_without_a_stream(source, batches):
    kept, gone = status(1), status(2)
    uids = [f"ap:{one['uri']}" for one in (kept, gone)]
    async with fediverse(kept, gone) as server:
        server.batches = batches

        def deleted(events):
            if len(posts(events)) == 2:
                server.statuses.pop("000002", None)
            return deletes(events)

        events = await until(source(server, known=uids), deleted)

    assert {event.uid for event in deletes(events)} == {uids[1]}


async def test_a_reply_from_before_a_restart_is_looked_for_though_no_timeline_has_it(source):
    async with fediverse(status(8)) as server:
        server.answers["timeline"] = JSONResponse([])
        reply = a_post(uid=f"ap:{status(8)['uri']}", aliases=(f"local:{server.host}/000008",))

        def deleted(events):
            if "/api/v1/statuses/000008" in server.requests:
                server.statuses.clear()
            return deletes(events)

        events = await until(source(server, known=[reply.uid], recall=[reply]), deleted)

    assert {event.uid for event in deletes(events)} == {reply.uid}


@pytest.mark.parametrize("refusal", [401, 404])
async def test_a_server_that_shows_no_single_status_is_not_believed_to_have_deleted_all(source, refusal):
    async with fediverse(status(1)) as server:
        server.batches = False
        server.answers["single"] = JSONResponse({"error": "no"}, status_code=refusal)

        events = await until(
            source(server, known=[f"ap:{status(1)['uri']}"]),
            lambda events: healths(events) and timelines(server)[8:],
        )

    assert (len(posts(events)), deletes(events)) == (1, [])


async def test_an_edit_below_the_window_is_found_by_looking_again(source):
    old = [status(number, created_at="2026-11-21T10:00:00Z") for number in range(100)]
    async with fediverse(*old) as server:

        def edited(events):
            if len(posts(events)) == 100:
                server.statuses["000001"] = status(1, "Later #PyConDE", edited_at="2026-11-22T09:59:30Z")
            return len(posts(events)) == 101

        events = await until(source(server, known=[f"ap:{old[1]['uri']}"]), edited)

    assert posts(events)[-1].text == "Later #PyConDE"


async def test_one_server_in_maintenance_leaves_the_others_alone(source):
    async with fediverse(status(1)) as well, fediverse() as ill:
        ill.answers["timeline"] = HTMLResponse("<h1>Down for maintenance</h1>")

        events = await until(
            source(well, ill), lambda events: "degraded" in str(healths(events)) and posts(events)
        )

    assert len(posts(events)) == 1
    assert f"Still there: {well.host}." in str(healths(events))


async def test_a_source_whose_only_server_fails_says_so_and_recovers(source):
    async with fediverse(status(1)) as server:
        server.answers["timeline"] = JSONResponse({"error": "oops"}, status_code=503)

        def recovered(events):
            if healths(events):
                server.answers.clear()
            return posts(events)

        events = await until(source(server), recovered)

    assert healths(events)[0][0] == "failing"


async def test_a_source_that_is_refused_everywhere_says_what_is_missing(source):
    async with fediverse() as server:
        server.answers["timeline"] = JSONResponse({"error": "unauthorised"}, status_code=401)

        with pytest.raises(SourceError, match="shows hashtags to its own people only") as refusal:
            await until(source(server), lambda _: False)

    assert refusal.value.permanent


async def test_a_server_that_shows_strangers_half_of_it_says_so(source):
    async with fediverse(status(1)) as server:
        server.strangers_see_own_only = True

        events = await until(source(server), healths)

    assert len(posts(events)) == 1
    assert healths(events) == [
        (
            "degraded",
            f"Reading {server.host}. "
            f"{server.host} shows strangers the posts of its own people only; for all it knows of, add a token.",
        )
    ]


async def test_how_often_a_post_was_boosted_is_told_when_it_is_polled(world):
    times = iter(NOW + timedelta(minutes=minute) for minute in range(10**6))
    async with fediverse(status(1, reblogs_count=2)) as server:

        def more(events):
            if posts(events):
                server.statuses["000001"]["reblogs_count"] = 7
            return len(posts(events)) == 2

        events = await until(Fast(world(servers=server.address, now=lambda: next(times))), more)

    assert [post.reposts for post in posts(events)] == [2, 7]


async def test_a_wrong_token_is_explained(source):
    async with fediverse() as server:
        server.answers["timeline"] = JSONResponse({"error": "invalid"}, status_code=401)

        with pytest.raises(SourceError, match="does not accept the token"):
            await until(source(server, token="wrong"), lambda _: False)


async def test_a_server_nearly_out_of_requests_is_left_alone(source, monkeypatch):
    async with fediverse(status(1)) as server:
        server.headers = {"X-RateLimit-Remaining": "2", "X-RateLimit-Reset": "2026-11-22T10:04:00Z"}
        slept = []
        real = asyncio.sleep

        async def noted(seconds):
            slept.append(seconds)
            await real(0 if seconds < 1 else 3600)

        monkeypatch.setattr("wall.sources.mastodon.server.asyncio.sleep", noted)
        reading = asyncio.create_task(until(source(server), lambda _: False))
        while not any(seconds > 60 for seconds in slept):
            await real(0.01)
        reading.cancel()

    assert 230 < max(slept) <= 250


async def test_the_live_stream_brings_posts_edits_and_deletes(source):
    async with fediverse() as server:
        reading = source(server, token=TOKEN)

        async with asyncio.timeout(20), aclosing(reading.posts(None)) as batches:
            events = []

            async def more(enough):
                while not enough():
                    events.extend(await anext(batches))

            await more(lambda: "live stream" in str(healths(events)))
            await server.send("update", status(7))
            await more(lambda: posts(events))
            await server.send("update", status(7))
            await server.send("status.update", status(7, "Now #PyConDE", edited_at="2026-11-22T09:59:59Z"))
            await more(lambda: len(posts(events)) == 2)
            await server.send("delete", "000007")
            await server.send("delete", "unknown")
            await more(lambda: len(deletes(events)) == 2)

    assert [post.text for post in posts(events)] == ["Hello #PyConDE", "Now #PyConDE"]
    assert [event.uid for event in deletes(events)] == [posts(events)[0].uid, f"local:{server.host}/unknown"]
    assert "stream hashtag pyconde" in server.requests


async def test_a_broken_frame_is_set_aside_and_the_stream_goes_on(source):
    async with fediverse() as server:
        sending = asyncio.create_task(
            send_all(server, ["{", "[" * 100_000, '"x"', '{"event":"update","payload":"{"}'])
        )

        events = await until(
            source(server, token=TOKEN), lambda events: len(set_aside(events)) == 3 and posts(events)
        )
        await sending

    assert len(posts(events)) == 1


async def send_all(server, frames):
    for frame in frames:
        await server.send_text(frame)
    await server.send("update", status(1))


async def test_a_stream_that_breaks_is_connected_again_and_polling_goes_on(source):
    async with fediverse() as server:

        def enough(events):
            return len(posts(events)) == 2

        async def break_it():
            await server.streams.wait()
            await server.drop()
            server.statuses["000001"] = status(1)
            await server.send("update", status(2))

        breaking = asyncio.create_task(break_it())
        events = await until(source(server, token=TOKEN), enough)
        await breaking

    assert server.requests.count("stream hashtag pyconde") == 2
    assert "degraded" in str(healths(events))


async def test_a_token_refused_by_the_stream_is_explained_and_polling_goes_on(source):
    async with fediverse(status(1)) as server:
        events = await until(
            source(server, token="other"), lambda events: "degraded" in str(healths(events)) and posts(events)
        )

    assert "lacks the permission read:statuses" in str(healths(events))


async def test_broken_statuses_are_set_aside_once_and_the_rest_is_shown(source):
    async with fediverse(status(1)) as server:
        server.raw = [
            {"id": "9"},
            "text",
            None,
            [["deep"]],
            {**status(8), "account": None},
            {**status(9), "id": []},
        ]

        events = await until(source(server), lambda _: len(server.requests) > 6)

    assert len(posts(events)) == 1
    assert len(set_aside(events)) == 6


async def test_the_position_says_how_far_each_server_was_read(source):
    async with fediverse(status(1)) as server:
        events = await until(source(server), posts)

    assert json.loads(last_position(events)) == {server.host: "2026-11-22T09:59:00+00:00"}


async def test_the_domain_of_handles_is_what_the_server_says_if_it_may_say_so(source):
    async with fediverse(status(1)) as server:
        server.answers["instance"] = JSONResponse({"domain": "bank.example"})

        events = await until(source(server), posts)

    assert posts(events)[0].author.handle == f"mia@{server.host}"


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"servers": ""}, "servers"),
        ({"servers": "https://a.example/?q"}, "servers"),
        ({"servers": "http://a.example"}, "servers"),
        ({"servers": "user@a.example"}, "servers"),
        ({"servers": "a b c d e f g h i j k l m"}, "servers"),
        ({"servers": "a.example", "token": "two words"}, "token"),
        ({"servers": "a.example b.example", "token": "x"}, "token_server"),
        ({"servers": "a.example", "token": "x", "token_server": "b.example"}, "token_server"),
    ],
)
def test_options_that_cannot_be_used_are_named(options, field):
    with pytest.raises(InvalidInput) as refusal:
        Mastodon.check(options)

    assert refusal.value.field == field


def test_servers_may_be_written_in_many_ways():
    checked = Mastodon.check(
        {"servers": " Mastodon.social,\nhttps://fosstodon.org/ bücher.example mastodon.social "}
    )

    assert checked["servers"] == "https://mastodon.social https://fosstodon.org https://xn--bcher-kva.example"
