import asyncio
import logging
import re
import struct
from contextlib import suppress

import pytest
import pytest_asyncio
import uvicorn
import uvloop
from websockets.exceptions import ConnectionClosed

from tests.cast import NOW, a_decision
from tests.web.fan_site import frame, serving, texts, until
from tests.web.wire import request as upgrade
from tests.web.wire import sent
from wall.core.event import Event
from wall.core.websocket import Opcode
from wall.errors import StoreUnavailable
from wall.store import open_store
from wall.web import fanout as fanouts
from wall.web import gate
from wall.web.direct import Direct
from wall.web.group import TICKET_SECONDS
from wall.web.server import Server


@pytest_asyncio.fixture(params=[Server, uvicorn.Server], ids=["direct", "through a transport"])
async def served(redis_server, event, tmp_path, request):
    async with serving(redis_server.url, event, tmp_path, listening=request.param) as served:
        yield served


async def ended(stream):
    """The code that a stream is closed with."""
    with suppress(ConnectionClosed):
        async with asyncio.timeout(10):
            while True:
                await stream.recv()
    return stream.close_code


async def raw(served, text):
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(text)
    return reader, writer


# Who is let straight in


async def test_a_ticket_lets_a_stream_straight_in(served):
    async with served.stream(ticket=await served.ticket()) as stream:
        hello = await frame(stream)

        assert hello["type"] == "hello"
        assert served.adopted == 1


async def test_a_stream_let_straight_in_is_told_what_the_ordinary_road_tells(served):
    async with (
        served.stream(ticket=await served.ticket(), view="json") as fast_one,
        served.stream(view="json") as ordinary,
    ):
        await frame(ordinary)
        await frame(fast_one)
        await served.say("a")

        assert await frame(fast_one) == await frame(ordinary)


async def test_a_screen_let_straight_in_is_told_of_the_curtain_and_of_what_left(served, event):
    screen, _ = await served.store.screens.open(event.slug, "Main hall", now=NOW)
    await served.say("Words that had to go")
    (post_id,) = [one.post_id for one in await served.store.feeds.after(event.slug, "public", 0, limit=1)]
    standing = await served.store.posts.get(event.slug, post_id)
    await served.store.posts.decide(event.slug, a_decision("remove", standing), now=NOW)
    start = await served.store.feeds.tip(event.slug, "public")
    async with served.stream(
        road="screen/stream",
        ticket=await served.ticket(view="html", screen=screen.id),
        view="html",
        cursor=f"{start.epoch}:0",
    ) as stream:
        told = await frame(stream)
        while told["type"] != "updates" or told["updates"][-1]["kind"] != "removed":
            assert "had to go" not in str(told)
            told = await frame(stream)

        await served.store.curtains.draw(event.slug, "blank", by="mia", by_name="Mia", now=NOW)

        (update,) = (await frame(stream))["updates"]
        assert served.adopted == 1
        assert (update["kind"], update["curtain"]["kind"]) == ("curtained", "blank")


@pytest.mark.parametrize(
    "change",
    [
        {"ticket": "9999999999.json..00000000000000000000000000000000"},
        {"ticket": "x"},
        {"view": "html"},
    ],
    ids=["made up", "nonsense", "another view"],
)
async def test_without_a_good_ticket_the_ordinary_road_decides(served, change):
    query = {"ticket": await served.ticket(), **change}

    async with served.stream(**query) as stream:
        assert (await frame(stream))["type"] == "hello"
        assert served.adopted == 0


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1", "http://127.0.0.1.evil.example"]
)
async def test_another_origin_is_refused_even_with_a_ticket(served, origin):
    with pytest.raises(Exception, match="403"):
        await served.stream(ticket=await served.ticket(), origin=origin)

    assert served.adopted == 0


async def test_a_screen_ticket_opens_the_screens_stream_and_no_other(served, event):
    screen, _ = await served.store.screens.open(event.slug, "Main hall", now=NOW)
    ticket = await served.ticket(screen=screen.id)

    async with served.stream(road="screen/stream", ticket=ticket) as stream:
        await frame(stream)
        assert served.adopted == 1
    async with served.stream(ticket=ticket) as stream:
        await frame(stream)
        assert [group.ticket.screen for group in served.fanout.groups.values()] == [screen.id]


async def test_a_screen_that_was_revoked_is_shut_out_at_once(served, event):
    screen, _ = await served.store.screens.open(event.slug, "Main hall", now=NOW)
    ticket = await served.ticket(screen=screen.id)
    async with served.stream(road="screen/stream", ticket=ticket) as stream:
        await frame(stream)

        await served.store.screens.revoke(event.slug, screen.id)

        assert await ended(stream) == 4503
    async with served.stream(road="screen/stream", ticket=ticket) as stream:
        assert await ended(stream) == 4503


