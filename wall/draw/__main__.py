"""The process that draws one picture of a post: JSON on standard input, a PNG on standard output.

What is written on it was written by strangers, and what shapes letters is a large program; so it runs limited, and
knows nothing but what it is given and the faces and pictures that this names.
"""

import json
import resource
import sys
from pathlib import Path

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 10


def limit_ourselves() -> None:
    for name, limit in (("RLIMIT_AS", MEMORY_BYTES), ("RLIMIT_CPU", CPU_SECONDS), ("RLIMIT_FSIZE", 0)):
        try:
            resource.setrlimit(getattr(resource, name), (limit, limit))
        except (ValueError, OSError):
            # macOS does not limit memory; time and our parent still do.
            continue


# Before Pillow is imported, so that nothing of it ever runs unlimited.
limit_ourselves()
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from wall.draw.card import drawn  # noqa: E402

if __name__ == "__main__":
    drawn(json.load(sys.stdin.buffer)).save(sys.stdout.buffer, "PNG", compress_level=6)
    sys.stdout.buffer.flush()
