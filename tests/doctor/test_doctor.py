"""`backchannel doctor` as somebody runs it."""

import json
import socket

import pytest

from tests.raw_server import RawServer, listening
from wall.cli import NOTHING_DONE, main
from wall.commands.doctor import as_text
from wall.config import Config
from wall.doctor.examination import Examination
from wall.doctor.finding import Finding, fit

PLACES = {"ntp": ("127.0.0.1", 9), "watched": 0.0}


@pytest.fixture
def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def told(findings):
    return {one.name: one.verdict for one in findings}


async def test_a_wall_that_is_well_is_fit(served, event, tmp_path):
    config = Config(data_dir=tmp_path / "data", redis_url="unix:///asked/through/the/store", port=served.port)

    findings = await Examination(config=config, store=served.store, url=served.base, **PLACES).findings()

    verdicts = told(findings)
    assert {name for name, verdict in verdicts.items() if verdict == "wrong"} <= {"Redis latency", "disk speed"}, (
        findings
    )
    assert {"port", "public address", "forwarded address", "websocket", "server-sent events", "upload limit"} <= {
        name for name, verdict in verdicts.items() if verdict == "ok"
    }


async def test_where_nothing_runs_yet_that_is_said_and_not_wrong(tmp_path, free_port):
    config = Config(data_dir=tmp_path / "data", port=free_port)

    verdicts = told(await Examination(config=config, store=None, **PLACES).findings())

    assert {name for name, verdict in verdicts.items() if verdict == "careful"} == {
        "port",
        "Redis",
        "public address",
    }


async def test_somebody_else_at_the_address_is_wrong_and_ends_what_goes_through_it(tmp_path, free_port):
    config = Config(data_dir=tmp_path / "data", port=free_port)
    async with listening(RawServer().serve) as other:
        url = f"http://127.0.0.1:{other}"
        verdicts = told(await Examination(config=config, store=None, url=url, **PLACES).findings())

    assert verdicts["public address"] == "wrong"
    assert "websocket" not in verdicts


def test_the_command_says_by_its_status_whether_anything_is_wrong(monkeypatch, tmp_path, capsys, free_port):
    async def no_ntp(_server):
        raise OSError

    monkeypatch.setattr("wall.doctor.probing.clocks.asked", no_ntp)
    for name in ("WALL_REDIS_URL", "WALL_PUBLIC_URL"):
        monkeypatch.delenv(name, raising=False)
    here = ("--data-dir", str(tmp_path / "data"), "--port", str(free_port), "--json")

    assert main(["doctor", *here]) == 0
    assert json.loads(capsys.readouterr().out)["fit"] is True
    monkeypatch.setenv("WALL_REDIS_URL", "unix:///no/such/socket")
    assert main(["doctor", *here]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [one["name"] for one in found if one["verdict"] == "wrong"] == ["Redis"]
    assert main(["doctor", "wall.example", *here]) == NOTHING_DONE


def test_what_to_do_stands_below_what_was_found():
    findings = [Finding("disk", "ok", "Fine."), Finding("port", "wrong", "Taken.", "Give another.")]

    assert as_text(findings)[:3] == ["ok       disk: Fine.", "wrong    port: Taken.", "         → Give another."]
    assert (fit(findings), fit(findings[:1])) == (False, True)
