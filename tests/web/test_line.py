import asyncio
import socket

from starlette.requests import HTTPConnection

from wall.web.line import Line


def connection(transport):
    return HTTPConnection({"type": "http", "headers": [], "state": {"transport": transport}})


async def transport_of(sock):
    transport, _ = await asyncio.get_running_loop().create_connection(asyncio.Protocol, sock=sock)
    return transport


async def test_what_waits_for_a_viewer_is_bounded():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        transport = await transport_of(ours)

        Line(connection(transport))

        assert transport.get_write_buffer_limits() == (0, 0)
        transport.abort()


async def test_a_viewer_that_left_before_it_was_answered_is_no_error():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        transport = await transport_of(ours)
        transport.abort()
        await asyncio.sleep(0)
        ours.close()

        line = Line(connection(transport))

        assert line.waiting == 0
