"""`backchannel backup` and `backchannel restore`: a whole installation as one file, and back."""

import argparse
import asyncio
import os
import shutil
from datetime import datetime
from pathlib import Path

from wall import __version__
from wall.backup import back_up, opened
from wall.commands import now, say
from wall.commands.portable import reached
from wall.config import Config
from wall.core.backup import SUFFIX
from wall.errors import ConfigError
from wall.media.files import PictureFiles
from wall.store import open_store
from wall.store.saving import take_in
from wall.store.schema import SCHEMA
from wall.store.server import PrivateRedis

LAYING_OUT = "restoring"
OWN_REDIS = (
    "The Redis of WALL_REDIS_URL is your own: back it up by its own means (docs/keeping.md says which), and with it "
    "the folder {pictures}. `backchannel export` writes single events."
)


async def backup(config: Config, options: argparse.Namespace) -> int:
    """Write all that this wall keeps to a file, while it goes on."""
    if config.redis_url:
        raise ConfigError(OWN_REDIS.format(pictures=config.picture_dir))
    taken = now()
    path = named(options.to, taken)
    part = path.with_name(f".{path.name}.part")
    async with reached(config):
        try:
            with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
                pictures = PictureFiles(config.picture_dir)
                redis = (config.data_dir / "redis").resolve()
                manifest = await back_up(
                    redis, pictures, file, program=__version__, schema=SCHEMA.number, now=taken
                )
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, path)
        except OSError as error:
            raise ConfigError(f"{path} cannot be written: {error.strerror}.") from error
        finally:
            part.unlink(missing_ok=True)
    say(
        f"{path} holds everything up to {in_words(taken)}, with {manifest.pictures:,} "
        f"picture{'' if manifest.pictures == 1 else 's'}. It lets in whoever has it: keep it as you keep passwords.",
        "Settings, WALL_BACK_CHANNEL_KEY among them, are not in it.",
    )
    return 0


def named(to: Path, taken: datetime) -> Path:
    """Return where a backup goes: a file, or one named by its time in a folder."""
    return to / f"backchannel-{taken:%Y%m%dT%H%M%SZ}{SUFFIX}" if to.is_dir() else to


async def restore(config: Config, options: argparse.Namespace) -> int:
    """Put back what a backup holds, into a folder where nothing is yet."""
    if config.redis_url:
        return await renew(config, options)
    if options.file is None:
        raise ConfigError("Say which backup to restore: `backchannel restore FILE --data-dir FOLDER`.")
    check_empty(config)
    laying_out = config.data_dir / LAYING_OUT
    with opened(options.file, schema=SCHEMA.number) as found:
        try:
            shutil.rmtree(laying_out, ignore_errors=True)
            (laying_out / "redis").mkdir(parents=True, mode=0o700)
            await asyncio.to_thread(
                found.lay_out, laying_out / "redis", PictureFiles(laying_out / config.picture_dir.name)
            )
            await take_in((laying_out / "redis").resolve())
            events = await renewed(laying_out / "redis", found.manifest.taken)
            for part in sorted(laying_out.iterdir(), reverse=True):  # redis last: where it is, all is
                os.replace(part, config.data_dir / part.name)
        except OSError as error:
            raise ConfigError(f"The data folder {config.data_dir} cannot be written: {error.strerror}.") from error
        finally:
            shutil.rmtree(laying_out, ignore_errors=True)
    say(
        f"{config.data_dir} is as the wall was at {in_words(found.manifest.taken)}: "
        f"{events} event{'' if events == 1 else 's'}, {found.manifest.pictures:,} "
        f"picture{'' if found.manifest.pictures == 1 else 's'}.",
        "What was decided, removed or erased since then is not in it, and who left a team since is on it again.",
        "Look through both before you open the wall to anybody.",
    )
    return 0


def check_empty(config: Config) -> None:
    """Raise ConfigError where a data folder holds something already."""
    there = [path for path in (config.data_dir / "redis", config.picture_dir) if path.exists()]
    if there:
        raise ConfigError(
            f"There is something in {there[0]} already; give --data-dir a folder where nothing is yet."
        )


async def renewed(folder: Path, taken: datetime) -> int:
    server = PrivateRedis(folder)
    await server.start()
    store = open_store(server.url)
    try:
        await store.sharing.check()
        return await store.restoring.renew(taken, now=now())
    finally:
        await store.database.close()
        await server.stop()


async def renew(config: Config, options: argparse.Namespace) -> int:
    """Say of a Redis of one's own that it was restored."""
    if options.file is not None:
        raise ConfigError(
            "The Redis of WALL_REDIS_URL is your own: restore it by its own means, then run `backchannel restore` "
            "without a file, so that everybody who watches starts over."
        )
    async with reached(config) as store:
        events = await store.restoring.renew(None, now=now())
    say(f"The feeds of {events} event{'' if events == 1 else 's'} begin anew; everybody who watches starts over.")
    return 0


def in_words(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"
