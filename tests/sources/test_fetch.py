import asyncio
import gzip
import itertools
import ssl

import httpcore2
import pytest

from tests.raw_server import answer, raw_server
from wall.errors import SourceError
from wall.sources.fetch import Fetch
from wall.sources.transport import GuardedBackend

INSIDE = [
    "127.0.0.1",
    "localhost",
    "LOCALHOST",
    "0",
    "0.0.0.0",
    "0x7f000001",
    "0x7f.0.0.1",
    "2130706433",
    "127.1",
    "0177.0.0.1",
    "１２７.０.０.１",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "169.254.169.254",
    "[fd00:ec2::254]",
    "[fe80::1]",
    "10.0.0.1",
    "192.168.0.1",
    "100.64.0.1",
    "224.0.0.1",
    "[ff02::1]",
]


@pytest.fixture
async def server():
    async with raw_server() as server:
        yield server


@pytest.fixture
async def fetch():
    async with Fetch(user_agent="Wall/1", private_addresses=True) as fetch:
        yield fetch


@pytest.fixture
async def guarded():
    async with Fetch(user_agent="Wall/1") as fetch:
        yield fetch


def looking_up(*answers):
    """Return a lookup that gives these answers one after the other, and notes what it was asked."""
    remaining = iter(answers)

    async def lookup(host, port):
        lookup.asked.append(host)
        return next(remaining)

    lookup.asked = []
    return lookup


async def test_an_answer_is_returned_whole(server, fetch):
    server.answers["/posts"] = answer(
        b'{"a":1}', content_type="Application/JSON; charset=utf-8", headers=["X-A: b"]
    )

    response = await fetch.get(
        server.url("/posts"), params={"tag": "a b&c"}, headers={"Authorization": "Bearer x"}
    )

    assert (response.status, response.content_type, response.headers["x-a"]) == (200, "application/json", "b")
    assert response.json() == {"a": 1}
    assert server.paths == ["/posts?tag=a+b%26c"]
    assert "user-agent: Wall/1" in server.requests[0]
    assert "Authorization: Bearer x".lower() in server.requests[0].lower()


async def test_an_unchanged_answer_is_an_answer(server, fetch):
    server.answers["/"] = answer(status="304 Not Modified", headers=['ETag: "1"'])

    response = await fetch.get(server.url(), headers={"If-None-Match": '"1"'}, accept=("application/json",))

    assert response.status == 304
    assert 'if-none-match: "1"' in server.requests[0]


async def test_a_refusal_is_an_error_with_the_wait_asked_for(server, fetch):
    server.answers["/"] = answer(status="429 Too Many Requests", headers=["Retry-After: 17"])

    with pytest.raises(SourceError) as caught:
        await fetch.get(server.url())

    assert (caught.value.permanent, caught.value.retry_after) == (False, 17.0)


async def test_cookies_are_not_kept(server, fetch):
    server.answers["/"] = answer(headers=["Set-Cookie: id=1"])

    await fetch.get(server.url())
    await fetch.get(server.url())

    assert "cookie" not in server.requests[1].lower()