async def test_a_moderators_stream_ends_when_they_sign_out(served, event):
    mia = await served.store.people.add("Mia", slug=event.slug, role="moderator")
    secret = await served.store.people.sign_in(mia, browser="Firefox", now=served.services["now"]())
    async with served.stream(road="moderate/stream", headers=[("cookie", f"session={secret}")]) as stream:
        await frame(stream)

        await served.store.people.sign_out_everywhere(mia.id)

        assert await ended(stream) == 4503


async def test_pages_carry_a_ticket_that_lets_in(served, event):
    reader, writer = await raw(
        served, f"GET /{event.slug} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n".encode()
    )
    page = (await reader.read()).decode()
    writer.close()
    ticket = page.split("?ticket=")[1].split('"')[0]

    async with served.stream(ticket=ticket, view="html") as stream:
        await frame(stream)
        assert served.adopted == 1


async def test_hello_carries_the_next_ticket(served):
    async with served.stream(ticket=await served.ticket()) as stream:
        ticket = (await frame(stream))["ticket"]

    async with served.stream(ticket=ticket) as stream:
        await frame(stream)
        assert served.adopted == 1


async def test_who_comes_with_an_old_ticket_is_given_a_new_one_on_the_ordinary_road(served):
    async with served.stream(ticket="1.json..00000000000000000000000000000000") as stream:
        ticket = (await frame(stream))["ticket"]
        assert served.adopted == 0

    async with served.stream(ticket=ticket) as stream:
        await frame(stream)
        assert served.adopted == 1


# What they are told


async def test_a_viewer_who_comes_back_gets_what_it_missed_in_order(served):
    ticket = await served.ticket()
    async with served.stream(ticket=ticket) as stream:
        await frame(stream)
        await served.say("a")
        _, cursor = await texts(stream, 1)
    await served.say("b", "c")

    async with served.stream(ticket=ticket, cursor=cursor.replace(":", "%3A")) as stream:
        assert (await texts(stream, 2))[0] == ["b", "c"]


async def test_a_cursor_that_another_process_gave_out_is_looked_up(served):
    ticket = await served.ticket()
    async with served.stream(ticket=ticket) as first:
        cursor = (await frame(first))["cursor"]
        channel = served.fanout.hub.channels[served.event.slug, "public"]
        await served.say("a")
        await texts(first, 1)
        channel.ring.tip -= 1
        channel.ring._values.pop()

        async with served.stream(ticket=ticket, cursor=cursor.replace(":0", "%3A1")) as stream:
            await frame(stream)
            await served.say("b")

            assert (await texts(stream, 1))[0] == ["b"]


async def test_a_cursor_of_another_history_gets_a_resync(served):
    async with served.stream(ticket=await served.ticket(), cursor="gone:1") as stream:
        await frame(stream)

        assert await frame(stream) == {"type": "resync"}


async def test_many_viewers_get_every_post_once_and_in_order(served):
    ticket = await served.ticket()
    said = [str(number) for number in range(30)]
    streams = [await served.stream(ticket=ticket) for _ in range(40)]

    await served.say(*said)
    told = await asyncio.gather(*(texts(stream, len(said)) for stream in streams))

    assert all(words == said for words, _ in told)
    for stream in streams:
        await stream.close()
    await until(lambda: served.adopted == 0)


async def test_one_compressed_frame_serves_all_who_take_it(served):
    ticket = await served.ticket()
    async with (
        served.stream(ticket=ticket, compression="deflate") as one,
        served.stream(ticket=ticket, compression="deflate") as two,
        served.stream(ticket=ticket) as plain,
    ):
        await served.say("a" * 400)

        assert [(await texts(stream, 1))[0] for stream in (one, two, plain)] == [["a" * 400]] * 3
        assert "permessage-deflate" in one.response.headers["sec-websocket-extensions"]
        (told,) = served.fanout.hub.channels[served.event.slug, "public"].ring
        assert len(told.framed["json", True]) < len(told.framed["json", False])


async def test_a_beat_comes_when_nothing_else_does(served):
    async with served.stream(ticket=await served.ticket()) as stream:
        hello = await frame(stream)

        served.fanout.tick(asyncio.get_running_loop().time() + fanouts.BEAT_SECONDS)

        assert await frame(stream) == {"type": "beat", "cursor": hello["cursor"]}


async def test_a_beat_carries_a_new_ticket_now_and_then(served):
    async with served.stream(ticket=await served.ticket()) as stream:
        await frame(stream)
        (group,) = served.fanout.groups.values()
        group.ticket_at -= TICKET_SECONDS
        beats = []
        for _ in range(2):
            served.fanout.tick(asyncio.get_running_loop().time() + fanouts.BEAT_SECONDS)
            beats.append(await frame(stream))

    assert ["ticket" in beat for beat in beats] == [True, False]


