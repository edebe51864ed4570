import pytest
from hypothesis import given
from hypothesis import strategies as st

from wall.core.upgrade import read_upgrade

HEADERS = {
    "Host": "wall.example",
    "Origin": "https://wall.example",
    "Upgrade": "websocket",
    "Connection": "keep-alive, Upgrade",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version": "13",
}


def head(line="GET /pycon/stream?ticket=abc&cursor=Vq3k%3A12 HTTP/1.1", *, more="", **changes):
    headers = HEADERS | {name.replace("_", "-"): value for name, value in changes.items()}
    fields = "".join(f"{name}: {value}\r\n" for name, value in headers.items() if value is not None)
    return f"{line}\r\n{fields}{more}\r\n".encode("latin-1")


def test_a_browsers_request_is_read():
    upgrade = read_upgrade(head(Sec_WebSocket_Extensions="permessage-deflate; client_max_window_bits"))

    assert upgrade.path == "/pycon/stream"
    assert upgrade.query == {"ticket": "abc", "cursor": "Vq3k:12"}
    assert upgrade.headers["origin"] == "https://wall.example"
    assert upgrade.packed


def test_cookies_and_forwarding_may_come_in_several_lines():
    upgrade = read_upgrade(head(more="X-Forwarded-For: 192.0.2.1\r\nx-forwarded-for: 10.0.0.1\r\n"))

    assert upgrade.headers["x-forwarded-for"] == "192.0.2.1, 10.0.0.1"


@pytest.mark.parametrize(
    "odd",
    [
        head("POST /pycon/stream HTTP/1.1"),
        head("GET /pycon/stream HTTP/1.0"),
        head("GET http://wall.example/pycon/stream HTTP/1.1"),
        head("GET /pycon/str\u00e9am HTTP/1.1"),
        head(Upgrade="h2c"),
        head(Upgrade=None),
        head(Connection="keep-alive"),
        head(Connection="keep-alive, not-upgrade"),
        head(Sec_WebSocket_Version="8", **{"Sec-WebSocket-Version": "8"}),
        head(**{"Sec-WebSocket-Key": "short"}),
        head(more="Host: other.example\r\n"),
        head(more="origin: https://evil.example\r\n"),
        head(more="Content-Length: 3\r\n"),
        head(more="Transfer-Encoding: chunked\r\n"),
        head(more=" folded: line\r\n"),
        head(more="name : value\r\n"),
        head(more="name: a\nb: c\r\n"),
        head(more="name: a\0b\r\n"),
        head(more="nothing\r\n"),
        b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\r\n\r\n",
    ],
)
def test_whatever_is_odd_is_not_for_us(odd):
    assert read_upgrade(odd) is None


@given(st.binary(max_size=300))
def test_no_bytes_at_all_are_too_much(data):
    assert read_upgrade(data + b"\r\n\r\n") is None
