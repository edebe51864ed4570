"""What goes wrong between a screen and its server, and what the screen says of it."""

import pytest

PORTAL = (
    b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nconnection: close\r\ncontent-length: 46\r\n\r\n"
    b"<!doctype html><h1>Sign in to this Wi-Fi</h1> "
)
GATEWAY = (
    b"HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\nconnection: close\r\ncontent-length: 20\r\n\r\n"
    b"<h1>Bad gateway</h1>"
)


async def hang(line):
    await line.hang()


async def portal(line):
    await line.answer(PORTAL)


async def gateway(line):
    await line.answer(GATEWAY)


async def cut(line):
    await line.cut()


FAULTS = [
    pytest.param(cut, "cannot be reached", id="cut"),
    pytest.param(hang, "does not answer", id="hung"),
    pytest.param(portal, "somebody to sign in", id="portal"),
    pytest.param(gateway, "answers with an error", id="502"),
]
