"""Both kinds of adopted connections, each on one end of a pair of sockets."""

import asyncio
import socket
from contextlib import suppress

import pytest
import pytest_asyncio

from tests.web.wire import sent
from wall.core.measures import Measures
from wall.core.websocket import Opcode, close, frame
from wall.web.adopted import ThroughTransport
from wall.web.direct import Direct, Sockets

UPDATE = frame(Opcode.TEXT, b"an update")


class Fanout:
    """Who is told what becomes of viewers."""

    def __init__(self):
        self.measures = Measures()
        self.gone = asyncio.Event()
        self.caught = []
        self.ending = set()

    def caught_up(self, viewer):
        self.caught.append(viewer)

    def ends(self, viewer):
        self.ending.add(viewer)

    def lost(self, viewer):
        self.ending.discard(viewer)
        self.gone.set()


@pytest_asyncio.fixture
async def fanout():
    return Fanout()


@pytest_asyncio.fixture(params=["direct", "transport"])
async def pair(fanout, request):
    """A viewer, and the other end of its socket."""
    near, far = socket.socketpair()
    near.setblocking(False)
    far.setblocking(False)
    sockets = Sockets()
    if request.param == "direct":
        viewer = Direct(fanout, "203.0.113.7", near, sockets, packed=False)
    else:
        transport, _ = await asyncio.get_running_loop().connect_accepted_socket(asyncio.Protocol, near)
        viewer = ThroughTransport(fanout, "203.0.113.7", transport, packed=False)
    yield viewer, far
    viewer.abort()
    sockets.close()
    far.close()


async def rest(far):
    """All that still comes, until it was all."""
    data = b""
    with suppress(ConnectionResetError):
        async with asyncio.timeout(5):
            while more := await asyncio.get_running_loop().sock_recv(far, 65536):
                data += more
    return data


async def left(fanout):
    async with asyncio.timeout(5):
        await fanout.gone.wait()


def fill(viewer):
    """Send until the viewer takes no more."""
    while viewer.deliver(UPDATE * 1000):
        pass


async def test_after_a_farewell_there_is_nothing(pair):
    viewer, far = pair

    far.send(sent(Opcode.CLOSE, b"\x03\xe8") + sent(Opcode.PING, b"?"))
    heard = await rest(far)
    viewer.deliver(UPDATE)

    assert heard == close(1000)
    assert await rest(far) == b""


async def test_pings_are_not_answered_after_a_farewell(pair):
    viewer, far = pair
    viewer.end(4001)

    far.send(sent(Opcode.PING, b"?") + sent(Opcode.CLOSE, b"\x0f\xa1"))

    assert await rest(far) == close(4001)


@pytest.mark.parametrize(("said", "code"), [(sent(Opcode.CLOSE, b"\x03\xe8"), 1000), (sent(3), 1002)])
async def test_a_farewell_comes_after_what_waits_and_nothing_comes_after_it(pair, fanout, said, code):
    viewer, far = pair
    fill(viewer)

    far.send(said)
    async with asyncio.timeout(5):
        while not viewer.deaf:
            await asyncio.sleep(0)
    heard = await rest(far)

    assert heard.endswith(UPDATE + close(code))
    assert fanout.caught == []


async def test_who_breaks_the_protocol_hears_why_although_it_talks_on(pair, fanout):
    _, far = pair

    far.send(sent(3) + sent(Opcode.BINARY, b"*" * 50_000))

    assert await rest(far) == close(1002)
    assert fanout.measures.violations.values == {("protocol",): 1}


async def test_who_is_on_its_way_out_is_hung_up_on_in_the_end_or_goes(pair, fanout):
    viewer, far = pair

    far.send(sent(3))
    await rest(far)
    assert fanout.ending == {viewer}
    far.close()

    await left(fanout)
    assert fanout.ending == set()


async def test_who_breaks_the_protocol_and_is_gone_is_forgotten(pair, fanout):
    viewer, far = pair
    far.close()

    viewer.hear(sent(3))

    await left(fanout)
    assert fanout.ending == set()
