"""Writes into the data folder as Redis does, and says how that went."""

import os
import shutil
import time
from pathlib import Path

from wall.doctor.keeping import Disk

WRITES = 50
BLOCK = bytes(4096)
NAME = ".doctor"
MAY_WRITE = 0o022
MAY_DO_ANYTHING = 0o077


def look(folder: Path, *, writes: int = WRITES) -> Disk:
    """Return how a folder is; it is made where there is none, as the wall would."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        syncs = written(folder / NAME, writes)
        free = shutil.disk_usage(folder).free
        open_to = folder.stat().st_mode & MAY_WRITE
        if (kept := folder / "redis").is_dir():
            open_to |= kept.stat().st_mode & MAY_DO_ANYTHING
    except OSError as error:
        return Disk(str(folder), 0, (), refusal=error.strerror or str(error))
    return Disk(str(folder), free, syncs, open_to=open_to)


def written(path: Path, writes: int) -> tuple[float, ...]:
    """Write a file that goes again at once; returns how long each block took until it was on the disk."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        return tuple([synced(file) for _ in range(writes)])
    finally:
        os.close(file)
        path.unlink(missing_ok=True)


def synced(file: int) -> float:
    began = time.perf_counter()
    os.write(file, BLOCK)
    os.fsync(file)
    return time.perf_counter() - began
