"""Which of a thousand frames a second may hold a post that matters, told by their bytes alone. Pure."""

import re
from collections.abc import Iterable

from wall.core.hashtag import HASHES
from wall.sources.remembered import Remembered

# Everything of ASCII that a hashtag's key does not tell apart goes, and capitals become small: one pass in C.
LOWER = bytes(range(256)).lower()
IGNORED = bytes(code for code in range(128) if not (chr(code).isalnum() or chr(code) == "_"))
# Changes and deletes of posts that are known already, and what becomes of accounts.
VERBS = (b'"delete"', b'"update"', b'"account"', b'"identity"', b"#account", b"#identity", b"#info", b'"error"')
HASH = b"#"
OTHER_HASHES = tuple(hash.encode() for hash in HASHES if not hash.isascii())
TAGGED = (b"facet#tag", b'"tags"', b"\\u0023", b"\\uff03", b"\\uFF03", b"\\ufe5f", b"\\uFE5F", *OTHER_HASHES)
NAMES = b"facet#", b"defs#", b"subscribeEvents#"
"""What names of types look like, whose hashes are no hashtags."""

AUTHOR = re.compile(rb'"did"\s*:\s*"([^"]{1,260})"')
REPLY = b'"reply"'
MOST_FOLLOWED = 2000


class Sieve:
    """Lets through every frame that may carry one of the hashtags, given by their keys, and few others.

    The key of a hashtag of plain letters stands in the frame, once all that keys pass over is gone. What is written in
    other letters, or escaped, may fold to any key, so there it is enough that there is a hashtag at all. What the
    `followed` authors, given by their identifiers, answer to anybody passes without one.
    """

    def __init__(self, keys: Iterable[str]) -> None:
        self.keys = tuple(key.encode() for key in keys)
        self.plain = tuple(key for key in self.keys if key.isascii())
        self.followed: Remembered[bytes, None] = Remembered(MOST_FOLLOWED)

    def passes(self, frame: bytes) -> bool:
        squeezed = frame.translate(LOWER, IGNORED)
        for key in self.plain:
            if key in squeezed:
                return True
        for verb in VERBS:
            if verb in frame:
                return True
        if self.followed and REPLY in frame and (author := AUTHOR.search(frame)) and author[1] in self.followed:
            return True
        if frame.isascii() and b"\\u" not in frame:
            return False
        for sign in TAGGED:
            if sign in frame:
                return True
        return frame.count(HASH) > sum(map(frame.count, NAMES))

    def names(self, frame: bytes) -> bool:
        """Tell whether one of the hashtags stands there as it is: whatever it is, somebody may miss it."""
        squeezed = frame.translate(LOWER, IGNORED)
        return any(key in squeezed for key in self.keys)