async def test_a_proxy_of_the_environment_is_not_heeded(server, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    server.answers["/"] = answer(b"direct")

    async with Fetch(user_agent="Wall/1", private_addresses=True) as fetch:
        response = await fetch.get(server.url())

    assert response.body == b"direct"


@pytest.mark.parametrize("host", INSIDE)
async def test_an_address_inside_is_never_asked(server, guarded, host):
    server.answers["/"] = answer(b"secret")

    with pytest.raises(SourceError) as caught:
        await guarded.get(server.url(host=host))

    assert caught.value.permanent
    assert server.requests == []


async def test_a_host_with_one_private_address_among_public_ones_is_not_asked(server):
    lookup = looking_up(["93.184.215.14", "127.0.0.1"])

    async with Fetch(user_agent="Wall/1", lookup=lookup) as fetch:
        with pytest.raises(SourceError, match=r"leads to 127\.0\.0\.1"):
            await fetch.get(server.url(host="two.example"))

    assert server.requests == []


async def test_the_connection_goes_to_the_address_that_was_checked(server):
    server.answers["/"] = answer(b"right")
    lookup = looking_up(["127.0.0.1"], ["127.0.0.99"])

    async with Fetch(user_agent="Wall/1", private_addresses=True, lookup=lookup) as fetch:
        response = await fetch.get(server.url(host="wall.example"))

    assert response.body == b"right"
    assert lookup.asked == ["wall.example"]
    assert f"host: wall.example:{server.port}" in server.requests[0].lower()


async def test_a_name_that_leads_inside_the_second_time_is_refused_then(server):
    lookup = looking_up(["127.0.0.1"], ["169.254.169.254"])
    server.answers["/"] = answer(headers=["Connection: close"])

    async with Fetch(user_agent="Wall/1", private_addresses=True, lookup=lookup) as fetch:
        await fetch.get(server.url(host="rebound.example"))
        with pytest.raises(SourceError, match="reserved"):
            await fetch.get(server.url(host="rebound.example"))


async def test_the_next_address_is_tried_when_the_first_does_not_answer(server):
    server.answers["/"] = answer(b"second")
    lookup = looking_up(["127.0.0.77", "127.0.0.1"])

    async with Fetch(user_agent="Wall/1", private_addresses=True, lookup=lookup) as fetch:
        response = await fetch.get(server.url(host="two.example"))

    assert response.body == b"second"


async def test_a_socket_of_this_machine_is_never_opened():
    backend = GuardedBackend(private_addresses=True, lookup=looking_up())

    with pytest.raises(SourceError):
        await backend.connect_unix_socket("/run/redis.sock")


async def test_the_certificate_must_be_of_the_name_not_of_the_number(server, monkeypatch):
    named = {}

    async def start_tls(self, ssl_context, server_hostname=None, **_):
        named["host"] = server_hostname
        named["checked"] = ssl_context.check_hostname and ssl_context.verify_mode == ssl.CERT_REQUIRED
        await self.aclose()
        raise httpcore2.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED]")

    monkeypatch.setattr("httpcore2._backends.anyio.AnyIOStream.start_tls", start_tls)
    lookup = looking_up(["127.0.0.1"])

    async with Fetch(user_agent="Wall/1", private_addresses=True, lookup=lookup) as fetch:
        with pytest.raises(SourceError, match=r"certificate of safe\.example is not valid"):
            await fetch.get(server.url(host="safe.example").replace("http:", "https:"))

    assert named == {"host": "safe.example", "checked": True}


async def test_a_redirect_is_followed_and_the_answer_names_where_it_came_from(server, fetch):
    server.answers["/old"] = answer(status="301 Moved Permanently", headers=["Location: /new"])
    server.answers["/new"] = answer(b"here")

    response = await fetch.get(server.url("/old"), headers={"Authorization": "Bearer x"})

    assert (response.body, response.url) == (b"here", server.url("/new"))
    assert "authorization" in server.requests[1].lower()


async def test_a_token_does_not_travel_to_another_server(server, fetch):
    server.answers["/new"] = answer(b"here")
    location = server.url("/new", host="localhost")
    server.answers["/old"] = answer(status="302 Found", headers=[f"Location: {location}"])

    await fetch.get(
        server.url("/old"), headers={"Authorization": "Bearer x", "X-Key": "y", "Accept": "text/plain"}
    )

    assert f"host: localhost:{server.port}" in server.requests[1].lower()
    assert "bearer" not in server.requests[1].lower()
    assert "x-key" not in server.requests[1].lower()
    assert "accept: text/plain" in server.requests[1].lower()


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data/",
        "//169.254.169.254/",
        "http://[::ffff:169.254.169.254]/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:6379/_FLUSHALL",
        "http://mia:secret@example.org/",
        "http://[zz",
    ],
)
async def test_a_redirect_is_checked_like_the_first_address(server, fetch, location):
    server.answers["/"] = answer(status="302 Found", headers=[f"Location: {location}"])

    with pytest.raises(SourceError) as caught:
        await fetch.get(server.url())

    assert caught.value.permanent
    assert len(server.requests) == 1


