"""The floor of delivery: a bare server of the websockets library that sends on to everybody what one sends.

Run by delivery.py: `python -m bench.broadcast`. Prints its port; ends with its standard input.
"""

import asyncio
import sys
from contextlib import suppress

from websockets.asyncio.server import ServerConnection, broadcast, serve
from websockets.exceptions import ConnectionClosed

FARTHEST = 2048


async def main() -> None:
    viewers: list[ServerConnection] = []

    async def follow(viewer: ServerConnection) -> None:
        viewers.append(viewer)
        try:
            with suppress(ConnectionClosed):
                async for frame in viewer:
                    broadcast(viewers, frame)
        finally:
            viewers.remove(viewer)

    async with serve(follow, "127.0.0.1", 0, compression=None, backlog=FARTHEST, ping_interval=None) as server:
        print(server.sockets[0].getsockname()[1], flush=True)
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
