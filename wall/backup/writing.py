"""Takes a backup while the wall goes on."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from wall.core.backup import FORMAT, MANIFEST, REDIS, Manifest
from wall.media.files import PictureFiles
from wall.portable.writing import Packing
from wall.store.saving import snapshot


async def back_up(
    redis: Path, pictures: PictureFiles, file: BinaryIO, *, program: str, schema: int, now: datetime
) -> Manifest:
    """Write a backup to a file; everything that was confirmed before is in it.

    A picture is kept before the post it belongs to, so pictures are copied after the posts. One that is gone by then
    is of a post that was taken away meanwhile.
    """
    with Packing(file) as packing:
        async with snapshot(redis) as dump:
            await asyncio.to_thread(packing.copy, REDIS, dump)
        for id in sorted(pictures.ids()):
            await asyncio.to_thread(packing.add_picture, pictures, id)
        manifest = Manifest(
            format=FORMAT, program=program, schema=schema, taken=now, members=dict(packing.members)
        )
        await asyncio.to_thread(
            packing.whole, MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=1)
        )
    return manifest