async def test_a_public_server_cannot_redirect_us_inside(server, monkeypatch):
    inside = server.url("/secret")
    server.answers["/"] = answer(status="302 Found", headers=[f"Location: {inside}"])
    connect = httpcore2.AnyIOBackend.connect_tcp

    async def connect_to_server(self, host, port, *rest):
        return await connect(self, "127.0.0.1", port, *rest)

    # The name is public as far as the guard can see; only the wire is bent to our server.
    monkeypatch.setattr(httpcore2.AnyIOBackend, "connect_tcp", connect_to_server)
    lookup = looking_up(["93.184.215.14"], ["127.0.0.1"])

    async with Fetch(user_agent="Wall/1", lookup=lookup) as fetch:
        with pytest.raises(SourceError, match="private address"):
            await fetch.get(server.url(host="public.example"))

    assert server.paths == ["/"]


async def test_a_redirect_without_end_is_given_up_after_five(server, fetch):
    server.answers["/"] = answer(status="302 Found", headers=["Location: /"])

    with pytest.raises(SourceError, match="again and again"):
        await fetch.get(server.url())

    assert len(server.requests) == 6


async def test_a_body_larger_than_the_limit_is_not_read(server, fetch):
    server.answers["/"] = answer(b"x" * 2000)

    with pytest.raises(SourceError, match="more than 1000 bytes"):
        await fetch.get(server.url(), limit=1000)


async def test_a_body_without_end_is_cut_off(server, fetch):
    async def endless(writer):
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in itertools.count():
            writer.write(b"x" * 65_536)
            await writer.drain()

    server.answers["/"] = endless

    with pytest.raises(SourceError, match="more than"):
        await fetch.get(server.url(), limit=1_000_000)


async def test_a_body_of_one_byte_at_a_time_meets_the_deadline(server, fetch):
    async def dripping(writer):
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in itertools.count():
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.02)

    server.answers["/"] = dripping

    with pytest.raises(SourceError, match="in time"):
        await fetch.get(server.url(), seconds=0.3)


async def test_a_server_that_says_nothing_meets_the_deadline(server, fetch):
    async def silent(writer):
        await asyncio.Event().wait()

    server.answers["/"] = silent

    with pytest.raises(SourceError, match="in time"):
        await fetch.get(server.url(), seconds=0.2)


async def test_a_lookup_that_hangs_meets_the_deadline():
    async def hanging(host, port):
        await asyncio.Event().wait()

    async with Fetch(user_agent="Wall/1", lookup=hanging) as fetch:
        with pytest.raises(SourceError, match="in time"):
            await fetch.get("http://slow.example/", seconds=0.1)


async def test_a_compressed_body_is_measured_unpacked(server, fetch):
    bomb = gzip.compress(bytes(50_000_000))
    server.answers["/"] = answer(bomb, headers=["Content-Encoding: gzip"])

    with pytest.raises(SourceError, match="more than"):
        await fetch.get(server.url(), limit=1_000_000)


async def test_a_compressed_body_is_unpacked(server, fetch):
    server.answers["/"] = answer(gzip.compress(b"hello"), headers=["Content-Encoding: gzip"])

    response = await fetch.get(server.url())

    assert response.body == b"hello"


@pytest.mark.parametrize(
    "prepared",
    [
        answer(b"not gzip at all", headers=["Content-Encoding: gzip"]),
        answer(gzip.compress(b"x"), headers=["Content-Encoding: gzip, gzip"]),
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"+OK redis\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000 + b"\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: http://\xff\xfe/\r\n\r\n",
    ],
    ids=["damaged", "twice compressed", "short", "not HTTP", "nothing", "huge header", "odd redirect"],
)
async def test_an_answer_that_is_broken_is_an_error_in_words(server, fetch, prepared):
    async def broken(writer):
        writer.write(prepared)
        await writer.drain()
        writer.close()

    server.answers["/"] = broken

    with pytest.raises(SourceError):
        await fetch.get(server.url())


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [(("application/json",), "application/json"), (("image/", "text/plain"), "image/png"), ((), "text/html")],
)
async def test_a_media_type_that_was_asked_for_is_taken(server, fetch, accept, content_type):
    server.answers["/"] = answer(b"1", content_type=content_type)

    response = await fetch.get(server.url(), accept=accept)

    assert response.content_type == content_type


async def test_a_media_type_that_was_not_asked_for_is_refused(server, fetch):
    server.answers["/"] = answer(b"<html>", content_type="text/html")

    with pytest.raises(SourceError, match="answered with text/html"):
        await fetch.get(server.url(), accept=("application/json", "image/"))

    assert "accept: application/json, image/*" in server.requests[0].lower()


