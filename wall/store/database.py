"""What may be asked of Redis, and the scripts that run there."""

import asyncio
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from redis.asyncio.client import PubSub
from redis.exceptions import NoScriptError, RedisError

from wall.core.measures import StoreMeasures
from wall.errors import StoreUnavailable
from wall.store.address import servers
from wall.store.servers import Argument, Command

SCRIPTS = Path(__file__).resolve().parent / "lua"
REPLICAS_MILLISECONDS = 200


class Script:
    """One Lua script of store/lua/, known by its name; those it leans on (`current`, `append`) go before it."""

    def __init__(self, name: str, *, after: Sequence[str] = ()) -> None:
        self.text = "\n".join((SCRIPTS / f"{part}.lua").read_text(encoding="utf-8") for part in (*after, name))
        self.sha = hashlib.sha1(self.text.encode(), usedforsecurity=False).hexdigest()


class Call:
    """A script with its keys and arguments, to be run alone or with others."""

    __slots__ = ("arguments", "keys", "script")

    def __init__(self, script: Script, keys: Sequence[str], arguments: Sequence[Argument]) -> None:
        self.script = script
        self.keys = keys
        self.arguments = arguments

    def command(self, *, in_full: bool) -> Command:
        """Return the command that runs it: by its fingerprint, or `in_full` for a Redis that has not seen it."""
        name = ("EVAL", self.script.text) if in_full else ("EVALSHA", self.script.sha)
        return (*name, len(self.keys), *self.keys, *self.arguments)


class Database:
    """One Redis, Sentinel's or a Cluster. Every failure to reach it is StoreUnavailable, and it may be asked again.

    On a Cluster, what is done in one step concerns one event: its keys are in one slot.
    """

    def __init__(self, url: str, *, replicas: int = 0, measures: StoreMeasures | None = None) -> None:
        self.replicas = replicas
        self.measures = measures or StoreMeasures()
        self.servers = servers(url)
        self.closed = False
        self.asking = 0
        self.idle = asyncio.Event()

    async def close(self) -> None:
        """Let go of every connection; whatever asks later is refused, so that none is opened anew."""
        self.closed = True
        await self.servers.close()
        if self.asking:
            # Who was connecting just now has the connection only after that.
            await self.idle.wait()
            await self.servers.close()

    async def command(self, *arguments: Argument) -> Any:
        """Run one Redis command."""
        with self._asking():
            return (await self.servers.send([arguments]))[0]

    async def commands(self, *commands: Command, atomic: bool = False) -> list[Any]:
        """Run several Redis commands in one round trip, `atomic` ones as one transaction."""
        if not commands:
            return []
        with self._asking():
            return await self.servers.send(commands, atomic=atomic)

    async def run(self, call: Call, *, confirm: bool = False) -> Any:
        """Run one script. With `confirm`, what it answered holds only once enough replicas have what it wrote."""
        wait: list[Command] = [("WAIT", self.replicas, REPLICAS_MILLISECONDS)] if confirm and self.replicas else []
        with self._asking():
            try:
                answer, *waited = await self.servers.send([call.command(in_full=False), *wait], together=True)
            except NoScriptError:
                answer, *waited = await self.servers.send([call.command(in_full=True), *wait], together=True)
        if waited and answer is not None and waited[0] < self.replicas:
            raise StoreUnavailable("Not confirmed, because a replica of Redis does not keep up; send it again.")
        return answer

    async def run_all(self, calls: Sequence[Call], *, atomic: bool = True) -> list[Any]:
        """Run scripts in one round trip and, `atomic`, as one transaction, whichever of them Redis has seen."""
        if not calls:
            return []
        if len(calls) == 1:
            return [await self.run(calls[0])]
        commands: list[Command] = []
        sent: set[Script] = set()
        for call in calls:
            commands.append(call.command(in_full=call.script not in sent))
            sent.add(call.script)
        with self._asking():
            return await self.servers.send(commands, atomic=atomic, together=True)

    async def listener(self) -> PubSub:
        """Return a connection that hears what is published; on a Cluster, any node hears all of it."""
        with self._asking():
            return await self.servers.listener()

    @contextmanager
    def _asking(self) -> Iterator[None]:
        if self.closed:
            raise StoreUnavailable("This process is stopping and asks Redis nothing any more.")
        self.asking += 1
        self.idle.clear()
        asked = monotonic()
        try:
            with failures():
                yield
            self.measures.seconds.observe(monotonic() - asked)
        except StoreUnavailable:
            self.measures.failures.add()
            raise
        finally:
            self.asking -= 1
            if not self.asking:
                self.idle.set()


@contextmanager
def failures() -> Iterator[None]:
    """Say StoreUnavailable where Redis fails, and stop where the task was told to.

    redis-py writes within `asyncio.wait_for`, which on Python 3.11 loses a cancellation that comes as the writing
    ends. Whoever was told to stop would then go on for ever.
    """
    task = asyncio.current_task()
    told_before = task.cancelling() if task else 0
    failure: Exception | None = None
    try:
        yield
    except (RedisError, OSError) as error:
        failure = error
    if task and task.cancelling() > told_before:
        raise asyncio.CancelledError from failure
    if failure:
        raise StoreUnavailable(f"Redis does not answer as it should: {str(failure)[:200]}") from failure
