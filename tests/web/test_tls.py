"""The fast road over TLS, where everything goes through the transport, on both event loops."""

import asyncio
import ssl

import pytest
import pytest_asyncio
import trustme
import uvloop

from tests.web.fan_site import frame, serving, texts, until
from tests.web.test_fanout import ended
from tests.web.wire import sent, wire
from wall.core.event import Event
from wall.core.websocket import Opcode
from wall.store import open_store
from wall.web.adopted import WAITING_BYTES, ThroughTransport
from wall.web.group import WRITE_BYTES

LONG = "x" * 40_000


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def certified(authority, tmp_path):
    """uvicorn's options for TLS."""
    certificate = authority.issue_cert("127.0.0.1")
    certificate.private_key_pem.write_to_path(tmp_path / "key.pem")
    certificate.cert_chain_pems[0].write_to_path(tmp_path / "cert.pem")
    return {"ssl_certfile": tmp_path / "cert.pem", "ssl_keyfile": tmp_path / "key.pem"}


@pytest.fixture
def tls(authority):
    """A client's trust in the server."""
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


@pytest_asyncio.fixture
async def served(redis_server, event, tmp_path, certified):
    async with serving(redis_server.url, event, tmp_path, options=certified) as served:
        yield served


def the_viewer(served):
    (group,) = served.fanout.groups.values()
    (viewer,) = group.audience.everyone()
    return viewer


async def test_a_ticket_lets_in_and_updates_come_through_the_transport(served, tls):
    async with served.stream(ticket=await served.ticket(), tls=tls) as stream:
        assert (await frame(stream))["type"] == "hello"
        await served.say("a", "b")

        assert (await texts(stream, 2))[0] == ["a", "b"]
        assert isinstance(the_viewer(served), ThroughTransport)


@pytest.mark.parametrize(
    "origin", ["http://127.0.0.1:{port}", "https://127.0.0.1", "https://evil.example", "null"]
)
async def test_only_the_origin_of_this_address_by_https_is_let_in(served, tls, origin):
    with pytest.raises(Exception, match="403"):
        await served.stream(ticket=await served.ticket(), tls=tls, origin=origin.format(port=served.port))


async def test_a_proxy_that_is_trusted_says_who_asks_and_how(served, tls):
    headers = [("x-forwarded-for", "203.0.113.7"), ("x-forwarded-proto", "http")]
    origin = f"http://127.0.0.1:{served.port}"
    async with served.stream(ticket=await served.ticket(), tls=tls, origin=origin, headers=headers) as stream:
        await frame(stream)

        assert served.adopted == 1
        assert dict(served.services["doors"].addresses) == {"203.0.113.7": 1}


async def test_a_breach_is_ended_with_its_code(served, tls):
    target = f"/{served.event.slug}/stream?ticket={await served.ticket()}"
    async with wire(served.port, target, tls=tls) as stream:
        await stream.frame()

        await stream.say(sent(Opcode.PING, b"?"), sent(3))

        assert await stream.answer() == (Opcode.PONG, b"?")
        assert await stream.answer() == (Opcode.CLOSE, b"\x03\xea")


async def test_who_goes_is_forgotten(served, tls):
    stream = await served.stream(ticket=await served.ticket(), tls=tls)
    await frame(stream)

    await stream.close(code=3001)

    assert stream.close_code == 3001
    await until(lambda: served.adopted == 0)
    assert not served.fanout.connections


async def everything(redis_url, folder, certified, tls, slug):
    """Join, be told, stop reading until paused, go on without a hole, and be sent away.

    Returns what was told in the end, how much waited meanwhile, and the code.
    """
    store = open_store(redis_url)
    event = Event(slug=slug, title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))
    await store.events.create(event)
    await store.database.close()
    async with serving(redis_url, event, folder, max_backlog=10**9, options=certified) as served:
        stream = await served.stream(ticket=await served.ticket(), tls=tls)
        await frame(stream)
        (group,) = served.fanout.groups.values()
        viewer = the_viewer(served)
        stream.transport.pause_reading()
        posts = 0
        while not group.audience.laggards:
            await served.say(LONG)
            posts += 1
        await served.say(*["y"] * 5)
        waiting = viewer.transport.get_write_buffer_size()
        stream.transport.resume_reading()
        told, _ = await texts(stream, posts + 5)
        await until(lambda: not group.audience.laggards)
        ending = asyncio.create_task(ended(stream))
    return told == [LONG] * posts + ["y"] * 5, waiting, await ending


@pytest.mark.parametrize("loop", [asyncio.new_event_loop, uvloop.new_event_loop], ids=["asyncio", "uvloop"])
def test_a_slow_reader_is_paused_goes_on_without_a_hole_and_is_told_to_come_back(
    redis_server, tmp_path, certified, tls, loop, request
):
    slug = f"slow-tls-{request.node.callspec.id}"
    with asyncio.Runner(loop_factory=loop) as runner:
        whole, waiting, code = runner.run(everything(redis_server.url, tmp_path, certified, tls, slug))

    assert whole
    assert waiting <= WAITING_BYTES + WRITE_BYTES
    assert code == 4001
