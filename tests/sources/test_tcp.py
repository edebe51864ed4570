import asyncio
import ssl
from contextlib import asynccontextmanager

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.ircd import running
from wall.errors import SourceError
from wall.sources.fetch import Fetch
from wall.sources.tcp import Splitter, dialled, may_be_dialled

LINE_END = b"\n"


@pytest.fixture
async def fetch():
    async with Fetch(user_agent="Wall/1", private_addresses=True) as fetch:
        yield fetch


@given(st.lists(st.binary(max_size=20).filter(lambda line: LINE_END not in line)), st.integers(1, 7))
def test_lines_are_the_same_however_they_arrive(lines, size):
    data = b"".join(line + LINE_END for line in lines)
    splitter = Splitter(20)

    found = [line for start in range(0, len(data), size) for line in splitter.feed(data[start : start + size])]

    assert found == [line.removesuffix(b"\r") for line in lines]


def test_a_line_that_is_too_long_is_left_out_and_the_next_one_is_not():
    splitter = Splitter(10)

    assert splitter.feed(b"x" * 50) == []
    assert splitter.feed(b"x" * 50) == []
    assert splitter.feed(b"\nshort\n" + b"y" * 11 + b"\n") == [None, b"short", None]


def test_nothing_of_an_endless_line_is_kept():
    splitter = Splitter(1000)

    for _ in range(100):
        splitter.feed(b"x" * 1000)

    assert len(splitter.rest) <= 1000


@pytest.mark.parametrize(
    ("port", "allowed"), [(6697, True), (994, True), (25, False), (6379, False), (0, False), (70000, False)]
)
def test_only_ports_of_what_we_speak_are_dialled(port, allowed):
    assert may_be_dialled(port, any_port=False, low_ports=(994,)) is allowed


async def test_a_private_address_is_not_dialled():
    async with Fetch(user_agent="Wall/1") as public:
        with pytest.raises(SourceError, match="private address") as refused:
            async with dialled(public, "127.0.0.1", 6697, secure=True, limit=100):
                pass

    assert refused.value.permanent


async def test_nobody_there_is_trouble_in_words(fetch):
    async with running() as ircd:
        port = ircd.port

    with pytest.raises(SourceError, match=f"127.0.0.1 cannot be reached on port {port}"):
        async with dialled(fetch, "127.0.0.1", port, secure=False, limit=100):
            pass


@asynccontextmanager
async def greeting(words):
    """Run a server that says something to whoever comes, and hangs up."""

    async def greet(reader, writer):
        writer.write(words)
        writer.close()

    async with await asyncio.start_server(greet, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


async def test_a_server_without_tls_is_told_from_one_with(fetch):
    async with greeting(b"NOTICE * :*** Looking up your hostname\r\n") as port:
        with pytest.raises(SourceError, match=r"127\.0\.0\.1 does not speak TLS on port"):
            async with dialled(fetch, "127.0.0.1", port, secure=True, limit=100):
                pass


def context_for(*names):
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return authority, context


async def test_a_certificate_nobody_vouches_for_is_refused(fetch):
    _, tls = context_for("127.0.0.1")

    async with running(tls=tls) as ircd:
        with pytest.raises(SourceError, match=r"The certificate of 127\.0\.0\.1 is not valid"):
            async with dialled(fetch, "127.0.0.1", ircd.port, secure=True, limit=100):
                pass


async def test_a_certificate_of_another_name_is_refused(fetch, tmp_path, monkeypatch):
    authority, tls = context_for("irc.example")
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))

    async with running(tls=tls) as ircd:
        with pytest.raises(SourceError, match="certificate"):
            async with dialled(fetch, "127.0.0.1", ircd.port, secure=True, limit=100):
                pass


async def test_lines_come_over_tls(fetch, tmp_path, monkeypatch):
    authority, tls = context_for("127.0.0.1")
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))

    async with (
        running(tls=tls) as ircd,
        dialled(fetch, "127.0.0.1", ircd.port, secure=True, limit=1000) as lines,
    ):
        await lines.write(b"CAP LS 302\r\n")
        answers = await lines.read()

    assert answers[0].startswith(b":irc.example CAP * LS")


async def test_a_server_that_hangs_up_is_trouble_in_words(fetch):
    async with greeting(b"Bye\r\n") as port, dialled(fetch, "127.0.0.1", port, secure=False, limit=100) as lines:
        said = await lines.read()

        with pytest.raises(SourceError, match=r"127\.0\.0\.1 (closed|broke off) the connection"):
            await lines.read()

    assert said == [b"Bye"]
