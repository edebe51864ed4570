import json
from itertools import count

from tests.sources.peers import ALT, PICTURE
from wall.sources.replay import Replay


class ReplayPeer:
    """A recording on disk, with an act that there is not."""

    def __init__(self, world, folder):
        self.world = world
        self.path = folder / "recording.jsonl"
        self.asked = count(step=10).__next__

    async def __aenter__(self):
        author = {"id": "mia", "name": "Mia", "handle": "mia@x.example"}
        media = [{"url": PICTURE, "alt": ALT}]
        lines = [
            {"at": 0, "op": "post", "id": "1", "author": author, "text": "Hello #PyConDE"},
            {"at": 0, "op": "lost"},
            {"at": 0, "op": "post", "id": "2", "author": author, "text": "Hi", "media": media},
        ]
        self.path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
        return self

    async def __aexit__(self, *raised):
        pass

    def make(self):
        return Replay(self.world(path=str(self.path)))

    def refuse(self):
        self.path.unlink()
