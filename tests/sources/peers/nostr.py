from contextlib import AsyncExitStack
from datetime import timedelta

from tests.sources.peers import ALT, PACE, PICTURE
from tests.sources.relay import MIA, ZED, Person, scripted_relay
from tests.sources.world import NOW
from wall.sources.nostr.source import Nostr

ADA = Person(1003)


class FastNostr(Nostr):
    profile_seconds = 0.1
    asking = PACE


class NostrPeer:
    """A relay that says each note twice, and one that was tampered with."""

    def __init__(self, world, folder):
        self.world = world

    async def __aenter__(self):
        tags = [("t", "pyconde"), ("imeta", f"url {PICTURE}", f"alt {ALT}")]
        self.notes = [
            MIA.note(at=NOW - timedelta(minutes=2)),
            MIA.note(f"{PICTURE} Hi", tags=tags, at=NOW),
        ]
        tampered = {**self.notes[0], "id": "0" * 64}
        said = [["EVENT", "notes", note] for note in (*self.notes, tampered, *self.notes)]
        self.stack = AsyncExitStack()
        self.relay = await self.stack.enter_async_context(
            scripted_relay(*said, ["EOSE", "notes"], profiles=[["EOSE", "profiles"]])
        )
        return self

    async def __aexit__(self, *raised):
        await self.stack.aclose()

    def make(self, **more):
        return FastNostr(self.world(relays=self.relay.url, **more))

    def asked(self):
        return 2 * len(self.relay.requests)

    def refuse(self):
        self.relay.refuses = True

    def shut(self):
        self.relay.shut = True

    async def add(self, text):
        await self.relay.say("notes", MIA.note(text, at=NOW))

    async def reply(self, text):
        first = self.notes[0]["id"]
        deeper = [("e", first, "", "root"), ("e", "d" * 64, "", "reply")]
        await self.relay.say("replies", ZED.note("Deeper", tags=deeper, at=NOW))
        await self.relay.say("replies", ZED.note(text, tags=[("e", first, "", "root")], at=NOW))

    async def amplify(self):
        first, second = self.notes
        await self.relay.say("replies", ZED.repost(first))
        await self.relay.say("replies", ADA.event(kind=16, tags=[("e", second["id"]), ("k", "20")]))
        return {f"nostr:{one.pubkey}" for one in (ZED, ADA)}

    async def delete(self):
        await self.relay.say("deletions", MIA.deletion(self.notes[0]))
