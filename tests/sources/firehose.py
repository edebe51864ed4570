"""A Jetstream (v1) of one real server: what the server tells in its own way (com.atproto.sync.subscribeRepos), as JSON."""

import asyncio
import base64
import json
from contextlib import asynccontextmanager
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import libipld
from websockets.asyncio.client import connect
from websockets.asyncio.server import serve

CID_V1 = b"\x01"


class Firehose:
    """Keeps all that the server ever told, in Jetstream's words, and sends it on from a cursor."""

    def __init__(self):
        self.events = []
        self.grown = asyncio.Condition()

    async def listen(self, server):
        async with connect(f"{server}/xrpc/com.atproto.sync.subscribeRepos?cursor=0", max_size=None) as socket:
            async for frame in socket:
                async with self.grown:
                    self.events += [timed(event, self.latest) for event in told(frame)]
                    self.grown.notify_all()

    @property
    def latest(self):
        return self.events[-1]["time_us"] if self.events else 0

    async def serve(self, socket):
        sending = asyncio.create_task(self.send(socket))
        await socket.wait_closed()
        sending.cancel()
        await asyncio.wait((sending,))

    async def send(self, socket):
        query = parse_qs(urlsplit(socket.request.path).query)
        collections, cursor = query["wantedCollections"], int(query["cursor"][0])
        sent = 0
        while True:
            async with self.grown:
                await self.grown.wait_for(lambda: len(self.events) > sent)
            new, sent = self.events[sent:], len(self.events)
            for event in new:
                wanted = event["kind"] != "commit" or event["commit"]["collection"] in collections
                if wanted and event["time_us"] >= cursor:
                    await socket.send(json.dumps(event, ensure_ascii=False))


@asynccontextmanager
async def firehose(server):
    """Listen to a server by its address (ws://…), and give the address of the Jetstream of it."""
    stream = Firehose()
    async with serve(stream.serve, "127.0.0.1", 0) as listener:
        listening = asyncio.create_task(stream.listen(server))
        try:
            yield f"ws://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
        finally:
            listening.cancel()
            await asyncio.wait((listening,))


def told(frame):
    """Yield the events of Jetstream that a frame tells of, and when that was."""
    header, body = libipld.decode_dag_cbor_multi(frame)
    kind = header["t"].removeprefix("#")
    if kind in ("identity", "account"):
        yield {"did": body["did"], "kind": kind, kind: body}, body["time"]
    if kind == "commit":
        _, blocks = libipld.decode_car(body["blocks"])
        for change in body["ops"]:
            yield {"did": body["repo"], "kind": kind, kind: commit(change, body["rev"], blocks)}, body["time"]


def commit(change, rev, blocks):
    collection, rkey = change["path"].split("/")
    told = {"rev": rev, "operation": change["action"], "collection": collection, "rkey": rkey}
    cid = change["cid"]
    return told if cid is None else told | {"record": in_json(blocks[cid]), "cid": libipld.encode_cid(cid)}


def timed(event, latest):
    """Return an event with its time as a cursor has it, which no other has."""
    told, time = event
    return told | {"time_us": max(latest + 1, int(datetime.fromisoformat(time).timestamp() * 1_000_000))}


def in_json(value):
    """Return what a block holds as JSON has it: links and bytes in words."""
    match value:
        case dict():
            return {name: in_json(inner) for name, inner in value.items()}
        case list():
            return [in_json(inner) for inner in value]
        case bytes() if value.startswith(CID_V1):
            return {"$link": libipld.encode_cid(value)}
        case bytes():
            return {"$bytes": base64.b64encode(value).decode().rstrip("=")}
    return value
