"""Which posts are nearly the same, whoever wrote them: told by a sketch of a text, from which nobody can read it."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import Counter
from collections.abc import Collection
from itertools import chain
from zlib import crc32

from wall.core.fold import fold, words
from wall.core.post import Post

SHINGLE = 4
"""Letters of one piece of a text that is compared, blanks between words included."""
SKETCH = 48
"""Pieces kept of a text: all of a short one, and of a long one those with the smallest hashes."""
LIKE = 0.6
"""Share of common pieces from which on two texts are nearly the same."""
SHORTEST = 16
"""Letters below which a text is like no other: everybody writes “great talk”."""
MOST_KEPT = 2_000
"""Posts that are remembered for comparing."""
INDEXED = 8
"""Pieces by which a group is found. Two texts that are alike share nearly always one of their smallest."""
MOST_HOLDERS = 100
"""Groups that are looked at for one piece, the newest: words that everybody uses must not become work."""
CLOSEST = 5
"""Groups that are looked at more closely: those with most pieces in common."""

Sketch = tuple[int, ...]
LEFT_OUT = ("link", "mention", "tag")


def sketch(post: Post) -> Sketch:
    """Return the sketch of a post's words without links, mentions and hashtags; empty when it says too little."""
    text = words(fold(without(post, LEFT_OUT)), signs=False)
    if len(text) - 2 < SHORTEST:
        return ()
    data = text.encode("utf-32-le", "surrogatepass")
    size, step = 4 * SHINGLE, 4
    # Multiplied, since a CRC alone keeps neighbouring texts in order.
    hashes = {
        crc32(data[at : at + size]) * 2_654_435_761 & 0xFFFFFFFF for at in range(0, len(data) - size + 1, step)
    }
    return tuple(sorted(hashes)[:SKETCH])


def without(post: Post, kinds: Collection[str]) -> str:
    """Return the text of a post with a blank for each span of these kinds."""
    pieces: list[str] = []
    last = 0
    for span in post.spans:
        if span.kind in kinds:
            pieces += [post.text[last : span.start], " "]
            last = span.end
    return "".join([*pieces, post.text[last:]])


def resemblance(one: Sketch, other: Sketch) -> float:
    """Return the share of their pieces that two texts have in common, from 0 to 1; estimated for long ones."""
    if not one or not other:
        return 0.0
    mine, theirs = frozenset(one), frozenset(other)
    union = sorted(mine | theirs)[:SKETCH]
    return sum(piece in mine and piece in theirs for piece in union) / len(union)


def written(sketch: Sketch) -> str:
    """Return a sketch as a text that may stand in an address, to be read again by `read`."""
    return urlsafe_b64encode(b"".join(piece.to_bytes(4, "big") for piece in sketch)).decode()


def read(text: str) -> Sketch:
    """Return the sketch that was written; empty for what is none."""
    try:
        data = urlsafe_b64decode(text)
    except ValueError:
        return ()
    return tuple(int.from_bytes(data[at : at + 4], "big") for at in range(0, len(data), 4))


class Duplicates:
    """The newest posts by likeness: a post is compared with the first of each group, and joins the one it is like.

    However many copies of a post come, they are one group, so a flood of them is no work.
    """

    def __init__(self, *, most: int = MOST_KEPT) -> None:
        self.most = most
        self.leaders: dict[str, str] = {}
        self.sketches: dict[str, Sketch] = {}
        self.groups: dict[str, list[str]] = {}
        self.holders: dict[int, list[str]] = {}

    def __contains__(self, id: str) -> bool:
        return id in self.leaders

    def join(self, id: str, sketch: Sketch) -> int:
        """Remember a post, and return how many others are nearly the same; the oldest is forgotten.

        One that says too little is like none. One that is here already stays as it is.
        """
        if not sketch:
            return 0
        leader = self.leader(sketch)
        if id in self.leaders:
            return 0 if leader is None else len(self.groups[leader]) - (self.leaders[id] == leader)
        if leader is None:
            leader = id
            self.sketches[id] = sketch
            self.groups[id] = []
            for piece in sketch[:INDEXED]:
                self.holders.setdefault(piece, []).append(id)
        self.leaders[id] = leader
        self.groups[leader].append(id)
        others = len(self.groups[leader]) - 1
        if len(self.leaders) > self.most:
            self.forget(next(iter(self.leaders)))
        return others

    def leader(self, sketch: Sketch) -> str | None:
        """Return the first post of the group that a sketch is like most."""
        held = (self.holders.get(piece, [])[-MOST_HOLDERS:] for piece in sketch[:INDEXED])
        shared = Counter(chain.from_iterable(held))
        best, closest = None, LIKE
        for id, _ in shared.most_common(CLOSEST):
            found = resemblance(sketch, self.sketches[id])
            if found > closest or (best is None and found == closest):
                best, closest = id, found
        return best

    def forget(self, id: str) -> None:
        leader = self.leaders.pop(id)
        group = self.groups[leader]
        group.remove(id)
        if group:
            return
        del self.groups[leader]
        for piece in self.sketches.pop(leader)[:INDEXED]:
            holders = self.holders[piece]
            holders.remove(leader)
            if not holders:
                del self.holders[piece]
