import asyncio
import logging
import os
import resource
import socket

import pytest_asyncio

from tests.web.fan_site import frame, serving, until

HEALTH = b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"


@pytest_asyncio.fixture
async def served(redis_server, event, tmp_path):
    async with serving(redis_server.url, event, tmp_path) as served:
        yield served


async def test_a_viewer_with_a_ticket_costs_the_loop_no_transport(served):
    async with served.stream(ticket=await served.ticket()) as stream:
        await frame(stream)

        assert not served.server.server_state.connections - {served.fanout}
        assert served.adopted == 1


async def test_everybody_else_is_served_by_the_application(served):
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(HEALTH)

    assert (await reader.read()).endswith(b"alive\n")
    writer.close()


async def test_who_was_taken_in_before_the_event_was_looked_up_is_let_in_afterwards(served):
    ticket = await served.ticket()

    streams = await asyncio.gather(*(served.stream(ticket=ticket) for _ in range(20)))

    assert {(await frame(stream))["type"] for stream in streams} == {"hello"}
    assert served.adopted == 20
    for stream in streams:
        await stream.close()


async def test_a_connection_that_vanishes_before_it_is_taken_in_harms_nobody(served):
    for _ in range(10):
        sock = socket.create_connection(("127.0.0.1", served.port))
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        sock.send(b"GET /")
        sock.close()

    async with served.stream(ticket=await served.ticket()) as stream:
        assert (await frame(stream))["type"] == "hello"


async def test_without_files_left_it_waits_and_goes_on(served, caplog):
    waiting = socket.create_connection(("127.0.0.1", served.port))
    waiting.send(HEALTH)
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (len(os.listdir("/proc/self/fd")) - 1, before[1]))
    try:
        with caplog.at_level(logging.ERROR):
            await until(lambda: caplog.messages)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)

    assert caplog.messages == ["Nobody can be taken in for a second: Too many open files."]
    reader, writer = await asyncio.open_connection(sock=waiting)
    assert (await reader.read()).endswith(b"alive\n")
    writer.close()


async def test_when_it_is_closed_nobody_is_left_on_a_socket(redis_server, event, tmp_path):
    async with serving(redis_server.url, event, tmp_path) as served:
        stream = await served.stream(ticket=await served.ticket())
        await frame(stream)
        stream.transport.pause_reading()

    assert served.adopted == 0
    assert not served.fanout.ending
    stream.transport.abort()
