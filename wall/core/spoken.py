"""What of a post is said in words, for whoever weighs them: without addresses, handles and the hashes of its tags.

Handles and addresses carry moods that nobody meant: “@united” sounds kind.
"""

import hashlib
import re

LONGEST = 2_000
"""Code points that are weighed: enough for what people write, and a bound for what takes time."""
ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)+/\S*", re.IGNORECASE)
HANDLE = re.compile(r"(?<![\w/])@[\w.-]+(?:@[\w-]+(?:\.[\w-]+)+)?")
REPOST = re.compile(r"^\s*RT\b:?")


def spoken(text: str) -> str:
    """Return the words of a text in one line."""
    words = HANDLE.sub(" ", ADDRESS.sub(" ", text[: 2 * LONGEST]))
    return " ".join(REPOST.sub(" ", words).replace("#", " ").split())[:LONGEST]


def words_hash(words: str) -> str:
    """Return what a judgement of some words is bound to: it ends when they change, and not with a picture."""
    return hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def letters(words: str) -> int:
    """Return how many letters there are, of whatever script."""
    return sum(map(str.isalpha, words))
