"""The connection to Redis, and the scripts that run there."""

import asyncio
import hashlib
from collections.abc import Awaitable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import NoScriptError, RedisError

from wall.errors import StoreUnavailable

SCRIPTS = Path(__file__).resolve().parent / "lua"
ANSWER_SECONDS = 10.0
CONNECTIONS = 64

Argument = str | bytes | int | float
Answer = TypeVar("Answer")


class Script:
    """One Lua script of store/lua/, known by its name; `append.lua` goes before those that write to a feed."""

    def __init__(self, name: str, *, appends: bool = False) -> None:
        parts = (["append"] if appends else []) + [name]
        self.text = "\n".join((SCRIPTS / f"{part}.lua").read_text(encoding="utf-8") for part in parts)
        self.sha = hashlib.sha1(self.text.encode(), usedforsecurity=False).hexdigest()


class Call:
    """A script with its keys and arguments, to be run alone or with others."""

    __slots__ = ("arguments", "keys", "script")

    def __init__(self, script: Script, keys: Sequence[str], arguments: Sequence[Argument]) -> None:
        self.script = script
        self.keys = keys
        self.arguments = arguments


class Database:
    """One Redis. Every failure to reach it is StoreUnavailable; nothing is retried behind the caller's back."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.redis = Redis.from_url(
            url,
            socket_timeout=ANSWER_SECONDS,
            socket_connect_timeout=ANSWER_SECONDS,
            health_check_interval=15,
            max_connections=CONNECTIONS,
            retry=Retry(NoBackoff(), 0),
        )

    async def close(self) -> None:
        await self.redis.aclose()

    async def command(self, *arguments: Argument) -> Any:
        """Run one Redis command."""
        try:
            return await heeding(self.redis.execute_command(*arguments))  # type: ignore[no-untyped-call]
        except (RedisError, OSError) as error:
            raise unavailable(error) from error

    async def commands(self, *commands: Sequence[Argument], atomic: bool = False) -> list[Any]:
        """Run several Redis commands in one round trip, `atomic` ones as one transaction."""
        if not commands:
            return []
        pipeline = self.redis.pipeline(transaction=atomic)
        for command in commands:
            pipeline.execute_command(*command)
        try:
            return await heeding(pipeline.execute())
        except (RedisError, OSError) as error:
            raise unavailable(error) from error

    async def run(self, call: Call) -> Any:
        """Run one script."""
        return (await self.run_all([call], atomic=False))[0]

    async def run_all(self, calls: Sequence[Call], *, atomic: bool = True) -> list[Any]:
        """Run scripts in one round trip and, `atomic`, as one transaction.

        Transactions hold scripts only: when Redis has forgotten them (it does on a restart), all of them fail
        together, and doing them again is safe.
        """
        if not calls:
            return []
        try:
            try:
                return await heeding(self._evaluate(calls, atomic=atomic))
            except NoScriptError:
                for script in {call.script for call in calls}:
                    await heeding(self.redis.script_load(script.text))
                return await heeding(self._evaluate(calls, atomic=atomic))
        except (RedisError, OSError) as error:
            raise unavailable(error) from error

    async def _evaluate(self, calls: Sequence[Call], *, atomic: bool) -> list[Any]:
        if len(calls) == 1:
            call = calls[0]
            return [await self.redis.evalsha(call.script.sha, len(call.keys), *call.keys, *call.arguments)]
        pipeline: Pipeline = self.redis.pipeline(transaction=atomic)
        for call in calls:
            pipeline.evalsha(call.script.sha, len(call.keys), *call.keys, *call.arguments)
        return await pipeline.execute()


async def heeding(question: Awaitable[Answer]) -> Answer:
    """Wait for an answer of Redis; raises CancelledError if we were cancelled meanwhile.

    On Python 3.11 redis-py, by asyncio.wait_for, passes over a cancellation at the moment a command is sent.
    """
    task = asyncio.current_task()
    before = task.cancelling() if task else 0
    answer = await question
    if task and task.cancelling() > before:
        raise asyncio.CancelledError
    return answer


def unavailable(error: Exception) -> StoreUnavailable:
    return StoreUnavailable(f"Redis does not answer as it should: {str(error)[:200]}")
