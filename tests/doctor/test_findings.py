"""What facts mean: each check sees what is sound as sound, and what is broken as broken."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import NOW
from wall.core.event import Event
from wall.core.people import Screen
from wall.core.showing import Showing
from wall.core.source import SourceSettings
from wall.doctor import clock, door, keeping, names, screens, streams
from wall.doctor.certificate import Certificate, certificate
from wall.doctor.clock import Skew
from wall.doctor.door import Answer, Reached, Upload
from wall.doctor.finding import fit, worst_of_hundred
from wall.doctor.keeping import Disk
from wall.doctor.streams import Stream
from wall.store.condition import Condition

SOUND = Condition(
    version="7.2.4", mode="standalone", appendonly="yes", appendfsync="always", policy="noeviction",
    used=50_000_000, limit=0, ahead=0.0, asked_within=0.001, writes=(0.002,) * 200,
)  # fmt: skip
ROOMY = Disk("data", free=50_000_000_000, syncs=(0.003,) * 50)
EVENT = Event(slug="pycon", title="PyCon", hashtags=("PyCon",), keys=("pycon",))


def verdicts(findings):
    return {one.name: one.verdict for one in findings}


def test_a_sound_redis_and_disk_are_fit():
    findings = [*keeping.redis(SOUND), *keeping.disk(ROOMY)]

    assert set(verdicts(findings).values()) == {"ok"}
    assert fit(findings)


@pytest.mark.parametrize(
    ("changed", "name", "verdict"),
    [
        ({"version": "5.0.14"}, "Redis version", "wrong"),
        ({"appendfsync": "everysec"}, "Redis keeps what it confirms", "wrong"),
        ({"appendonly": "no"}, "Redis keeps what it confirms", "wrong"),
        ({"appendonly": None, "appendfsync": None}, "Redis keeps what it confirms", "careful"),
        ({"policy": "allkeys-lru"}, "Redis forgets nothing", "wrong"),
        ({"policy": None}, "Redis forgets nothing", "careful"),
        ({"writes": (0.002,) * 195 + (0.2,) * 5}, "Redis latency", "careful"),
        ({"writes": (0.9,) * 200}, "Redis latency", "wrong"),
        ({"used": 80, "limit": 100}, "Redis memory", "careful"),
        ({"used": 99, "limit": 100}, "Redis memory", "wrong"),
    ],
)
def test_what_is_wrong_with_redis_is_told_apart(changed, name, verdict):
    told = verdicts(keeping.redis(replace(SOUND, **changed)))

    assert told.pop(name) == verdict
    assert set(told.values()) == {"ok"}


@pytest.mark.parametrize(
    ("changed", "name", "verdict"),
    [
        ({"free": 1_000_000_000}, "disk space", "careful"),
        ({"free": 1_000_000}, "disk space", "wrong"),
        ({"syncs": (0.2,) * 50}, "disk speed", "careful"),
        ({"syncs": (2.0,) * 50}, "disk speed", "wrong"),
        ({"open_to": 0o055}, "disk permissions", "careful"),
        ({"refusal": "No space left on device"}, "disk", "wrong"),
    ],
)
def test_what_is_wrong_with_the_disk_is_told_apart(changed, name, verdict):
    assert verdicts(keeping.disk(replace(ROOMY, **changed)))[name] == verdict


@pytest.mark.parametrize(
    ("skew", "verdict"),
    [
        (Skew("Redis", 0.4), "ok"),
        (Skew("Redis", -5.0), "careful"),
        (Skew("Redis", 90.0), "wrong"),
        (Skew("the public address", 2.4, give_or_take=0.6), "ok"),
        (Skew("NTP", None), "ok"),
    ],
)
def test_clocks_may_differ_by_a_little(skew, verdict):
    assert clock.clock(skew).verdict == verdict


def test_a_certificate_must_hold_for_a_while():
    assert certificate(Certificate("wall.example", 60.0)).verdict == "ok"
    assert certificate(Certificate("wall.example", 3.0)).verdict == "careful"
    assert certificate(Certificate("wall.example", None, "certificate has expired")).verdict == "wrong"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer("https://w.example", None, why="refused"), "cannot be reached"),
        (Answer("https://w.example", 302, led_to="http://login.hotel.example/"), "captive portal"),
        (Answer("https://w.example", 511), "captive portal"),
        (Answer("https://w.example", 200), "it is no wall"),
        (Answer("https://w.example", 502), "answers with 502"),
    ],
)
def test_what_answers_in_the_place_of_a_wall_is_told_apart(answer, words):
    found = door.door(answer)

    assert (found.verdict, words in found.found) == ("wrong", True)
    assert door.door(Answer("https://w.example", 200, alive=True)).verdict == "ok"


def test_the_address_that_a_proxy_forwards_must_be_believed_and_not_be_what_callers_say():
    ours = Reached(secure=True, scheme="https", address="192.0.2.7", forwarded_for=("192.0.2.7",))
    lied = replace(ours, claimed="203.0.113.99", forwarded_for=("203.0.113.99", "192.0.2.7"))
    everybody = replace(ours, address="10.0.0.5")

    assert verdicts(door.proxy(ours, lied)) == {"forwarded address": "ok"}
    assert "WALL_TRUSTED_PROXIES=10.0.0.5" in door.proxy(everybody, everybody)[0].todo
    assert verdicts(door.proxy(ours, replace(lied, address="203.0.113.99")))["forwarded address"] == "wrong"
    assert verdicts(door.proxy(replace(ours, scheme="http"), lied))["forwarded scheme"] == "wrong"


@pytest.mark.parametrize(
    ("state", "verdict"),
    [("a wall", "ok"), ("free", "careful"), ("somebody else", "wrong"), ("not ours", "wrong")],
)
def test_a_port_is_a_walls_or_somebody_elses(state, verdict):
    assert door.port("127.0.0.1:8000", state).verdict == verdict


def test_an_upload_is_refused_before_the_wall_or_gets_through():
    assert door.upload(Upload(8.0, refused=False)).verdict == "ok"
    assert "client_max_body_size" in door.upload(Upload(8.0, refused=True, why="status 413")).todo


@pytest.mark.parametrize(
    ("stream", "verdict"),
    [
        (Stream(0.05, 15.0, 1, True), ["ok"]),
        (Stream(2.5, 15.0, 1, True), ["wrong"]),
        (Stream(0.05, 15.0, 0, True), ["ok", "wrong"]),
        (Stream(0.05, 15.0, 1, False), ["ok", "careful"]),
        (Stream(None, why="HTTP 426"), ["wrong"]),
    ],
)
def test_a_websocket_must_be_prompt_alive_and_packed(stream, verdict):
    assert [one.verdict for one in streams.websocket(stream)] == verdict


def test_names_are_found_in_the_options_of_sources_and_the_public_one_matters_most():
    source = SourceSettings(
        id="m",
        kind="mastodon",
        options={"servers": "one.example, two.example", "hub": "https://three.example/x", "room": "no.host"},
    )

    assert list(names.hosts_of(source)) == ["one.example", "two.example", "three.example"]
    found = names.names(
        {"w.example": ("all", False), "a.example": ("a source", False), "b.example": ("b", True)},
        public="w.example",
    )
    assert [one.verdict for one in found] == ["wrong", "careful", "ok"]


def test_each_screen_is_here_silent_never_opened_or_of_another_version():
    def shows(screen, **changed):
        showing = Showing(
            screen=screen, device="d", cursor="e:1", reached_at=NOW, seen_at=NOW, version="2.0", posts=3
        )
        return replace(showing, **changed)

    opened = [Screen(id=id, name=id, created_at=NOW) for id in ("here", "gone", "new", "old")]
    showings = [shows("here"), shows("gone", seen_at=NOW - timedelta(hours=2)), shows("old", version="1.9")]

    found = screens.screens(EVENT, opened, showings, version="2.0", now=NOW)

    assert [one.verdict for one in found] == ["ok", "careful", "careful", "careful"]
    assert "2 hours" in found[1].found
    assert "never opened" in found[2].found
    assert "version 1.9" in found[3].found


def test_the_slowest_of_a_hundred_is_left_out():
    assert worst_of_hundred([*range(1, 101)]) == 99
    assert worst_of_hundred([7.0]) == 7.0
