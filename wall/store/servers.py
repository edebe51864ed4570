"""The servers that keep everything: one Redis, or the one that Sentinel names. A Cluster has a file of its own."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.client import Pipeline, PubSub
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import NoBackoff
from redis.exceptions import ReadOnlyError, ResponseError

ANSWER_SECONDS = 10.0
SENTINEL_SECONDS = 2.0
CONNECTIONS = 64
LISTENERS = 4

Argument = str | bytes | int | float
Command: TypeAlias = Sequence[Argument]
Address = tuple[str, int]
Options = Mapping[str, Any]


class OneServer:
    """The one Redis that everything is asked of, at an address or wherever Sentinel says."""

    def __init__(self, redis: Redis, sentinel: Sentinel | None = None) -> None:
        self.redis = redis
        self.sentinel = sentinel
        # The pool that follows Sentinel refuses whoever finds all connections taken; here they wait.
        self.turns = asyncio.Semaphore(CONNECTIONS)

    async def send(
        self, commands: Sequence[Command], *, atomic: bool = False, together: bool = False
    ) -> list[Any]:
        """Run commands over one connection and return their answers; raises the first error among them."""
        try:
            async with self.turns:
                return await execute(self.redis, commands, atomic=atomic)
        except ReadOnlyError:
            # It is a replica now. Whoever has its part is found by connecting anew.
            await self.redis.connection_pool.disconnect(inuse_connections=False)
            raise

    async def listener(self) -> PubSub:
        """Return a connection that hears everything published."""
        return self.redis.pubsub(ignore_subscribe_messages=True)

    async def close(self) -> None:
        await self.redis.aclose()
        if self.sentinel:
            await self.sentinel.aclose()


def client(options: Options) -> Redis:
    """Return a client of one server; nothing is retried behind the caller's back.

    When many come at once they wait for a connection; the other kind of pool would refuse them.
    """
    return Redis.from_pool(BlockingConnectionPool(timeout=ANSWER_SECONDS, **{**patience(), **options}))


def named_by_sentinel(sentinels: Sequence[Address], service: str, options: Options) -> OneServer:
    """Return the primary of a service, wherever its sentinels say that it is."""
    options = dict(options)
    own = {
        name: options.pop(f"sentinel_{name}") for name in ("username", "password") if f"sentinel_{name}" in options
    }
    encrypted = "connection_class" in options
    options.pop("connection_class", None)
    if encrypted:
        own["ssl"] = options["ssl"] = True
    asked = {**patience(), "socket_timeout": SENTINEL_SECONDS, "socket_connect_timeout": SENTINEL_SECONDS}
    sentinel = Sentinel(sentinels, sentinel_kwargs={**asked, **own})  # type: ignore[no-untyped-call]
    redis: Redis = sentinel.master_for(service, **{**patience(), **options})
    return OneServer(redis, sentinel)


def patience() -> dict[str, Any]:
    """Return how long we wait for a server, and for how many answers at a time."""
    return {
        "socket_timeout": ANSWER_SECONDS,
        "socket_connect_timeout": ANSWER_SECONDS,
        "health_check_interval": 15,
        "max_connections": CONNECTIONS + LISTENERS,
        "retry": Retry(NoBackoff(), 0),
    }


async def execute(
    redis: Redis, commands: Sequence[Command], *, atomic: bool = False, errors: bool = False
) -> list[Any]:
    """Run commands over one connection in one round trip; with `errors`, those answered are among the answers."""
    if len(commands) == 1:
        try:
            return [await redis.execute_command(*commands[0])]  # type: ignore[no-untyped-call]
        except ResponseError as error:
            if errors:
                return [error]
            raise
    pipeline: Pipeline = redis.pipeline(transaction=atomic)
    for command in commands:
        pipeline.execute_command(*command)
    return await pipeline.execute(raise_on_error=not errors)
