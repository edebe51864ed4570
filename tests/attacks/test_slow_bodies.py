"""Requests whose bodies come drop by drop, or never."""

import asyncio

import pytest

from wall.web import patience


@pytest.fixture
def ask(site):
    """Return a function that sends a body in pieces of its own, and returns the status of the answer."""

    async def ask(path, pieces, *, method="POST"):
        sent, told = aiter(pieces), []

        async def receive():
            return {"type": "http.request", "body": await anext(sent, b""), "more_body": True}

        async def send(message):
            told.append(message)

        headers = [(b"host", b"127.0.0.1"), (b"content-type", b"application/x-www-form-urlencoded"), (b"content-length", b"10000")]  # fmt: skip
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
            "path": path, "raw_path": path.encode(), "query_string": b"", "headers": headers, "root_path": "",
            "client": ("127.0.0.1", 5), "server": ("127.0.0.1", 80),
        }  # fmt: skip
        async with asyncio.timeout(20):
            await site(scope, receive, send)
        return told[0]["status"]

    return ask


async def nothing():
    await asyncio.Event().wait()
    yield b""


async def drops():
    while True:
        await asyncio.sleep(0.02)
        yield b"a"


@pytest.mark.parametrize("pieces", [nothing, drops])
@pytest.mark.parametrize("path", ["/sign-in", "/{slug}/join", "/language"])
async def test_who_sends_nothing_or_only_drops_is_let_go(ask, event, monkeypatch, path, pieces):
    monkeypatch.setattr(patience, "PIECE_SECONDS", 0.3)
    monkeypatch.setattr(patience, "WHOLE_SECONDS", 0.6)

    assert await ask(path.format(slug=event.slug), pieces()) == 408


async def test_with_patience_without_end_it_is_waited_for(ask, event):
    """The control."""
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(1):
            await ask("/sign-in", drops())


async def test_a_stream_is_waited_for_for_as_long_as_it_lasts(site, event, monkeypatch):
    """What comes after the body is that somebody leaves."""
    monkeypatch.setattr(patience, "PIECE_SECONDS", 0.05)
    leaves, told = asyncio.Event(), []
    body = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive():
        if (message := next(body, None)) is not None:
            return message
        await leaves.wait()
        return {"type": "http.disconnect"}

    async def app(scope, receive, send):
        await receive()
        told.append((await receive())["type"])

    async def leave():
        await asyncio.sleep(0.2)
        leaves.set()

    await asyncio.gather(patience.Patience(app)({"type": "http"}, receive, None), leave())

    assert told == ["http.disconnect"]
