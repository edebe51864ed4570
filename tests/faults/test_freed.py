"""G7: whoever asks and then reads nothing is freed by the kernel, whatever they asked for.

Streams end by a deadline of their own: tests/web/test_follow.py and tests/web/test_fanout.py.
"""

import asyncio
import socket
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from tests.audience import persist
from tests.cast import a_post
from tests.conftest import slugs
from tests.faults.house import THROUGH, Web, now
from tests.waiting import until
from wall import processes
from wall.config import Config
from wall.core.event import Event
from wall.processes import listen
from wall.store.submission import Submission

EVENT = Event(slug="hall", title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))
STALLED_MILLISECONDS = 1500
RECEIVE_BYTES = 2048
POSTS = 30
LONG = "x" * 40_000


@pytest.fixture
async def event(store):
    """An event whose snapshot is more than a kernel takes for somebody who reads nothing."""
    event = replace(EVENT, slug=next(slugs))
    await store.events.create(event)
    posts = [Submission(a_post(f"{LONG} {number}"), THROUGH) for number in range(POSTS)]
    await persist(lambda: store.posts.submit(event.slug, posts, now=now()))
    return event


@asynccontextmanager
async def web(folder, redis_server, sock=None):
    """One web process, on a socket of the program's or on an ordinary one."""
    made = Web(folder, None, redis_server.url)
    if sock:
        made.sock.close()
        made.sock, made.port = sock, sock.getsockname()[1]
    await made.start()
    try:
        yield made
    finally:
        await made.close()


async def ask_and_read_nothing(web, event):
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BYTES)
    sock.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(sock, ("127.0.0.1", web.port))
    await loop.sock_sendall(
        sock, f"GET /{event.slug}/feed HTTP/1.1\r\nhost: 127.0.0.1:{web.port}\r\n\r\n".encode()
    )
    await until(lambda: waiting(web))
    return sock


def waiting(web):
    """Return how many bytes of answers wait for whoever should read them."""
    connections = web.server.server_state.connections
    return sum(one.transport.get_write_buffer_size() for one in connections if hasattr(one, "transport"))


async def test_who_reads_nothing_of_an_answer_is_freed_and_on_an_ordinary_socket_never(
    redis_server, event, tmp_path, monkeypatch
):
    """The second is the control: uvicorn alone keeps them, and what they asked for, for as long as they like."""
    monkeypatch.setattr(processes, "STALLED_MILLISECONDS", STALLED_MILLISECONDS)
    async with (
        web(tmp_path, redis_server, listen(Config(port=0))) as ours,
        web(tmp_path, redis_server) as ordinary,
    ):
        socks = [await ask_and_read_nothing(one, event) for one in (ordinary, ours)]

        await until(lambda: not waiting(ours), seconds=20)

        assert waiting(ordinary) > 0
        for sock in socks:
            sock.close()
        await until(lambda: not waiting(ordinary))
