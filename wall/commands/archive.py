"""`backchannel archive`: a wall as files, for any web server."""

import argparse
import os
from pathlib import Path

from wall.commands import now, say
from wall.commands.portable import reached
from wall.config import Config
from wall.errors import ConfigError
from wall.media.files import PictureFiles
from wall.web.archive import ArchiveSite, to_folder, to_zip


async def archive(config: Config, options: argparse.Namespace) -> int:
    """Write the wall of an event into a folder, or as a zip."""
    path: Path = options.to
    async with reached(config) as store:
        event = await store.events.get(options.event)
        site = ArchiveSite(store, PictureFiles(config.picture_dir), event, now=now())
        part = path.with_name(f".{path.name}.part")
        try:
            if path.suffix != ".zip":
                count = await to_folder(site.files(), path)
            else:
                with part.open("w+b") as file:
                    count = await to_zip(site.files(), file, folder=event.slug)
                os.replace(part, path)
        except OSError as error:
            raise ConfigError(f"{path} cannot be written: {error.strerror}.") from error
        finally:
            if path.suffix == ".zip":
                part.unlink(missing_ok=True)
    say(f"{event.title} is in {path}, {count:,} files; its first page is index.html.")
    return 0
