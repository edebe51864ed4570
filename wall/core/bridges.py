"""Bridges: programs that copy posts from one network to another, and the mark of where a copy came from."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from wall.core.post import Post

BRIDGES = ("brid.gy", "mostr.pub", "momostr.pink")
"""Domains of bridges, with those below them, whose word for where a post came from is taken."""

CONVERTED = "/convert/ap/"
OBJECT = re.compile(r"/objects/([0-9a-f]{64})")
NOTE = re.compile(r"(?:nostr:)?([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Origin:
    """What a post is a copy of, by its name (see `plain`).

    It is `certain` when one of the bridges made the copy. Otherwise it is the word of whoever wrote the post, and
    anybody can say of theirs that it came from another's.
    """

    name: str
    certain: bool


def origin(post: Post, bridges: Collection[str] = BRIDGES) -> Origin | None:
    """Return what a post says it was copied from, None for most."""
    if post.uid.startswith("ap:"):
        found = converted(post.uid.removeprefix("ap:"), bridges)
        if found:
            return Origin(found, certain=True)
    if post.bridged_from:
        return Origin(plain(post.bridged_from), certain=is_below(domain(post.author.handle), bridges))
    if post.uid.startswith("feed:") and post.url:
        # A server's own feed of what is posted there, such as Mastodon's of a hashtag.
        return Origin(plain(post.url), certain=host(post.url) == post.author.handle)
    return None


def converted(uri: str, bridges: Collection[str]) -> str | None:
    """Return what the ActivityPub object of a bridge was made from, None for any other object."""
    # Most addresses have no bridge anywhere in them, and need not be taken apart.
    if not any(one in uri.lower() for one in bridges) or not is_below(host(uri), bridges):
        return None
    path = urlsplit(uri).path
    if found := OBJECT.fullmatch(path):
        return f"nostr:{found[1]}"
    if not path.startswith(CONVERTED):
        return None
    # Servers differ in what they make of the two slashes of an address within an address.
    source = unquote(path.removeprefix(CONVERTED))
    scheme, slash, rest = source.partition(":/")
    if slash and scheme in ("at", "https", "http"):
        return plain(f"{scheme}://{rest.lstrip('/')}")
    note = NOTE.fullmatch(source)
    return f"nostr:{note[1]}" if note else None


def names(post: Post) -> frozenset[str]:
    """Return what a post goes by: its own id on its network, and its address."""
    return frozenset(plain(name) for name in (post.uid, post.url) if name)


def plain(name: str) -> str:
    """Return a uid or an address as it is compared: an address without what differs from one spelling to another."""
    name = name.removeprefix("ap:").strip()
    if not name.startswith(("https://", "http://")):
        return name
    server, _, path = name.split("://", 1)[1].partition("#")[0].partition("/")
    return f"https://{server.lower()}/{path.rstrip('/')}"


def host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def domain(handle: str) -> str:
    return handle.rpartition("@")[2].lower()


def is_below(host: str, domains: Collection[str]) -> bool:
    """Tell whether a host is one of these domains or below one."""
    return any(host == one or host.endswith(f".{one}") for one in domains)
