"""uvicorn as we run it: our own listening sockets in front of it, and our own drain before its end."""

import socket

import uvicorn

from wall.web.drain import Drain
from wall.web.entrance import Entrance
from wall.web.gate import Gate
from wall.web.listener import POSSIBLE, Listener

REQUESTS_SECONDS = 3  # what the drain of streams leaves of the five that a process has


class Server(uvicorn.Server):
    """uvicorn, which would take connections one by one, and close every websocket with 1012."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen by ourselves where that is possible, and let uvicorn listen where not."""
        if not sockets or self.config.is_ssl or not POSSIBLE:
            await super().startup(sockets)
            return
        await super().startup([])
        gate: Gate = self.lifespan.state["gate"]
        gate.fanout.connections = self.server_state.connections
        self.servers += [Listener(sock, gate, self._entrance, backlog=self.config.backlog) for sock in sockets]  # type: ignore[misc]

    def _entrance(self, head: bytes) -> Entrance:
        return Entrance(self.config, self.server_state, self.lifespan.state, head=head)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take nobody in any more, send the viewers elsewhere, then finish the requests under way."""
        for server in self.servers:
            server.close()
        drain: Drain = self.lifespan.state["drain"]
        drain.begin()
        await drain.finish()
        await super().shutdown(sockets)