# The protocol after the hand-over


async def test_a_ping_is_answered(served):
    async with served.stream(ticket=await served.ticket()) as stream:
        async with asyncio.timeout(5):
            await (await stream.ping())


async def test_a_close_is_answered_with_its_code(served):
    stream = await served.stream(ticket=await served.ticket())

    await stream.close(code=3001)

    assert stream.close_code == 3001
    await until(lambda: served.adopted == 0)


async def test_too_long_a_message_ends_the_stream(served):
    async with served.stream(ticket=await served.ticket()) as stream:
        await stream.send("x" * 20_000)

        assert await ended(stream) == 1009
        assert served.services["measures"].violations.values == {("oversize",): 1}


async def test_one_who_reads_too_slowly_gets_a_resync_or_is_told_to_come_back(served):
    request = upgrade(f"/{served.event.slug}/stream?ticket={await served.ticket()}", f"127.0.0.1:{served.port}")
    _, writer = await asyncio.open_connection("127.0.0.1", served.port, limit=1024)
    writer.write(request)
    await until(lambda: served.adopted == 1)
    (group,) = served.fanout.groups.values()
    (viewer,) = group.audience.everyone()

    while not group.audience.laggards:
        await served.say(*(["x" * 40_000] * 5))
    waiting = len(viewer._rest) if isinstance(viewer, Direct) else viewer.transport.get_write_buffer_size()
    served.fanout.tick(asyncio.get_running_loop().time() + fanouts.PATIENCE_SECONDS + 1)

    assert waiting <= served.fanout.max_backlog
    assert served.services["measures"].ended.values == {("fast", "too_slow"): 1}
    assert served.adopted == 0
    writer.close()


async def test_those_who_lag_too_far_behind_fetch_the_wall_anew(redis_server, event, tmp_path):
    async with (
        serving(redis_server.url, event, tmp_path, max_backlog=10_000) as served,
        served.stream(ticket=await served.ticket()) as stream,
    ):
        await frame(stream)
        (group,) = served.fanout.groups.values()
        (viewer,) = group.audience.everyone()
        stream.transport.pause_reading()
        while not group.audience.laggards:
            await served.say(*(["x" * 40_000] * 5))
        await served.say(*(["y" * 5_000] * 5))

        stream.transport.resume_reading()
        kinds = set()
        async with asyncio.timeout(10):
            while "resync" not in kinds:
                kinds.add((await frame(stream))["type"])

        await served.say("after")
        words = []
        while words != ["after"]:
            words, _ = await texts(stream, 1)
        assert served.services["measures"].resyncs.values["slow",] >= 1
        assert not viewer.waits


# Bounds


async def test_there_are_only_so_many_streams_from_one_address(redis_server, event, tmp_path):
    async with serving(redis_server.url, event, tmp_path, max_streams_per_address=1) as served:
        ticket = await served.ticket()
        async with served.stream(ticket=ticket), served.stream(ticket=ticket) as second:
            assert await ended(second) == 4029
            assert served.services["measures"].refused.values == {("address",): 1}


async def test_addresses_are_those_that_a_trusted_proxy_forwards(redis_server, event, tmp_path):
    async with serving(redis_server.url, event, tmp_path) as served:
        headers = [("x-forwarded-for", "203.0.113.7"), ("x-forwarded-proto", "https")]
        origin = f"https://127.0.0.1:{served.port}"
        async with served.stream(ticket=await served.ticket(), origin=origin, headers=headers) as stream:
            await frame(stream)

            assert dict(served.services["doors"].addresses) == {"203.0.113.7": 1}


async def test_who_never_says_what_it_wants_is_let_go(served):
    reader, writer = await raw(served, b"GET / HTTP/1.1\r\nhost:")
    await until(lambda: served.services["gate"].arriving)

    served.services["gate"].tick(asyncio.get_running_loop().time() + gate.HEAD_SECONDS)

    with suppress(ConnectionResetError):
        assert await reader.read() == b""
    assert served.services["measures"].heads.values == {("late",): 1}
    writer.close()


async def test_a_head_without_end_is_refused(served):
    reader, writer = await raw(served, b"GET / HTTP/1.1\r\n" + b"x: y\r\n" * 10_000)

    assert (await reader.read(12)) == b"HTTP/1.1 431"
    assert served.services["measures"].heads.values == {("long",): 1}
    writer.close()


async def test_a_head_in_pieces_is_put_together(served):
    reader, writer = await raw(served, b"GET /heal")
    await until(lambda: served.services["gate"].arriving)
    writer.write(b"thz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")

    assert (await reader.read()).endswith(b"alive\n")
    writer.close()


