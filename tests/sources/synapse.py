"""A real server of Matrix, where it is installed, with two accounts and a room."""

import asyncio
import json
import shutil
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2

from tests.servers import free_port

PROGRAM = shutil.which("synapse_homeserver", path=f"{Path(sys.prefix) / 'peers/synapse/bin'}")
SOON_SECONDS = 60.0
PLENTY = {"per_second": 1000, "burst_count": 1000}


def settings(folder, port):
    listener = {"port": port, "type": "http", "tls": False, "bind_addresses": ["127.0.0.1"]}
    return {
        "server_name": "localhost",
        "listeners": [{**listener, "resources": [{"names": ["client"]}]}],
        "database": {"name": "sqlite3", "args": {"database": f"{folder}/synapse.db"}},
        "media_store_path": f"{folder}/media",
        "signing_key_path": f"{folder}/signing.key",
        "report_stats": False,
        "enable_registration": True,
        "enable_registration_without_verification": True,
        "macaroon_secret_key": "for tests",
        "form_secret": "for tests",
        "trusted_key_servers": [],
        "rc_message": PLENTY,
        "rc_registration": PLENTY,
    }


class Person:
    """An account, by hand."""

    def __init__(self, client, token):
        self.client = client
        self.token = token
        self.sent = 0

    async def ask(self, method, path, body=None, **more):
        headers = {"authorization": f"Bearer {self.token}"}
        answer = await self.client.request(method, path, headers=headers, json=body, **more)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def send(self, room, content, kind="m.room.message"):
        self.sent += 1
        path = f"/_matrix/client/v3/rooms/{room}/send/{kind}/t{self.sent}"
        return (await self.ask("PUT", path, content))["event_id"]

    async def say(self, room, body, **content):
        return await self.send(room, {"msgtype": "m.text", "body": body, **content})

    async def redact(self, room, event):
        self.sent += 1
        return await self.ask("PUT", f"/_matrix/client/v3/rooms/{room}/redact/{event}/t{self.sent}", {})


class Synapse:
    """`address`, and what is done there by hand."""

    def __init__(self, client, address):
        self.client = client
        self.address = address

    async def register(self, name):
        body = {"username": name, "password": f"{name} has a long one", "auth": {"type": "m.login.dummy"}}
        answer = await self.client.post("/_matrix/client/v3/register", json=body)
        assert answer.status_code == 200, answer.text
        return Person(self.client, answer.json()["access_token"])


@asynccontextmanager
async def synapse(folder):
    port = free_port()
    config = folder / "homeserver.yaml"
    config.write_text(json.dumps(settings(folder, port)), encoding="utf-8")
    quiet = {"stdout": asyncio.subprocess.DEVNULL, "stderr": asyncio.subprocess.DEVNULL, "cwd": folder}
    command = [PROGRAM, "--config-path", str(config)]
    await (await asyncio.create_subprocess_exec(*command, "--generate-keys", **quiet)).wait()
    process = await asyncio.create_subprocess_exec(*command, **quiet)
    try:
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30, trust_env=False) as client:
            await answering(client)
            yield Synapse(client, f"http://127.0.0.1:{port}")
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def answering(client):
    async with asyncio.timeout(SOON_SECONDS):
        while True:
            try:
                if (await client.get("/_matrix/client/versions")).status_code == 200:
                    return
            except httpx2.TransportError:
                await asyncio.sleep(0.1)
