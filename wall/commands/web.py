"""`backchannel web`: one web process."""

import argparse
import asyncio
import gc
import signal
import socket

import uvicorn

from wall.commands import required_url
from wall.config import Config
from wall.joining import joined
from wall.processes import BACKLOG, allow_many_connections, listen, until_parent_ends
from wall.store import open_store
from wall.web.app import create_app
from wall.web.entrance import Entrance
from wall.web.server import REQUESTS_SECONDS, Server

LONGEST_FRAME = 16 * 1024
GARBAGE_OBJECTS = 20_000


async def web(config: Config, options: argparse.Namespace) -> int:
    """Run one web process."""
    app = create_app(config, redis_url=required_url(config))
    allow_many_connections()
    # Connections that stay are no garbage: looking through ten thousand of them now and then would hold everybody up.
    gc.set_threshold(GARBAGE_OBJECTS, 20, 50)
    sock = socket.socket(fileno=options.fd) if options.fd is not None else listen(config)
    server = Server(
        uvicorn.Config(
            app,
            http=Entrance,
            backlog=BACKLOG,
            ws="websockets-sansio",
            ws_max_size=LONGEST_FRAME,
            ws_per_message_deflate=False,
            forwarded_allow_ips=config.trusted_proxies,
            timeout_graceful_shutdown=REQUESTS_SECONDS,
            server_header=False,
            access_log=False,
            log_config=None,
        )
    )
    store = open_store(required_url(config))
    try:
        async with joined(store) as staying:
            ends = {staying}
            if options.child:
                ends.add(asyncio.create_task(until_parent_ends()))
            for end in ends:
                end.add_done_callback(lambda _: setattr(server, "should_exit", True))
            # uvicorn raises what stopped it once more at its end; we have something to say before ours.
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda *_: None)
            await server.serve(sockets=[sock])
            for end in ends - {staying}:
                end.cancel()
            if staying.done():
                staying.result()  # says why we may not go on
    finally:
        await store.database.close()
    return 0
