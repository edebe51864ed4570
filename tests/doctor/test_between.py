"""What stands between people and a wall, built for real: the sound one, and each that is wrong in one way."""

import pytest

from tests.doctor.proxies import closing, proxy, with_header, without_extensions, without_websockets
from tests.raw_server import RawServer, answer, listening
from wall.core.tickets import StreamTicket, make_stream_ticket
from wall.doctor.door import door
from wall.doctor.door import proxy as judged
from wall.doctor.probing import door as doors
from wall.doctor.probing import streams
from wall.doctor.streams import events, websocket

SOON = {"patience": 1.0, "watched": 0.0}


@pytest.fixture
async def wall(served, event):
    """A wall in a real server, with an event; yields its port, the slug and a ticket for its stream."""
    secret = await served.store.screens.secret(event.slug)
    ticket = make_stream_ticket(secret, StreamTicket(event.slug, "json"), now=served.time)
    return served.port, event.slug, ticket


async def test_a_captive_portal_is_told_from_a_wall(wall):
    portal = RawServer()
    portal.answers["/healthz"] = answer(status="302 Found", headers=["Location: http://login.hotel.example/"])
    async with listening(portal.serve) as port, doors.client() as asking:
        there = door(await doors.knock(asking, f"http://127.0.0.1:{port}"))
        ours = door(await doors.knock(asking, f"http://127.0.0.1:{wall[0]}"))

    assert ("captive portal" in there.found, ours.verdict) == (True, "ok")


async def test_a_port_is_known_by_who_answers(wall):
    async with listening(RawServer().serve) as other:
        assert await doors.port("127.0.0.1", other) == "somebody else"
    assert await doors.port("127.0.0.1", wall[0]) == "a wall"
    assert await doors.port("203.0.113.1", 8000) == "not ours"
    assert await doors.port("127.0.0.1", 0) == "free"


async def test_a_sound_proxy_lets_everything_through(wall):
    port, slug, ticket = wall
    async with proxy(port) as front, doors.client() as asking:
        base = f"http://127.0.0.1:{front}"
        by_websocket = await streams.websocket(base, slug, ticket=ticket, **SOON)
        by_events = await streams.events(asking, base, slug, **SOON)

    assert by_websocket.packed
    assert [one.verdict for one in [*websocket(by_websocket), *events(by_events)]] == ["ok", "ok"]


async def test_a_proxy_without_websockets_is_wrong(wall):
    port, slug, _ticket = wall
    async with proxy(port, change=without_websockets) as front:
        found = websocket(await streams.websocket(f"http://127.0.0.1:{front}", slug, **SOON))

    assert [one.verdict for one in found] == ["wrong"]
    assert "Upgrade" in found[0].todo


async def test_a_proxy_that_leaves_compression_out_asks_for_care(wall):
    port, slug, ticket = wall
    async with proxy(port, change=without_extensions) as front:
        found = websocket(await streams.websocket(f"http://127.0.0.1:{front}", slug, ticket=ticket, **SOON))

    assert [one.verdict for one in found] == ["ok", "careful"]


async def test_a_proxy_that_buffers_is_wrong(wall):
    port, slug, _ticket = wall
    async with proxy(port, buffers=True) as front, doors.client() as asking:
        found = events(await streams.events(asking, f"http://127.0.0.1:{front}", slug, **SOON))

    assert [one.verdict for one in found] == ["wrong"]
    assert "proxy_buffering off" in found[0].todo


async def test_a_quiet_stream_without_a_beat_is_wrong(wall):
    port, slug, _ticket = wall
    heard = await streams.websocket(f"http://127.0.0.1:{port}", slug, patience=2.0, watched=0.2)

    assert [one.verdict for one in websocket(heard)] == ["ok", "wrong"]


async def test_a_proxy_that_refuses_pictures_is_wrong(wall):
    port, slug, _ticket = wall
    async with doors.client() as asking:
        async with proxy(port, change=closing, most=1_000_000) as front:
            small = await doors.upload(asking, f"http://127.0.0.1:{front}", slug)
        async with proxy(port) as front:
            large = await doors.upload(asking, f"http://127.0.0.1:{front}", slug)

    assert (small.refused, large.refused) == (True, False), large.why


async def test_what_a_proxy_says_of_callers_is_compared_with_what_the_wall_believes(wall):
    forwards = {
        "sound": lambda head: with_header(head_without_claims(head), b"x-forwarded-for: 192.0.2.7"),
        "believes callers": lambda head: (
            head if b"forwarded-for" in head else with_header(head, b"x-forwarded-for: 192.0.2.7")
        ),
    }
    told = {}
    for name, change in forwards.items():
        async with (
            proxy(wall[0], change=lambda head, change=change: closing(change(head))) as front,
            doors.client() as asking,
        ):
            base = f"http://127.0.0.1:{front}"
            pretended = await doors.reached(asking, base, claimed=doors.CLAIMED)
            told[name] = judged(await doors.reached(asking, base), pretended)[0].verdict

    assert told == {"sound": "ok", "believes callers": "wrong"}


def head_without_claims(head):
    return b"\r\n".join(line for line in head.split(b"\r\n") if not line.lower().startswith(b"x-forwarded-for:"))