@pytest.mark.parametrize("headers", [{"Authorization": "Bearer ü\ud800"}, {"X": "a\r\nY: b"}, {"A\nB": "c"}])
async def test_headers_that_cannot_be_sent_are_an_error_in_words(server, fetch, headers):
    with pytest.raises(SourceError):
        await fetch.get(server.url(), headers=headers)


async def test_a_server_that_is_not_there_is_an_error_that_may_pass(fetch):
    with pytest.raises(SourceError, match="cannot be reached") as caught:
        await fetch.get("http://127.0.0.1:1/")

    assert not caught.value.permanent


async def test_a_name_that_does_not_exist_is_an_error_that_may_pass(fetch):
    with pytest.raises(SourceError, match="no server called") as caught:
        await fetch.get("http://nowhere.invalid/")

    assert not caught.value.permanent


async def test_a_host_is_asked_one_thing_at_a_time(server, fetch):
    async def slow(writer):
        await asyncio.sleep(0.02)
        writer.write(answer(b"x"))

    server.answers["/"] = slow

    await asyncio.gather(*(fetch.get(server.url()) for _ in range(4)))

    assert server.most_open == 1


async def test_hosts_are_asked_side_by_side(server, fetch):
    both = asyncio.Barrier(2)

    async def together(writer):
        await both.wait()
        writer.write(answer(b"x"))

    server.answers["/"] = together

    answers = await asyncio.gather(fetch.get(server.url()), fetch.get(server.url(host="localhost")))

    assert [response.body for response in answers] == [b"x", b"x"]


async def test_what_a_server_holds_keeps_nobody_else_waiting(server, fetch):
    both = asyncio.Barrier(2)

    async def hold(writer):
        await both.wait()
        writer.write(answer(b"x"))

    server.answers["/"] = hold

    answers = await asyncio.gather(fetch.get(server.url(), beside=True), fetch.get(server.url()))

    assert [response.body for response in answers] == [b"x", b"x"]


async def test_what_is_posted_is_json(server, fetch):
    server.answers["/"] = answer(b"[]", content_type="application/json")

    response = await fetch.post(server.url(), json={"tag": "x"}, accept=("application/json",))

    assert response.json() == []
    assert server.requests[0].startswith("POST / ")
    assert "content-type: application/json" in server.requests[0].lower()


async def test_what_is_posted_does_not_travel_on(server, fetch):
    server.answers["/"] = answer(status="307 Temporary Redirect", headers=["Location: /new"])

    with pytest.raises(SourceError, match="elsewhere") as caught:
        await fetch.post(server.url(), json={})

    assert caught.value.permanent
    assert server.paths == ["/"]


async def test_a_refusal_that_was_asked_for_is_an_answer(server, fetch):
    server.answers["/"] = answer(b"{}", status="409 Conflict")

    response = await fetch.get(server.url(), also=(409,))

    assert (response.status, response.body) == (409, b"{}")


async def test_a_failed_request_lets_the_next_one_go(server, fetch):
    server.answers["/"] = answer(b"x")

    with pytest.raises(SourceError):
        await fetch.get(server.url("/missing"))
    response = await fetch.get(server.url())

    assert response.body == b"x"
    assert len(fetch.turns) <= 1


async def test_a_websocket_is_given_the_checked_address():
    lookup = looking_up(["2606:4700::1", "93.184.215.14"])

    async with Fetch(user_agent="Wall/1", lookup=lookup) as fetch:
        address = await fetch.resolve("wss://relay.example/")

    assert address == "2606:4700::1"


@pytest.mark.parametrize(
    "url",
    ["ws://127.0.0.1:7777", "wss://localhost", "ws://[::ffff:10.0.0.1]", "https://relay.example", "ws://0x7f.1"],
)
async def test_a_websocket_inside_is_refused(guarded, url):
    with pytest.raises(SourceError):
        await guarded.resolve(url)


async def test_headers_are_lent_to_one_address_only(server, fetch):
    server.answers |= {"/picture": answer(b"one"), "/other": answer(b"two")}
    fetch.lend(server.url("/picture"), {"authorization": "Bearer secret"})

    await fetch.get(server.url("/picture"))
    await fetch.get(server.url("/other"))
    await fetch.get(server.url("/picture") + "?size=1")

    assert ["secret" in request for request in server.requests] == [True, False, False]
