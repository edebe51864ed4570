import asyncio
import socket
from types import SimpleNamespace

import pytest_asyncio

from tests.web.wire import sent
from wall.core.measures import Measures
from wall.core.websocket import Opcode, close, frame
from wall.web import adopted
from wall.web.adopted import Adopted

UPDATE = frame(Opcode.TEXT, b"an update")
LONG_SECONDS, SHORT_SECONDS = 600.0, 0.01


class Fanout:
    """Who is told what becomes of viewers."""

    def __init__(self):
        self.measures = Measures()
        self.gone = asyncio.Event()
        self.caught = []

    def caught_up(self, viewer):
        self.caught.append(viewer)

    def lost(self, viewer):
        self.gone.set()


@pytest_asyncio.fixture
async def fanout():
    return Fanout()


@pytest_asyncio.fixture
async def pair(fanout):
    """A viewer, and the other end of its socket."""
    loop = asyncio.get_running_loop()
    near, far = socket.socketpair()
    far.setblocking(False)
    transport, _ = await loop.connect_accepted_socket(asyncio.Protocol, near)
    viewer = Adopted(fanout, SimpleNamespace(packed=False), transport, "203.0.113.7")
    transport.set_protocol(viewer)
    yield viewer, far
    transport.abort()
    far.close()


async def heard(far, count):
    data = b""
    async with asyncio.timeout(5):
        while len(data) < count and (more := await asyncio.get_running_loop().sock_recv(far, 65536)):
            data += more
    return data


async def left(fanout):
    async with asyncio.timeout(5):
        await fanout.gone.wait()


def fill(viewer):
    """Send until the viewer takes no more."""
    while viewer.deliver(UPDATE * 1000):
        pass


async def test_nothing_is_sent_after_a_farewell(pair):
    viewer, far = pair

    viewer.end(4001)
    viewer.deliver(UPDATE)
    viewer.hear(Opcode.PING, b"?")
    viewer.end(4008)
    viewer.transport.abort()

    assert await heard(far, 100) == close(4001)


async def test_nothing_is_sent_after_a_farewell_that_had_to_wait(pair, fanout):
    viewer, far = pair
    fill(viewer)

    viewer.end(4001)
    waiting = viewer.transport.get_write_buffer_size()
    viewer.deliver(UPDATE)

    assert viewer.transport.get_write_buffer_size() == waiting
    async with asyncio.timeout(5):
        while viewer.transport.get_write_buffer_size():
            await heard(far, 1)
    assert fanout.caught == []


async def test_who_breaks_the_protocol_hears_why_and_may_then_go(pair, fanout, monkeypatch):
    monkeypatch.setattr(adopted, "PARTING_SECONDS", LONG_SECONDS)
    _, far = pair

    far.send(sent(3))
    assert await heard(far, 100) == close(1002)
    far.send(sent(Opcode.CLOSE, b"\x03\xea"))
    far.close()

    await left(fanout)
    assert fanout.measures.violations.values == {(): 1}


async def test_who_breaks_the_protocol_and_stays_is_cut_off(pair, fanout, monkeypatch):
    monkeypatch.setattr(adopted, "PARTING_SECONDS", SHORT_SECONDS)
    _, far = pair

    far.send(sent(3))

    await left(fanout)


async def test_who_says_farewell_and_reads_nothing_is_cut_off(pair, fanout, monkeypatch):
    monkeypatch.setattr(adopted, "PARTING_SECONDS", SHORT_SECONDS)
    viewer, far = pair
    fill(viewer)

    far.send(sent(Opcode.CLOSE, b"\x03\xe8"))

    await left(fanout)
