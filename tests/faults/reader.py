"""An ingest worker in a process of its own, in a hurry, to be killed and stopped: `python -m tests.faults.reader url folder hours`.

Its clock is so many hours ahead.
"""

import asyncio
import logging
import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wall.accept import Acceptor
from wall.ingest import Times, Worker
from wall.media import Pictures
from wall.sources.fetch import Fetch
from wall.store import open_store

HURRIED = Times(lease=1.5, renew=0.3, look=0.2, longest_wait=0.1)


async def read(url, folder, ahead):
    def now():
        return datetime.now(UTC) + ahead

    store = open_store(url)
    async with Fetch(private_addresses=True, user_agent="test") as fetch:
        acceptor = Acceptor(store, Pictures(folder, fetch), now=now)
        worker = Worker(store, acceptor, fetch, now=now, random=random.random, times=HURRIED)
        print(worker.name, flush=True)
        await worker.run()


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    asyncio.run(read(sys.argv[1], Path(sys.argv[2]), timedelta(hours=float(sys.argv[3]))))
