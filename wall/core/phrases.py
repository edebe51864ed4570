"""The words and phrases of a post that could be a topic: without addresses, names, and words that say nothing alone."""

import re
from collections.abc import Iterator
from functools import lru_cache

from wall.core.finding import folded
from wall.core.post import Post
from wall.core.stop_words import STOP_WORDS
from wall.core.text import CLASSES, MARKS

MOST_PHRASES = 120
LONGEST_WORD = 30
LONGEST_RUN = 8
"""Characters of a script without blanks between words: a longer run is a sentence."""
CHARACTER = rf"(?:[^\W_]|[{MARKS}{CLASSES['Mc']}])"
WORD = re.compile(rf"{CHARACTER}+(?:['’.\-]{CHARACTER}+)*")
# What two words of one phrase have between them: a blank. Everything else parts them.
BETWEEN = re.compile(r"[ \u00a0]+")
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
# Names of accounts and addresses of mail, where the network has not marked them.
ACCOUNT = re.compile(r"\S*@\S+")
LETTER = re.compile(r"[^\W\d_]")
LEFT_OUT = ("link", "mention", "code", "emoji")


def phrases(post: Post) -> dict[str, str]:
    """Return the topics a post may have, each as it is compared with how it is written here.

    They are single words, two words side by side with no stop word between, and hashtags, which begin with `#`.
    """
    found: dict[str, str] = {}
    for stretch in stretches(post):
        if stretch.startswith("#"):
            keep(found, "#" + folded(stretch[1:]), stretch)
            continue
        before: tuple[str, str, int] | None = None
        stretch = ACCOUNT.sub("\n", stretch)
        for key, written, start, end in topics(stretch):
            if says(key):
                keep(found, key, written)
            beside = before and BETWEEN.fullmatch(stretch, before[2], start) and (says(before[0]) or says(key))
            if before and beside and not UNSPACED.search(key):
                keep(found, f"{before[0]} {key}", f"{before[1]} {written}")
            before = key, written, end
    for tag in post.tags:
        keep(found, "#" + folded(tag.raw), f"#{tag.raw}")
    return found


def stretches(post: Post) -> Iterator[str]:
    """Yield the text of a post in pieces, split at what is no topic; a hashtag is a piece by itself."""
    last = 0
    for span in post.spans:
        if span.kind == "tag":
            yield post.text[last : span.start]
            yield f"#{span.value or post.text[span.start + 1 : span.end]}"
            last = span.end
        elif span.kind in LEFT_OUT:
            yield post.text[last : span.start]
            last = span.end
    yield post.text[last:]


def topics(stretch: str) -> Iterator[tuple[str, str, int, int]]:
    """Yield the words of a stretch that are no stop words: as compared, as written, and from where to where."""
    for match in WORD.finditer(stretch):
        key = key_of(match[0])
        if key and key not in STOP_WORDS:
            yield key, match[0], match.start(), match.end()


@lru_cache(maxsize=50_000)
def key_of(word: str) -> str:
    """Return what a word is compared by, or "" for one that is too long to be a word."""
    if len(word) > (LONGEST_RUN if UNSPACED.search(word) else LONGEST_WORD):
        return ""
    return folded(word).replace("’", "'").removesuffix("'s")


def says(word: str) -> bool:
    """Tell whether a word can be a topic by itself: it has letters, and more than one, but where one is a word."""
    return LETTER.search(word) is not None and (len(word) > 2 or UNSPACED.search(word) is not None)


def keep(found: dict[str, str], key: str, written: str) -> None:
    if len(key) > 1 and len(found) < MOST_PHRASES:
        found.setdefault(key, written)
