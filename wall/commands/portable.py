"""`backchannel export` and `backchannel import`: a whole event as one file, and back."""

import argparse
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from wall import __version__
from wall.commands import say
from wall.config import Config
from wall.core.portable import Manifest
from wall.errors import ConfigError
from wall.media.files import PictureFiles
from wall.portable import export_event, import_event
from wall.store import Store, open_store
from wall.store.server import PrivateRedis, running_url
from wall.web.event_form import parse_slug


async def export(config: Config, options: argparse.Namespace) -> int:
    """Write an event to a file."""
    path: Path = options.to or Path(f"{options.event}.backchannel.zip")
    part = path.with_name(f".{path.name}.part")
    async with reached(config) as store:
        try:
            with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
                pictures = PictureFiles(config.picture_dir)
                manifest = await export_event(store, pictures, options.event, file, program=__version__)
            os.replace(part, path)
        except OSError as error:
            raise ConfigError(f"{path} cannot be written: {error.strerror}.") from error
        finally:
            part.unlink(missing_ok=True)
    counted = f"{number(manifest, 'posts', 'post')}, {number(manifest, 'pictures', 'picture')}"
    say(f"{manifest.title} is in {path}: {counted}.", *left_out(manifest))
    return 0


async def import_(config: Config, options: argparse.Namespace) -> int:
    """Take in an event from a file."""
    async with reached(config) as store:
        pictures = PictureFiles(config.picture_dir)
        taken = await import_event(store, pictures, options.file, slug=options.slug or "", check_slug=parse_slug)
    manifest = taken.manifest
    say(
        f"{manifest.title} is here as “{taken.slug}”: {number(manifest, 'posts', 'post')}.",
        *left_out(manifest),
        "Invite its team with “backchannel invite --event”, and open its screens anew.",
    )
    return 0


@asynccontextmanager
async def reached(config: Config) -> AsyncIterator[Store]:
    """Yield the store of the wall that runs here; where none does, its Redis is run for as long as this takes."""
    server = None
    url = config.redis_url
    if not url:
        try:
            url = running_url(config.data_dir / "redis")
        except ConfigError:
            server = PrivateRedis(config.data_dir / "redis")
            await server.start()
            url = server.url
    store = open_store(url)
    try:
        await store.sharing.check()
        yield store
    finally:
        await store.database.close()
        if server:
            await server.stop()


def left_out(manifest: Manifest) -> list[str]:
    """Return, in sentences, which secrets are not in a file."""
    return [f"Not in it, to be filled in by hand: “{one.name}” of {one.where}." for one in manifest.missing]


def number(manifest: Manifest, what: str, one: str) -> str:
    count = manifest.counts.get(what, 0)
    return f"{count:,} {one}{'' if count == 1 else 's'}"
