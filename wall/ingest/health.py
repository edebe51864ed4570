"""How an ingest worker is, for whoever looks after it: three addresses on a port of its own."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from wall.core.measures import Spread, Tally, exposition
from wall.core.near import near
from wall.errors import ConfigError
from wall.ingest.worker import Worker
from wall.vitals import vitals

LONGEST_HEAD = 8 * 1024
HEAD_SECONDS = 5.0
READY_SECONDS = 20.0
"""How long ago a worker looked after its sources last, at most; it does so every two seconds."""
STUCK_SECONDS = 90.0

REASONS = {200: "OK", 403: "Forbidden", 404: "Not Found", 503: "Service Unavailable"}


class Health:
    """Tells how a worker is; `counted` are numbers of this process."""

    def __init__(self, worker: Worker, counted: Callable[[], list[Tally | Spread]]) -> None:
        self.worker = worker
        self.counted = counted

    @property
    def well(self) -> bool:
        """Whether the worker goes on, with or without Redis."""
        return now() - self.worker.turned_at < STUCK_SECONDS

    @property
    def ready(self) -> bool:
        """Whether it looked after its sources just now, for which it needs Redis."""
        return now() - self.worker.looked_at < READY_SECONDS

    def answer(self, path: str, host: str | None) -> tuple[int, str]:
        """Return the status and the words for an address that somebody asks for."""
        match path:
            case "/healthz":
                return (200, "alive\n") if self.well else (503, "The worker hangs.\n")
            case "/readyz":
                return (200, "ready\n") if self.ready else (503, "The worker does not reach Redis.\n")
            case "/metrics" if near(host):
                return 200, exposition([*self.counted(), *vitals(), followed(len(self.worker.held))])
            case "/metrics":
                return 403, "The numbers of this worker are for machines of its own network.\n"
        return 404, "There is nothing at this address.\n"

    @asynccontextmanager
    async def listening(self, host: str, port: int) -> AsyncIterator[int]:
        """Answer within, and yield the port; raises ConfigError where nothing can listen."""
        try:
            server = await asyncio.start_server(self._converse, host, port, limit=LONGEST_HEAD)
        except OSError as error:
            raise ConfigError(
                f"Nothing can listen on {host}:{port} ({error.strerror}). Set another WALL_INGEST_PORT."
            ) from error
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError):
            async with asyncio.timeout(HEAD_SECONDS):
                head = await reader.readuntil(b"\r\n\r\n")
                method, path, *_ = [*head.decode("latin-1").split(" ", 2), "", ""]
                status, words = self.answer(path.partition("?")[0] if method == "GET" else "", peer(writer))
                body = words.encode()
                fields = [
                    "content-type: text/plain; charset=utf-8",
                    f"content-length: {len(body)}",
                    "connection: close",
                ]
                lines = [f"HTTP/1.1 {status} {REASONS[status]}", *fields, "", ""]
                writer.write("\r\n".join(lines).encode() + body)
                await writer.drain()
        writer.close()


def peer(writer: asyncio.StreamWriter) -> str | None:
    name = writer.get_extra_info("peername")
    return str(name[0]) if isinstance(name, tuple) and name else None


def now() -> float:
    return asyncio.get_running_loop().time()


def followed(number: int) -> Tally:
    """Return how many sources a worker follows, for Prometheus."""
    tally = Tally("wall_ingest_sources", "Sources that an ingest worker follows.", (), "gauge")
    tally.set(to=number)
    return tally
