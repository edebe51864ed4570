"""Websockets out, through the same address guard as HTTP; what goes wrong is a SourceError in words."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException
from websockets.typing import Subprotocol

from wall.errors import SourceError
from wall.sources.fetch import Fetch
from wall.sources.response import retry_after

OPEN_SECONDS = 10.0
CLOSE_SECONDS = 0.5  # a source that is stopped is gone within a second
# A connection is dead when it is silent for 75 s: a ping after 30, its pong not there 45 s later.
PING_SECONDS = 30.0
PONG_SECONDS = 45.0
TOO_BIG = 1009
REFUSALS = (400, 401, 403, 404, 410, 422)


@asynccontextmanager
async def connected(
    fetch: Fetch,
    url: str,
    *,
    name: str,
    limit: int,
    headers: Mapping[str, str] | None = None,
    protocol: str | None = None,
    compressed: bool = True,
) -> AsyncIterator[ClientConnection]:
    """Give a connection to a server called `name`, whose messages have at most `limit` bytes.

    `protocol` is the subprotocol to ask for; `compressed` lets the server save bytes for our processor time. Raises
    SourceError for what goes wrong, in opening and inside; its `status` is the code that a server closes with.
    """
    socket = await opened(
        fetch, url, name=name, limit=limit, headers=headers, protocol=protocol, compressed=compressed
    )
    try:
        yield socket
    except ConnectionClosed as error:
        if error.sent and error.sent.code == TOO_BIG:
            raise SourceError(f"{name} sent something larger than {limit} bytes.") from error
        status = error.rcvd.code if error.rcvd else None
        raise SourceError(f"{name} closed the connection.", status=status) from error
    finally:
        await socket.close()


async def opened(
    fetch: Fetch,
    url: str,
    *,
    name: str,
    limit: int,
    headers: Mapping[str, str] | None,
    protocol: str | None,
    compressed: bool,
) -> ClientConnection:
    address = await fetch.resolve(url)
    try:
        return await connect(
            url,
            host=address,
            proxy=None,
            additional_headers=headers,
            subprotocols=[Subprotocol(protocol)] if protocol else None,
            compression="deflate" if compressed else None,
            max_size=limit,
            open_timeout=OPEN_SECONDS,
            close_timeout=CLOSE_SECONDS,
            ping_interval=PING_SECONDS,
            ping_timeout=PONG_SECONDS,
        )
    except InvalidStatus as error:
        status = error.response.status_code
        raise SourceError(
            f"{name} refuses a live connection ({status}).",
            permanent=status in REFUSALS,
            retry_after=retry_after(status, error.response.headers, datetime.now(UTC)),
            status=status,
        ) from error
    except TimeoutError as error:
        raise SourceError(f"{name} does not answer in time.") from error
    except OSError as error:
        raise SourceError(f"{name} cannot be reached.") from error
    except (WebSocketException, ValueError) as error:
        raise SourceError(f"{name} does not speak websocket as it should.") from error
