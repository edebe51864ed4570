"""Real Redis servers for the tests: alone, with a replica and Sentinel, or three masters as a Cluster."""

import asyncio
import random
import socket
import subprocess
from contextlib import asynccontextmanager

from redis.crc import key_slot
from redis.exceptions import RedisError

from wall.store.server import find_server
from wall.store.servers import client

SOON_SECONDS = 20.0
SLOTS = 16384


class Server:
    """One redis-server (or sentinel) on the loopback, with its own folder and nothing on disk to come back to."""

    def __init__(self, folder, *lines, sentinel=False):
        self.port = free_port()
        self.address = f"127.0.0.1:{self.port}"
        self.folder = folder / str(self.port)
        self.folder.mkdir()
        settings = self.folder / "redis.conf"
        begin = ["bind 127.0.0.1", f"port {self.port}", f"dir {self.folder}", f"logfile {self.folder}/log"]
        begin += [] if sentinel else ['save ""', "appendonly no", "repl-diskless-sync-delay 0"]
        settings.write_text("\n".join([*begin, *lines, ""]), encoding="utf-8")
        self.process = subprocess.Popen(
            [find_server(), str(settings), *(["--sentinel"] if sentinel else [])], stdout=subprocess.DEVNULL
        )
        self.redis = client({"host": "127.0.0.1", "port": self.port})

    async def command(self, *arguments):
        return await self.redis.execute_command(*arguments)

    async def ready(self):
        """Wait until it answers."""
        await until(lambda: self.command("PING"))
        return self

    def kill(self):
        """Kill it like kill -9 does, and wait until it is gone."""
        self.process.kill()
        self.process.wait()

    async def stop(self):
        self.kill()
        await self.redis.aclose()


@asynccontextmanager
async def running(*servers):
    """Have servers running within, and none afterwards."""
    try:
        for server in servers:
            await server.ready()
        yield
    finally:
        for server in servers:
            await server.stop()


@asynccontextmanager
async def pair(folder):
    """A primary and its replica, in step."""
    primary = Server(folder)
    replica = Server(folder, f"replicaof 127.0.0.1 {primary.port}")
    async with running(primary, replica):
        await until(lambda: linked(replica))
        yield primary, replica


@asynccontextmanager
async def watched_pair(folder):
    """A primary, its replica and a sentinel that replaces the one by the other within seconds."""
    async with pair(folder) as (primary, replica):
        sentinel = Server(
            folder,
            f"sentinel monitor wall 127.0.0.1 {primary.port} 1",
            "sentinel down-after-milliseconds wall 1000",
            "sentinel failover-timeout wall 3000",
            sentinel=True,
        )
        async with running(sentinel):
            await until(lambda: knows_replica(sentinel))
            yield primary, replica, sentinel


@asynccontextmanager
async def three_masters(folder):
    """A Cluster of three masters."""
    nodes = [
        Server(folder, "cluster-enabled yes", "cluster-node-timeout 2000", "cluster-require-full-coverage no")
        for _ in range(3)
    ]
    async with running(*nodes):
        bounds = [SLOTS * number // 3 for number in range(4)]
        for number, node in enumerate(nodes):
            await node.command("CLUSTER", "SET-CONFIG-EPOCH", number + 1)
            await node.command("CLUSTER", "ADDSLOTS", *range(bounds[number], bounds[number + 1]))
            await node.command("CLUSTER", "MEET", "127.0.0.1", nodes[0].port)
        for node in nodes:
            await until(lambda node=node: settled(node))
        yield nodes


async def move_slot(key, nodes):
    """Move the slot of a key to another master, key by key as an operator's tool does; returns both."""
    source, target = await begin_to_move_slot(key, nodes)
    while await move_key(key, source, target):
        pass
    slot, name = key_slot(key.encode()), await target.command("CLUSTER", "MYID")
    for node in (target, source, *nodes):
        await node.command("CLUSTER", "SETSLOT", slot, "NODE", name)
    return source, target


async def begin_to_move_slot(key, nodes):
    """Announce the move of a slot to both masters; returns them."""
    slot = key_slot(key.encode())
    (source,) = [node for node in nodes if await owns(node, slot)]
    target = next(node for node in nodes if node is not source)
    await target.command("CLUSTER", "SETSLOT", slot, "IMPORTING", await source.command("CLUSTER", "MYID"))
    await source.command("CLUSTER", "SETSLOT", slot, "MIGRATING", await target.command("CLUSTER", "MYID"))
    return source, target


async def move_key(key, source, target):
    """Move one more key of a key's slot; returns how many there were to move."""
    keys = await source.command("CLUSTER", "GETKEYSINSLOT", key_slot(key.encode()), 1)
    for one in keys:
        await source.command("MIGRATE", "127.0.0.1", target.port, one, 0, 5000)
    return len(keys)


async def owns(node, slot):
    own = await node.command("CLUSTER", "MYID")
    ranges = await node.command("CLUSTER", "SLOTS")
    return any(first <= slot <= last and owner[2] == own for first, last, owner, *_ in ranges)


async def linked(replica):
    return b"connected" in (await replica.command("ROLE"))[3]


async def knows_replica(sentinel):
    return await sentinel.command("SENTINEL", "REPLICAS", "wall")


async def settled(node):
    ranges = await node.command("CLUSTER", "SLOTS")
    covered = sum(last - first + 1 for first, last, *_ in ranges)
    return b"cluster_state:ok" in await node.command("CLUSTER", "INFO") and covered == SLOTS


async def until(condition):
    """Wait until a condition holds; a server that does not answer does not hold it."""
    async with asyncio.timeout(SOON_SECONDS):
        while True:
            try:
                if await condition():
                    return
            except (RedisError, OSError):
                pass
            await asyncio.sleep(0.02)


def free_port():
    """A free port whose tenth-thousandth neighbour, a Cluster's bus, is free too."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as one, socket.socket() as bus:
            try:
                one.bind(("127.0.0.1", port))
                bus.bind(("127.0.0.1", port + 10_000))
            except OSError:
                continue
            return port


class Forwarder:
    """An address that leads to one server or another, as a name or a proxy in front of Redis does."""

    def __init__(self, target):
        self.target = target
        self.writers = set()

    async def __aenter__(self):
        self.server = await asyncio.start_server(self.forward, "127.0.0.1", 0)
        self.address = f"127.0.0.1:{self.server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_):
        self.server.close()
        self.cut()
        await self.server.wait_closed()

    def cut(self):
        """Cut every connection."""
        for writer in list(self.writers):
            writer.close()

    async def forward(self, reader, writer):
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self.target.port)
        self.writers |= {writer, there_writer}
        await asyncio.gather(pump(reader, there_writer), pump(there_reader, writer))
        self.writers -= {writer, there_writer}


async def pump(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()
