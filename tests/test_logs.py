import asyncio
import json
import logging
import sys

import pytest

from tests.program import Program, running
from tests.waiting import until
from wall.core.event import Event
from wall.core.source import SourceSettings
from wall.logs import Lines, request_id

SECRET = "c4n4ry-s3cr3t-0123456789abcdef"


def record(message, *arguments, error=None, **extra):
    record = logging.LogRecord("wall.hub", logging.WARNING, "hub.py", 1, message, arguments, error)
    for name, value in extra.items():
        setattr(record, name, value)
    return record


def raised(words):
    try:
        raise ValueError(words)
    except ValueError:
        return sys.exc_info()


@pytest.fixture(params=["text", "json"])
def lines(request):
    return Lines(request.param, part="web", secrets=[f"redis://wall:{SECRET}@h/0"])


def test_json_says_when_where_and_what_and_for_which_request():
    named = request_id.set("req-12345678")
    try:
        told = json.loads(Lines("json", part="web").format(record("Lost %s", "Redis")))
    finally:
        request_id.reset(named)

    assert told.pop("time").endswith("Z")
    assert told == {
        "level": "warning",
        "logger": "wall.hub",
        "message": "Lost Redis",
        "part": "web",
        "request": "req-12345678",
    }


def test_text_is_a_line_that_people_read():
    assert Lines("text", part="web").format(record("Lost %s", "Redis")).endswith(" WARNING wall.hub: Lost Redis")


def test_what_is_told_of_another_process_bears_its_name():
    assert json.loads(Lines("json", part="serve").format(record("Slow disk", part="redis")))["part"] == "redis"


def test_no_message_begins_a_line_of_its_own(lines):
    told = lines.format(record("%s", "x\n2026-01-01 00:00:00,000 ERROR wall: forged\x1b[31m"))

    assert "\n" not in told
    assert "\x1b" not in told


def test_what_was_raised_is_told_and_forges_nothing(lines):
    told = lines.format(record("It stumbled", error=raised("odd\n2026 ERROR forged")))

    assert "ValueError: odd" in told
    assert all(line.startswith("    ") for line in told.split("\n")[1:])


def test_no_secret_is_told(lines):
    told = lines.format(record("%s", f"password {SECRET}", error=raised(f"and {SECRET}, Bearer {SECRET[::-1]}")))

    assert SECRET not in told
    assert SECRET[::-1] not in told


def test_a_secret_is_not_cut_in_half(lines):
    assert SECRET[:6] not in lines.format(record("%s", "x" * 1990 + SECRET))


def test_a_message_without_end_is_cut(lines):
    assert len(lines.format(record("%s", "x" * 5_000_000, error=raised("y" * 5_000_000)))) < 25_000


async def test_every_part_of_a_wall_logs_in_json_and_no_secret(tmp_path):
    client, key = f"client-{SECRET}", "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE"
    settings = {
        "WALL_LOG": "json",
        "WALL_OIDC_ISSUER": "https://login.example",
        "WALL_OIDC_CLIENT": "wall",
        "WALL_OIDC_SECRET": client,
        "WALL_BACK_CHANNEL_KEY": key,
    }
    async with running(Program(tmp_path, **settings)) as wall:
        async with wall.store() as store:
            event = Event(slug="pycon", title="PyCon", hashtags=("PyConEx",), keys=("pyconex",))
            await store.events.create(event)
            address = f"http://127.0.0.1:1/feed?token={SECRET}"
            await store.sources.save("pycon", SourceSettings(id="s1", kind="feed", options={"address": address}))
        await until(lambda: "pycon/s1" in wall.said)
        await wall.kill_part("redis")
        await until(lambda: {one.get("part") for one in logged(wall)} >= {"serve", "web", "ingest"})
        told, said = logged(wall), wall.said

    assert all({"time", "level", "logger", "message", "part"} <= one.keys() for one in told)
    assert SECRET not in said
    assert key not in said


def logged(wall):
    """What it logged; the few lines for whoever started it are none."""
    return [json.loads(line) for line in wall.said.splitlines() if line.startswith("{") and line.endswith("}")]


async def test_the_secrets_of_that_test_would_show(tmp_path):
    wall = Program(tmp_path, WALL_LOG=SECRET)

    await wall.run()
    await asyncio.wait_for(wall.ended(), 60)

    assert SECRET in wall.said
