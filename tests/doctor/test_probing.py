"""Broken set-ups: each is built for real, and the doctor sees it, beside the sound one."""

import asyncio
import datetime
import socket
import ssl
import struct
import time

import pytest
import trustme

from tests.raw_server import RawServer, answer, listening
from wall.doctor import keeping
from wall.doctor.certificate import certificate
from wall.doctor.clock import clock
from wall.doctor.probing import certificate as certificates
from wall.doctor.probing import clocks, disk
from wall.doctor.probing import door as doors
from wall.store import open_store
from wall.store import server as servers
from wall.store.condition import condition
from wall.store.server import PrivateRedis

# Certificates


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture(scope="module")
def browser(authority):
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


async def shown(issued, browser, host="localhost"):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issued.configure_cert(context)

    async def serve(reader, writer):
        await reader.read(1)

    async with listening(serve, tls=context) as port:
        return certificate(await certificates.look(f"https://{host}:{port}", browser))


async def test_a_certificate_of_an_authority_that_browsers_know_is_taken(authority, browser):
    assert (await shown(authority.issue_cert("localhost"), browser)).verdict == "ok"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda ca: trustme.CA().issue_cert("localhost"), "unable to get local issuer"),
        (lambda ca: ca.issue_cert("elsewhere.example"), "Hostname mismatch"),
        (
            lambda ca: ca.issue_cert(
                "localhost", not_after=datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
            ),
            "expired",
        ),
    ],
)
async def test_a_wrong_certificate_is_wrong(authority, browser, make, words):
    found = await shown(make(authority), browser)

    assert (found.verdict, words in found.found) == ("wrong", True), found


async def test_one_that_ends_soon_asks_for_care(authority, browser):
    soon = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=3)

    assert (await shown(authority.issue_cert("localhost", not_after=soon), browser)).verdict == "careful"


# Disk


def test_a_folder_that_takes_everything_is_sound_and_left_as_it_was(tmp_path):
    facts = disk.look(tmp_path / "data")

    assert (facts.refusal, len(facts.syncs), facts.open_to) == ("", 50, 0)
    assert list((tmp_path / "data").iterdir()) == []


def test_a_redis_folder_that_others_may_look_into_is_told(tmp_path):
    (tmp_path / "redis").mkdir(mode=0o755)

    assert [one.verdict for one in keeping.disk(disk.look(tmp_path)) if one.name == "disk permissions"] == [
        "careful"
    ]


def test_a_full_disk_is_wrong(tmp_path):
    (tmp_path / disk.NAME).symlink_to("/dev/full")

    found = keeping.disk(disk.look(tmp_path))

    assert [(one.verdict, "No space left on device" in one.found) for one in found] == [("wrong", True)]


def test_a_folder_that_is_no_folder_is_wrong(tmp_path):
    (tmp_path / "data").write_text("")

    assert keeping.disk(disk.look(tmp_path / "data"))[0].verdict == "wrong"


# Redis


async def judged_redis(folder):
    server = PrivateRedis(folder)
    await server.start()
    store = open_store(server.url)
    try:
        return {
            one.name: one.verdict
            for one in keeping.redis(await condition(store.database, settings=folder / "redis.conf", writes=20))
        }
    finally:
        await store.database.close()
        await server.stop()


async def test_our_own_redis_keeps_what_it_confirms(tmp_path):
    told = await judged_redis(tmp_path)

    assert told["Redis keeps what it confirms"] == told["Redis forgets nothing"] == "ok"


async def test_a_redis_that_syncs_every_second_is_wrong(tmp_path, monkeypatch):
    monkeypatch.setattr(
        servers, "SETTINGS", servers.SETTINGS.replace("appendfsync always", "appendfsync everysec")
    )

    assert (await judged_redis(tmp_path))["Redis keeps what it confirms"] == "wrong"


async def test_a_redis_that_tells_is_asked_itself(tmp_path, monkeypatch):
    """The file says one thing and Redis another, as after CONFIG SET: Redis is believed."""
    free = servers.SETTINGS.replace(" -@admin -@dangerous", "").replace("appendfsync always", "appendfsync no")
    monkeypatch.setattr(servers, "SETTINGS", free)
    (tmp_path / "redis.conf").write_text("appendfsync always\n")

    assert (await judged_redis(tmp_path))["Redis keeps what it confirms"] == "wrong"


# Clocks


async def test_a_clock_that_is_wrong_is_seen_by_ntp():
    class Server(asyncio.DatagramProtocol):
        def connection_made(self, transport):
            self.transport = transport

        def datagram_received(self, data, caller):
            told = int(time.time()) + clocks.SINCE_1900 + 120
            self.transport.sendto(bytes(40) + struct.pack("!II", told, 0), caller)

    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(Server, local_addr=("127.0.0.1", 0))
    found = clock(await clocks.ntp(transport.get_extra_info("sockname")))
    transport.close()

    assert (found.verdict, "120 s ahead of" in found.found or "119 s ahead of" in found.found) == ("wrong", True)


async def test_who_is_offline_has_no_ntp_and_no_fault():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        assert clock(await clocks.ntp(silent.getsockname(), seconds=0.1)).verdict == "ok"


async def test_a_server_whose_clock_is_wrong_is_seen_by_its_date():
    server = RawServer()
    async with listening(server.serve) as port, doors.client() as asking:
        server.answers["/healthz"] = answer(b"alive\n", headers=["Date: Fri, 12 Jun 2026 09:30:00 GMT"])
        skew = await doors.skew(asking, f"http://127.0.0.1:{port}")

    assert clock(skew).verdict == "wrong"
