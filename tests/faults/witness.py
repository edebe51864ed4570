"""One viewer's testimony: the wall it pieced together from what it was sent, and whatever was wrong with that."""

import re
from collections.abc import Set

from tests.faults.model import Shown, changed
from wall.core.feed import Cursor

WORDS = re.compile(r"words-\d+")


class Witness:
    """A viewer as docs/stream.md asks for, but one who forgives nothing. Frames in; `wall`, `cursor` and `faults` out.

    `allowed` is what may be said to it. `resyncs` counts how often it was told to start over, `told` the updates that
    it applied.
    """

    def __init__(self, allowed: Set[str], *, cursor: Cursor | None = None, wall: tuple[Shown, ...] = ()) -> None:
        self.allowed = allowed
        self.cursor = cursor
        self.wall = wall
        self.faults: list[str] = []
        self.resyncs = 0
        self.told = 0
        self._heard: int | None = None
        self._anew = False

    def connected(self) -> None:
        """Begin a connection, from our cursor on: the next update is the one right after it."""
        self._heard = self.cursor.offset if self.cursor else None
        self._anew = self.cursor is None

    def starts(self, snapshot: dict, text: str) -> None:
        """Take the wall as it is. Updates that it holds already may still come, but only once."""
        self._listen(text)
        self.cursor = Cursor.parse(snapshot["cursor"])
        self.wall = tuple(shown(post) for post in snapshot["posts"])
        self._anew = True

    def hears(self, frame: dict, text: str) -> bool:
        """Take in a frame; returns whether the wall must be fetched anew."""
        self._listen(text)
        if frame["type"] == "resync":
            self.resyncs += 1
            self._heard, self._anew = None, True
            return True
        if frame["type"] not in ("updates", "beat"):
            return False
        cursor = Cursor.parse(frame["cursor"])
        if cursor.epoch != self.cursor.epoch:
            # Only who fetched the wall on this connection may know a newer history than its stream does.
            if not self._anew:
                self._complain("another history", frame)
            return True
        for update in frame.get("updates", ()):
            self._take(update, frame)
        if frame["type"] == "updates" and cursor.offset != self._heard:
            self._complain("a cursor that is not its last update's", frame)
        if cursor.offset > self.cursor.offset:
            self._complain("a hole", frame)
        return False

    def _take(self, update: dict, frame: dict) -> None:
        offset = update["offset"]
        if self._heard is not None and offset != self._heard + 1:
            self._complain("a repeat" if offset <= self._heard else "a hole", frame)
        self._heard = offset
        if offset <= self.cursor.offset:
            return
        if offset != self.cursor.offset + 1:
            self._complain("a hole", frame)
        self.cursor = Cursor(self.cursor.epoch, offset)
        self.wall = changed(self.wall, update["kind"], shown(update.get("post") or {"id": update["id"]}))
        self.told += 1

    def _listen(self, text: str) -> None:
        strays = set(WORDS.findall(text)) - self.allowed
        if strays:
            self.faults.append(f"words that are not on the wall, {sorted(strays)}, in {text[:300]}")

    def _complain(self, what: str, frame: dict) -> None:
        offsets = [update["offset"] for update in frame.get("updates", ())]
        self.faults.append(f"{what} at {self.cursor}: {frame['cursor']} with {offsets}")


def shown(post: dict) -> Shown:
    """Return a post of a frame as the model names it; of one that left the wall, only its id counts."""
    words = WORDS.search(post.get("text", ""))
    return Shown(post["id"], words[0] if words else "", post.get("pinned", False))
