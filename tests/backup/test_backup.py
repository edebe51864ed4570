"""What a backup holds, which ones are taken in again, and where."""

import argparse
import io
import zipfile
from pathlib import Path

import msgspec
import pytest

from tests.backup.record import EVENT
from tests.cast import NOW
from tests.portable.filled import PICTURE
from wall.commands.backup import backup, named, restore
from wall.config import Config
from wall.core.backup import MANIFEST, REDIS
from wall.core.portable import MANIFEST as EVENT_MANIFEST
from wall.errors import ConfigError, InvalidInput
from wall.media.files import PictureFiles
from wall.portable import export_event
from wall.store import open_store
from wall.store.keys import RESTORED
from wall.store.portable_parts import PARTS
from wall.store.server import PrivateRedis

RECORDED = sorted((Path(__file__).parent.parent / "fixtures" / "backups").glob("*.backup.zip"))
assert RECORDED
CAME_LATER = {"0.1.0-schema-1.backup.zip": {"left-figures.jsonl"}}
"""Parts that a version knew nothing of."""


async def restored(path, folder):
    return await restore(Config(data_dir=folder), argparse.Namespace(file=path))


@pytest.fixture
def changed(tmp_path):
    """A backup with one of its members another, or gone."""

    def changed(name, data):
        path = tmp_path / "changed.zip"
        with zipfile.ZipFile(RECORDED[-1]) as before, zipfile.ZipFile(path, "w") as after:
            for member in before.namelist():
                kept = data if member == name else before.read(member)
                if kept is not None:
                    after.writestr(member, kept)
        return path

    return changed


def with_schema(number):
    with zipfile.ZipFile(RECORDED[-1]) as file:
        manifest = msgspec.json.decode(file.read(MANIFEST))
    return msgspec.json.encode({**manifest, "schema": number})


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.name)
async def test_what_every_version_so_far_kept_is_read(path, tmp_path):
    assert await restored(path, tmp_path / "data") == 0

    server = PrivateRedis(tmp_path / "data" / "redis")
    await server.start()
    store = open_store(server.url)
    pictures = PictureFiles(tmp_path / "data" / "pictures")
    try:
        assert [event.title for event in await store.events.all()] == [EVENT.title]
        assert [person.name for person in await store.people.all()] == ["Mia"]
        assert len(await store.people.sessions((await store.people.all())[0].id)) == 1
        assert (await store.restoring.last()).taken is not None
        assert pictures.open(PICTURE.id, "screen").is_file()
        manifest = await export_event(store, pictures, EVENT.slug, io.BytesIO(), program="1.0")
        assert manifest.counts["posts"] > 5
        lost = {part.member for part in PARTS} - manifest.members.keys()
        assert lost == CAME_LATER.get(path.name, set())
    finally:
        await store.database.close()
        await server.stop()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        (REDIS, b"REDIS0010 and nothing else", "is damaged"),
        (REDIS, None, "is not a backup of a wall"),
        (MANIFEST, b"{}", "is not a backup of a wall"),
        (MANIFEST, with_schema(99), "was taken by a newer version"),
        ("pictures/" + PICTURE.id + "-screen.webp", b"RIFF\x0c\x00\x00\x00WEBPVP8 BYTES", "is damaged"),
    ],
    ids=["another length", "nothing of Redis", "says nothing", "of a newer version", "another picture"],
)
async def test_what_is_no_whole_backup_is_refused_and_leaves_nothing(changed, tmp_path, name, data, words):
    folder = tmp_path / "data"

    with pytest.raises(InvalidInput, match=words):
        await restored(changed(name, data), folder)

    assert not folder.exists() or list(folder.iterdir()) == []


async def test_the_file_of_an_event_is_none(tmp_path):
    path = tmp_path / "event.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(EVENT_MANIFEST, b"{}")

    with pytest.raises(InvalidInput, match="backchannel import"):
        await restored(path, tmp_path / "data")


@pytest.mark.parametrize("part", ["redis", "pictures"])
async def test_nothing_is_restored_over_what_is_there(tmp_path, part):
    (tmp_path / "data" / part).mkdir(parents=True)

    with pytest.raises(ConfigError, match=f"There is something in .*{part} already"):
        await restored(RECORDED[-1], tmp_path / "data")


async def test_a_redis_of_ones_own_is_left_to_its_own_means(tmp_path, redis_server):
    config = Config(data_dir=tmp_path, redis_url=redis_server.url)

    with pytest.raises(ConfigError, match="your own: back it up by its own means"):
        await backup(config, argparse.Namespace(to=tmp_path / "b.zip"))
    with pytest.raises(ConfigError, match="your own: restore it by its own means"):
        await restore(config, argparse.Namespace(file=RECORDED[-1]))


async def test_once_a_redis_of_ones_own_was_restored_everybody_starts_over(tmp_path, redis_server, store, event):
    tip = await store.feeds.tip(event.slug, "public")

    assert await restore(Config(data_dir=tmp_path, redis_url=redis_server.url), argparse.Namespace(file=None)) == 0

    assert (await store.feeds.tip(event.slug, "public")).epoch != tip.epoch
    assert (await store.restoring.last()).taken is None
    await store.database.command("DEL", RESTORED)


def test_in_a_folder_a_backup_is_named_by_its_time(tmp_path):
    assert named(tmp_path, NOW) == tmp_path / "backchannel-20260612T093000Z.backup.zip"
    assert named(tmp_path / "mine.zip", NOW) == tmp_path / "mine.zip"
