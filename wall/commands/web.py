"""`backchannel web`: one web process."""

import argparse
import asyncio
import gc
import socket

import uvicorn

from wall.commands import required_url
from wall.config import Config
from wall.processes import BACKLOG, allow_many_connections, listen, until_parent_ends
from wall.supervised import supervised
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
    if not options.child:
        async with supervised(ready=lambda: server.started):
            await server.serve(sockets=[sock])
        return 0
    parent = asyncio.create_task(until_parent_ends())
    parent.add_done_callback(lambda _: setattr(server, "should_exit", True))
    await server.serve(sockets=[sock])
    parent.cancel()
    return 0
