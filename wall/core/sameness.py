"""Whether posts on different networks are one that its author sent to both: two signals say so, never words alone."""

import re
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from unicodedata import normalize

from wall.core.bridges import plain
from wall.core.duplicates import without
from wall.core.post import Author, Post, Span

GRAM = 4
FEWEST_GRAMS = 15
"""Pieces below which words are the same only letter for letter: unrelated short posts share many by chance."""
CONTAINED = 0.92
"""Share of the shorter text's pieces that the longer one has: the shorter is often the beginning of the longer."""
APART = timedelta(minutes=15)
APART_LINKED = timedelta(minutes=60)
"""Time between the two, and where one of them links to the other."""
PICTURE_BITS = 4
FACE_BITS = 6
LONGEST = 2_000
"""Letters that are compared piece by piece."""
PROVIDERS = ("bsky.social", "brid.gy")
"""Domains below which everybody may have a name, which so proves nothing."""

LEFT_OUT = ("link", "mention")
ADDRESS = re.compile(r"https?://\S+")
ADDRESS_LIKE = re.compile(r"\S[./]\S")
MENTION = re.compile(r"(?<![\w.])@[\w.-]+(?:@[\w.-]+)?")
ENDING = re.compile(r"(?:\s|…|\.\.\.|🧵|\(?\b\d{1,2}/(?:\d{1,2}|n)\b\)?)+$")
BLANKS = re.compile(r"\s+")


def same(one: Post, other: Post) -> bool:
    """Tell whether one person sent both posts to different networks: by author, time, and words or a picture."""
    if network(one) == network(other) or not near(one, other):
        return False
    return same_author(one.author, other.author) and (alike(one, other) or share_picture(one, other))


def network(post: Post) -> str:
    """Return what tells a post's network from others: servers that speak the same protocol are one."""
    return post.uid.partition(":")[0]


# Words


def said(post: Post) -> str:
    """Return the words of a post as they are compared: without links, mentions, the hash of tags, and how it ends."""
    shown = replace(post, spans=tuple(span for span in post.spans if is_left_out(post, span)))
    text = normalize("NFKC", without(shown, LEFT_OUT)).casefold()
    text = MENTION.sub(" ", ADDRESS.sub(" ", text)).replace("#", "")
    return ENDING.sub("", BLANKS.sub(" ", text).strip())


def is_left_out(post: Post, span: Span) -> bool:
    """Tell whether a stretch of text is a mention, or a link that shows its address, as it differs between networks."""
    return span.kind == "mention" or ADDRESS_LIKE.search(post.text[span.start : span.end]) is not None


def says_the_same(one: Post, other: Post) -> bool:
    """Tell whether two posts have the same words, and the one shows no picture or link that the other does not."""
    words = said(one)
    return words == said(other) and covers(other, one) and hrefs(one) <= hrefs(other) and bool(words or one.shown)


def alike(one: Post, other: Post) -> bool:
    """Tell whether two posts say the same, or one of them what the other begins with."""
    mine, theirs = said(one), said(other)
    if mine == theirs:
        return mine != ""
    some, others = grams(mine[:LONGEST]), grams(theirs[:LONGEST])
    shorter = min(len(some), len(others))
    return shorter >= FEWEST_GRAMS and len(some & others) >= CONTAINED * shorter


def grams(text: str) -> frozenset[str]:
    return frozenset(text[at : at + GRAM] for at in range(len(text) - GRAM + 1))


# Authors


def same_author(one: Author, other: Author) -> bool:
    """Tell whether two accounts are one person's, as far as their networks or their own choices say."""
    return proven(one, other) or (
        name(one) == name(other) != ""
        and (local(one) == local(other) != "" or similar(likeness(one), likeness(other), FACE_BITS))
    )


def proven(one: Author, other: Author) -> bool:
    """Tell whether their networks have checked that two accounts have an address in common."""
    return not addresses(one).isdisjoint(addresses(other))


@lru_cache(maxsize=2048)
def addresses(author: Author) -> frozenset[str]:
    """Return the addresses that belong to an account: its own, those its network checked, the domain in its name."""
    found = {plain(link) for link in (author.url, *author.links) if link}
    if author.uid.startswith("did:") and "." in author.handle:
        found.add(plain(f"https://bsky.app/profile/{author.handle.lower()}"))
    host = author.handle.rpartition("@")[2].lower() if author.uid.startswith(("did:", "nostr:")) else ""
    if "." in host and not host.endswith(tuple(f".{one}" for one in PROVIDERS)):
        found.add(plain(f"https://{host}"))
    return frozenset(found)


def name(author: Author) -> str:
    return BLANKS.sub(" ", normalize("NFKC", author.name).casefold()).strip() if author.handle else ""


def local(author: Author) -> str:
    """Return the part of a handle that people choose: `alice` of `alice@social.example` and `alice.bsky.social`."""
    handle = author.handle.lstrip("@").casefold()
    chosen = handle.partition("@")[0] if "@" in handle else handle.partition(".")[0]
    return "" if "…" in chosen or chosen.startswith("did:") else chosen


def likeness(author: Author) -> str:
    return author.avatar.likeness if author.avatar else ""


# Pictures and time


def share_picture(one: Post, other: Post) -> bool:
    return any(
        similar(mine.likeness, theirs.likeness, PICTURE_BITS) for mine in one.shown for theirs in other.shown
    )


def covers(one: Post, other: Post) -> bool:
    """Tell whether everything that the other post shows is in this one, too."""
    return all(
        any(mine.id == theirs.id or similar(mine.likeness, theirs.likeness, PICTURE_BITS) for mine in one.shown)
        for theirs in other.shown
    )


def similar(one: str, other: str, bits: int) -> bool:
    return bool(one and other) and (int(one, 16) ^ int(other, 16)).bit_count() <= bits


def near(one: Post, other: Post) -> bool:
    apart = abs(one.created_at - other.created_at)
    return apart <= APART or (apart <= APART_LINKED and (links(one, other) or links(other, one)))


def links(one: Post, other: Post) -> bool:
    """Tell whether a post has the other's address in it."""
    return other.url is not None and plain(other.url) in hrefs(one)


def hrefs(post: Post) -> frozenset[str]:
    return frozenset(plain(span.href) for span in post.spans if span.kind == "link" and span.href)