async def test_both_roads_share_one_bound_of_all_streams(redis_server, event, tmp_path):
    async with serving(redis_server.url, event, tmp_path, max_streams=2) as served:
        ticket = await served.ticket()
        async with served.stream(ticket=ticket) as fast_one, served.stream() as ordinary:
            await frame(fast_one)
            await frame(ordinary)

            async with served.stream(ticket=ticket) as third, served.stream() as fourth:
                assert await ended(third) == 4029
                assert await ended(fourth) == 4029
        assert served.services["measures"].refused.values == {("all",): 2}


async def test_who_talks_on_before_the_answer_is_answered_once_and_heard_after_it(served):
    request = upgrade(f"/{served.event.slug}/stream?ticket={await served.ticket()}", f"127.0.0.1:{served.port}")
    reader, writer = await raw(served, request + sent(Opcode.BINARY, b"*" * 16_000))
    writer.write(sent(Opcode.BINARY, b"*" * 16_000) * 20 + sent(Opcode.PING, b"at last"))

    async with asyncio.timeout(5):
        answer = await reader.readuntil(b"at last")

    assert answer.count(b"HTTP/1.1") == 1
    assert served.adopted == 1
    writer.close()
    await until(lambda: not served.server.server_state.connections)


# What is logged


@pytest.mark.parametrize(
    ("headers", "address"),
    [((), "127.0.0.1"), ((("x-forwarded-for", "203.0.113.7"),), "203.0.113.7")],
    ids=["direct", "behind a proxy"],
)
async def test_the_access_log_has_both_roads_and_no_ticket_of_the_fast_one(
    redis_server, event, tmp_path, caplog, headers, address
):
    caplog.set_level(logging.INFO, "uvicorn.error")
    async with serving(redis_server.url, event, tmp_path) as served:
        async with served.stream(headers=headers) as ordinary:
            await frame(ordinary)
        async with served.stream(headers=headers, ticket=await served.ticket()) as fast_one:
            await frame(fast_one)

    lines = [re.sub(r":\d+ ", " ", line) for line in caplog.messages if "WebSocket" in line]
    assert lines == [f'{address} - "WebSocket /{event.slug}/stream" [accepted]'] * 2


# The end


async def test_viewers_are_told_to_come_back_when_the_process_stops(redis_server, event, tmp_path):
    async with serving(redis_server.url, event, tmp_path) as served:
        stream = await served.stream(ticket=await served.ticket())
        await frame(stream)
        ending = asyncio.create_task(ended(stream))

    assert await ending == 4001


async def what_matters(redis_url, folder):
    """Join, be told, lag, be told to fetch the wall anew, and be sent away."""
    store = open_store(redis_url)
    event = Event(slug="on-uvloop", title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))
    await store.events.create(event)
    await store.database.close()
    # Ended from within: an alarm of pytest that goes off within the other loop leaves it unable to close.
    async with (
        asyncio.timeout(60),
        serving(redis_url, event, folder, max_backlog=10_000) as served,
    ):
        stream = await served.stream(ticket=await served.ticket())
        await frame(stream)
        (group,) = served.fanout.groups.values()
        await served.say("first")
        told = [(await texts(stream, 1))[0]]
        stream.transport.pause_reading()
        while not group.audience.laggards:
            await served.say(*(["x" * 40_000] * 5))
        await served.say(*(["y" * 5_000] * 5))
        stream.transport.resume_reading()
        while (await frame(stream))["type"] != "resync":
            pass
        await served.say("after")
        while (words := (await texts(stream, 1))[0]) != ["after"]:
            pass
        told.append(words)
        ending = asyncio.create_task(ended(stream))
    return told, await ending


def test_it_is_the_same_on_the_faster_loop(redis_server, tmp_path):
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        told, code = runner.run(what_matters(redis_server.url, tmp_path))

    assert told == [["first"], ["after"]]
    assert code == 4001


async def test_a_vanished_viewer_is_forgotten(served):
    stream = await served.stream(ticket=await served.ticket())
    await frame(stream)
    sock = stream.transport.get_extra_info("socket")
    sock.setsockopt(1, 13, struct.pack("ii", 1, 0))  # SO_LINGER: a reset instead of a farewell
    stream.transport.abort()

    await until(lambda: served.adopted == 0)
    assert not served.fanout.connections


async def test_viewers_stay_looked_after_when_redis_fails_while_another_comes(served, monkeypatch):
    ticket = await served.ticket()
    async with served.stream(ticket=ticket) as here:
        epoch = (await frame(here))["cursor"].split(":")[0]
        monkeypatch.setattr(served.store.events, "get", unavailable)
        async with served.stream(ticket=ticket, cursor=f"{epoch}:7"):
            monkeypatch.undo()
            async with served.stream(ticket=ticket) as later:
                await frame(later)

                assert (served.fanout.open, served.adopted) == (3, 3)


async def unavailable(slug):
    raise StoreUnavailable("Redis does not answer.")
