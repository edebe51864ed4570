"""Our own server, which also notes when its hub is handed each update: `python -m bench.witness web`.

BENCH_RECEIPTS names the file: a line for each update, its offset and the nanoseconds of the machine's clock. The note is
taken where the store hands an update to the hub, before anything is done with it; the program itself is as it ships.
"""

import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import aclosing

from wall.cli import main
from wall.store.feeds import Feeds, Published, Revoked

Heard = Published | Revoked | None


def witnessed(file: int) -> None:
    """Have every feed note what it hands on."""
    listen = Feeds.listen

    async def listening(self: Feeds) -> AsyncIterator[Heard]:
        async with aclosing(listen(self)) as all_heard:  # type: ignore[type-var]
            async for heard in all_heard:
                if isinstance(heard, Published):
                    os.write(file, f"{heard.update.offset} {time.time_ns()}\n".encode())
                yield heard

    Feeds.listen = listening  # type: ignore[method-assign]


if __name__ == "__main__":
    witnessed(os.open(os.environ["BENCH_RECEIPTS"], os.O_WRONLY | os.O_CREAT | os.O_APPEND))
    sys.exit(main())
