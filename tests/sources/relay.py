"""Real relays, and real people's keys to sign with."""

import asyncio
import hashlib
import json
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from coincurve import PrivateKey
from nostr_sdk import LocalRelayBuilder, LocalRelayBuilderNip42, LocalRelayBuilderNip42Mode
from websockets.asyncio.client import connect
from websockets.asyncio.server import serve


class Person:
    """Somebody with a key, made from a number."""

    def __init__(self, number):
        self.key = PrivateKey(number.to_bytes(32))
        self.pubkey = self.key.public_key.format()[1:].hex()

    def event(self, content="", *, kind=1, tags=(), at=None):
        """Return an event signed now, or at a time."""
        created_at = int((at or datetime.now(UTC)).timestamp())
        tags = [list(tag) for tag in tags]
        parts = [0, self.pubkey, created_at, kind, tags, content]
        digest = hashlib.sha256(json.dumps(parts, separators=(",", ":"), ensure_ascii=False).encode()).digest()
        return {
            "id": digest.hex(),
            "pubkey": self.pubkey,
            "created_at": created_at,
            "kind": kind,
            "tags": tags,
            "content": content,
            "sig": self.key.sign_schnorr(digest, bytes(32)).hex(),
        }

    def note(self, content="Hello #PyConDE", *, tags=(("t", "pyconde"),), **fields):
        return self.event(content, tags=tags, **fields)

    def profile(self, **fields):
        return self.event(json.dumps(fields), kind=0)

    def repost(self, note):
        return self.event(json.dumps(note), kind=6, tags=[("e", note["id"]), ("p", note["pubkey"])])

    def deletion(self, *notes):
        return self.event(kind=5, tags=[("e", note["id"]) for note in notes])


MIA, ZED = Person(1001), Person(1002)


class Relay:
    def __init__(self, url):
        self.url = url

    async def publish(self, *events):
        """Send events, waiting until the relay has taken each."""
        async with connect(self.url, proxy=None) as socket:
            for event in events:
                await socket.send(json.dumps(["EVENT", event]))
                answer = json.loads(await socket.recv())
                assert answer[:3] == ["OK", event["id"], True], answer


@asynccontextmanager
async def local_relay(*, members_only=False, most=None):
    """Run a relay of rust-nostr, which may want readers to sign in, and give at most so many events at once."""
    builder = LocalRelayBuilder().addr("127.0.0.1")
    if members_only:
        builder = builder.nip42(LocalRelayBuilderNip42(mode=LocalRelayBuilderNip42Mode.READ))
    if most:
        builder = builder.max_filter_limit(most)
    relay = builder.build()
    await relay.run()
    try:
        url = relay.url()
        yield Relay(str(await url if asyncio.iscoroutine(url) else url).rstrip("/"))
    finally:
        relay.shutdown()


@asynccontextmanager
async def scripted_relay(*frames, profiles=(), deletions=(), **others):
    """Run a relay that answers each request for notes, and for profiles, with these frames, whatever they are.

    `others` are its answers when it is asked for `older` notes or for them `again`; without, it has none. What it is told to `say` later goes to who is connected, and to who asks from then on.
    """
    relay = Relay("")
    relay.requests, relay.refuses, relay.shut, relay.sockets = [], False, False, set()
    none = {name: [["EOSE", name]] for name in ("older", "again", "replies")}
    answers = {"notes": list(frames), "profiles": list(profiles), "deletions": list(deletions), **none, **others}

    async def answer(socket):
        relay.sockets.add(socket)
        async for text in socket:
            message = json.loads(text)
            relay.requests.append(message)
            for frame in answers[message[1]] if message[0] == "REQ" else ():
                await socket.send(frame if isinstance(frame, (str, bytes)) else json.dumps(frame))
        relay.sockets.discard(socket)

    async def say(subscription, event):
        frame = ["EVENT", subscription, event]
        answers[subscription].insert(0, frame)
        for socket in set(relay.sockets):
            await socket.send(json.dumps(frame))

    def greet(socket, request):
        if relay.shut:
            return socket.respond(200, "<html>We are moving house.</html>\n")
        return socket.respond(403, "Members only.\n") if relay.refuses else None

    relay.say = say
    async with serve(answer, "127.0.0.1", 0, process_request=greet) as server:
        relay.url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield relay
