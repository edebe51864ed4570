"""Redis Cluster: which node has which slot, and how to go on while one fails or a slot moves."""

import asyncio
import random
from collections.abc import Sequence
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.crc import key_slot
from redis.exceptions import (
    AskError,
    ClusterDownError,
    ConnectionError,
    MovedError,
    RedisError,
    TimeoutError,
    TryAgainError,
)

from wall.store.servers import Address, Command, Options, client, execute

SLOTS = 16384
MAP_SECONDS = 2.0
SETTLE_SECONDS = 2.0
PAUSE_SECONDS = 0.02

LOST = (ConnectionError, TimeoutError, ClusterDownError, OSError)
UNSETTLED = (AskError, TryAgainError)
"""Answers of a slot that moves, or has moved (MovedError is an AskError): nothing was done."""


class Cluster:
    """The masters of a Cluster, found through any of its nodes.

    redis-py's own cluster client is not used: in 8.1 it starts a thread and an event loop for each command of a
    transaction, and sends ASKING over another connection than the command that it is for.
    """

    def __init__(self, seeds: Sequence[Address], options: Options) -> None:
        self.seeds = list(seeds)
        self.options = options
        self.clients: dict[Address, Redis] = {}
        self.owners: list[Address | None] = []
        self.masters: list[Address] = []
        self.lock = asyncio.Lock()
        self.heard = 0

    async def send(
        self, commands: Sequence[Command], *, atomic: bool = False, together: bool = False
    ) -> list[Any]:
        """Run commands and return their answers; raises the first error among them.

        Those sent `together`, as all `atomic` ones are, have their keys in one slot and go over one connection.
        """
        if together or atomic or len(commands) == 1:
            return await self._settled(commands, atomic=atomic)
        places: dict[Address, list[int]] = {}
        for place, command in enumerate(commands):
            places.setdefault(await self._owner(slot_of(command)), []).append(place)
        parts = await asyncio.gather(
            *(self._ask(address, [commands[place] for place in there]) for address, there in places.items()),
            return_exceptions=True,
        )
        answers: list[Any] = [None] * len(commands)
        for there, part in zip(places.values(), parts, strict=True):
            if isinstance(part, BaseException):
                raise part
            for place, answer in zip(there, part, strict=True):
                answers[place] = answer
        for place, answer in enumerate(answers):
            if isinstance(answer, UNSETTLED):
                answers[place] = (await self._settled([commands[place]]))[0]
            elif isinstance(answer, Exception):
                raise answer
        return answers

    async def listener(self) -> PubSub:
        """Return a connection that hears everything published: every node passes that on to every other.

        Each call takes the next node, so that who lost one is heard by another.
        """
        await self._owner(0)
        self.heard += 1
        node = self.masters[self.heard % len(self.masters)]
        return self._client(node).pubsub(ignore_subscribe_messages=True)

    async def close(self) -> None:
        for redis in list(self.clients.values()):
            await redis.aclose()

    # Sending

    async def _settled(self, commands: Sequence[Command], *, atomic: bool = False) -> list[Any]:
        """Run commands of one slot, waiting for a moment while it moves from node to node."""
        slot = slot_of(commands[0])
        asked: Address | None = None
        deadline = asyncio.get_running_loop().time() + SETTLE_SECONDS
        while True:
            address = asked or await self._owner(slot)
            sent = [("ASKING",), *commands] if asked else commands
            try:
                answers = await self._ask(address, sent, atomic=atomic, errors=False)
                return answers[1:] if asked else answers
            except UNSETTLED as error:
                if asyncio.get_running_loop().time() > deadline:
                    raise
                asked = None
                if isinstance(error, MovedError):
                    self._learn(slot, elsewhere(error, address))
                elif isinstance(error, AskError) and len(commands) == 1:
                    asked = elsewhere(error, address)
            if asked is None:
                await asyncio.sleep(PAUSE_SECONDS)

    async def _ask(
        self, address: Address, commands: Sequence[Command], *, atomic: bool = False, errors: bool = True
    ) -> list[Any]:
        try:
            return await execute(self._client(address), commands, atomic=atomic, errors=errors)
        except LOST:
            self.owners = []
            raise

    # Finding

    async def _owner(self, slot: int) -> Address:
        """Return who has a slot; raises ClusterDownError when nobody does."""
        while not self.owners:
            await self._look()
        owner = self.owners[slot]
        if owner is None:
            self.owners = []
            raise ClusterDownError(f"No node has slot {slot}.")
        return owner

    async def _look(self) -> None:
        """Ask the nodes we know who has which slot, until one tells."""
        async with self.lock:
            if self.owners:
                return
            known = list(dict.fromkeys([*self.masters, *self.seeds]))
            random.shuffle(known)
            reasons: list[str] = []
            for address in known:
                try:
                    async with asyncio.timeout(MAP_SECONDS):
                        ranges = await self._client(address).execute_command("CLUSTER", "SLOTS")  # type: ignore[no-untyped-call]
                except (RedisError, OSError) as error:
                    reasons.append(str(error) or type(error).__name__)
                    continue
                owners: list[Address | None] = [None] * SLOTS
                for first, last, (host, port, *_), *_ in ranges:
                    owner = ((host or b"").decode() or address[0], port)
                    owners[first : last + 1] = [owner] * (last + 1 - first)
                self.owners = owners
                self.masters = list(dict.fromkeys(owner for owner in owners if owner)) or self.masters
                return
            raise ConnectionError(f"No node of the Cluster answers: {'; '.join(reasons)}")

    def _learn(self, slot: int, owner: Address) -> None:
        if self.owners:
            self.owners[slot] = owner

    def _client(self, address: Address) -> Redis:
        if address not in self.clients:
            host, port = address
            self.clients[address] = client({**self.options, "host": host, "port": port})
        return self.clients[address]


def slot_of(command: Command) -> int:
    """Return the slot of a command's key: a script's come after their number, others begin with theirs."""
    place = 3 if command[0] in ("EVAL", "EVALSHA") else 1
    key = command[place] if len(command) > place else ""
    return key_slot(key if isinstance(key, bytes) else str(key).encode("utf-8", "surrogatepass"))


def elsewhere(error: AskError, asked: Address) -> Address:
    """Return where a node sends us; without a host, that is another port of its own."""
    return (error.host or asked[0], error.port)
