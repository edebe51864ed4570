"""A real server of Bluesky's network (atproto PDS, with its PLC), where it is installed, and people who write there."""

import asyncio
import json
import os
import shutil
import sys
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx2

from wall.sources.bluesky.wire import POSTS

MODULES = Path(sys.prefix) / "peers" / "atproto" / "node_modules"
SQLITE = MODULES / "better-sqlite3" / "build" / "Release" / "better_sqlite3.node"
INSTALLED = shutil.which("node") is not None and SQLITE.exists()
SCRIPT = Path(__file__).with_suffix(".cjs")
PROFILE = "app.bsky.actor.profile"
SOON_SECONDS = 60.0


class Person:
    """An account, by hand."""

    def __init__(self, server, session):
        self.server = server
        self.did = session["did"]
        self.headers = {"authorization": f"Bearer {session['accessJwt']}"}

    async def ask(self, method, **body):
        return await self.server.ask(method, headers=self.headers, json=body or None)

    async def post(self, text, **fields):
        """Write a post; returns its address."""
        record = in_record(text, **fields)
        made = await self.ask("com.atproto.repo.createRecord", repo=self.did, collection=POSTS, record=record)
        return made["uri"]

    async def edit(self, uri, text, **fields):
        await self.put(POSTS, uri.rpartition("/")[2], in_record(text, **fields))

    async def delete(self, uri):
        rkey = uri.rpartition("/")[2]
        await self.ask("com.atproto.repo.deleteRecord", repo=self.did, collection=POSTS, rkey=rkey)

    async def introduce(self, name, **fields):
        await self.put(PROFILE, "self", {"$type": PROFILE, "displayName": name} | fields)

    async def put(self, collection, rkey, record):
        await self.ask(
            "com.atproto.repo.putRecord", repo=self.did, collection=collection, rkey=rkey, record=record
        )

    async def upload(self, data):
        """Upload a picture; returns what a record says of it."""
        headers = self.headers | {"content-type": "image/png"}
        return (await self.server.ask("com.atproto.repo.uploadBlob", headers=headers, content=data))["blob"]


class Pds:
    """`address`, and what is done and seen there."""

    def __init__(self, client, port):
        self.client = client
        self.address = f"http://127.0.0.1:{port}"
        self.stream = f"ws://127.0.0.1:{port}"

    async def ask(self, method, **request):
        answer = await self.client.post(f"{self.address}/xrpc/{method}", **request)
        assert answer.status_code == 200, answer.text
        return answer.json() if answer.content else {}

    async def seen(self, method, **query):
        """Return what the server shows to anybody, or None."""
        answer = await self.client.get(f"{self.address}/xrpc/{method}", params=query)
        return answer.json() if answer.status_code == 200 else None

    async def register(self, name):
        body = {"handle": f"{name}.test", "email": f"{name}@example.org", "password": f"{name} has a long one"}
        return Person(self, await self.ask("com.atproto.server.createAccount", json=body))


def in_record(text, **fields):
    written = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {"$type": POSTS, "text": text, "createdAt": written} | fields


@asynccontextmanager
async def pds(folder):
    """Run a server that keeps everything in a folder, until it is left."""
    process = await asyncio.create_subprocess_exec(
        "node",
        str(SCRIPT),
        env=os.environ | {"NODE_PATH": str(MODULES), "TMPDIR": str(folder), "LOG_ENABLED": "false"},
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(SOON_SECONDS):
            ports = json.loads(await process.stdout.readline())
        async with httpx2.AsyncClient(timeout=30, trust_env=False) as client:
            yield Pds(client, ports["pds"])
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()
