"""What is delivered to whoever asked for it: only the status of the answer is taken, and only in time."""

import itertools

import pytest

from tests.raw_server import answer, raw_server
from wall.errors import SourceError
from wall.sources.delivering import deliver
from wall.sources.fetch import Fetch


@pytest.fixture
async def server():
    async with raw_server() as server:
        yield server


@pytest.fixture
async def fetch():
    async with Fetch(user_agent="Wall/1", private_addresses=True) as fetch:
        yield fetch


async def send(fetch, url, *, seconds=5.0):
    return await deliver(fetch, url, content=b"", headers={"webhook-id": "one"}, seconds=seconds)


async def test_the_status_is_returned_and_an_answer_without_end_is_not_read(server, fetch):
    async def endless(writer):
        writer.write(b"HTTP/1.1 202 Accepted\r\n\r\n")
        for _turn in itertools.count():
            writer.write(b"x" * 65_536)
            await writer.drain()

    server.answers["/"] = endless

    assert await send(fetch, server.url()) == 202


async def test_who_does_not_answer_in_time_is_given_up(server, fetch):
    async def silent(writer):
        await writer.wait_closed()

    server.answers["/"] = silent

    with pytest.raises(SourceError, match="does not answer in time"):
        await send(fetch, server.url(), seconds=0.05)


@pytest.mark.parametrize(
    "status", ["300 Choices", "304 Not Modified", "400 Bad Request", "410 Gone", "500 Trouble"]
)
async def test_every_other_status_is_an_error_that_names_it(server, fetch, status):
    server.answers["/"] = answer(status=status, headers=("Retry-After: 7",))

    with pytest.raises(SourceError) as caught:
        await send(fetch, server.url())

    assert caught.value.status == int(status[:3])


async def test_a_redirect_is_not_followed(server, fetch):
    server.answers["/"] = answer(status="307 Elsewhere", headers=(f"Location: {server.url('/other')}",))

    with pytest.raises(SourceError, match="sends us elsewhere"):
        await send(fetch, server.url())

    assert server.paths == ["/"]


async def test_an_address_inside_is_not_asked(server):
    async with Fetch(user_agent="Wall/1") as guarded:
        with pytest.raises(SourceError, match="it is a private address"):
            await send(guarded, server.url())

    assert server.requests == []
