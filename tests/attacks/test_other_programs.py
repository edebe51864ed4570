"""What the programs know that we start beside ourselves: who takes one over finds no secret of ours in it."""

import asyncio
import os
from datetime import date
from pathlib import Path

import pytest

from tests.pictures import plain
from tests.sources.feeds import entry, rss
from wall.classifier import Classifier
from wall.config import Config
from wall.decode import decode
from wall.errors import ClassifierError, InvalidInput, PictureError
from wall.media.postcards import drawn
from wall.processes import environment_of
from wall.sources.feed.source import read_apart as read_feed
from wall.sources.programme.apart import read_apart as read_programme
from wall.store.server import PrivateRedis

CANARY = "canary-of-the-environment"
PACKAGE = Path(__file__).resolve().parents[2] / "wall"


@pytest.fixture
def given(monkeypatch):
    """The environments of the programs that are started, while ours holds a secret."""
    given, start = [], asyncio.create_subprocess_exec

    async def noting(*words, **options):
        given.append(options.get("env") or dict(os.environ))
        return await start(*words, **options)

    monkeypatch.setenv("WALL_BACK_CHANNEL_KEY", CANARY)
    monkeypatch.setattr(asyncio, "create_subprocess_exec", noting)
    return given


async def run_all(folder):
    """Start every kind of program that we start; what they make of it is told elsewhere."""
    await decode(plain(), "photo")
    await read_feed(rss(entry()))
    with pytest.raises(InvalidInput):
        await read_programme(b"x", timezone="UTC", first=date(2026, 6, 5), last=date(2026, 6, 6))
    with pytest.raises(PictureError):
        await drawn(b"{}")
    with pytest.raises(ClassifierError):
        await Classifier("true").labels(folder / "none.webp")
    redis = PrivateRedis(folder)
    await redis.start()
    await redis.stop()


async def test_no_other_program_is_given_a_secret(given, tmp_path):
    await run_all(tmp_path)

    assert len(given) >= 6
    assert [environment for environment in given if CANARY in str(environment)] == []


async def test_our_own_children_are_given_their_settings(given):
    """The control, and the one place where a program is started that may know them."""
    config = Config(back_channel_key=CANARY)

    process = await asyncio.create_subprocess_exec("true", env=environment_of(config, redis_url="unix:///x"))
    await process.wait()

    assert given[0]["WALL_BACK_CHANNEL_KEY"] == CANARY


def starting():
    return [path for path in PACKAGE.rglob("*.py") if "create_subprocess" in path.read_text(encoding="utf-8")]


def test_every_place_that_starts_a_program_says_what_it_is_given():
    assert [path.name for path in starting() if "env=" not in path.read_text(encoding="utf-8")] == []
