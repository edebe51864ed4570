"""Accounts as Mastodon's API has them: of authors, and those by which the wall itself speaks."""

import hashlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from wall.core.link import safe_href
from wall.core.post import Author, Post
from wall.web.mastodon.door import Door
from wall.web.views import author_key, timestamp

LONG_AGO = "1970-01-01T00:00:00.000Z"
DOMAINS = {"bluesky": "bsky.app", "nostr": "nostr", "matrix": "matrix"}
WALL, PINNED, SPONSORS = OWN = ("wall", "pinned", "sponsors")
"""The accounts of the wall: everything on it, what is pinned, and its sponsors."""


def author_account(door: Door, post: Post) -> dict[str, Any]:
    """Return the account of a post's author. Who gave no name has one for each post."""
    author = post.author
    acct = acct_of(door, post)
    avatar = author.avatar
    return account(
        id=decimal("author", author_key(door.slug, author) or post.id),
        acct=acct,
        name=author.name,
        url=web_address(author.url) or door.page(),
        avatar=door.picture(post, avatar, "thumb") if avatar and not avatar.codes else door.face(),
        bot=bool(author.bot),
        created_at=timestamp(author.created_at) if author.created_at else LONG_AGO,
    )


def own_account(door: Door, name: str, title: str) -> dict[str, Any]:
    """Return one of the accounts by which the wall itself speaks."""
    return account(
        id=decimal("own", name), acct=f"{name}@{door.host}", name=title, url=door.page(), avatar=door.face()
    )


def account(
    *,
    id: str,
    acct: str,
    name: str,
    url: str,
    avatar: str,
    bot: bool = False,
    created_at: str = LONG_AGO,
) -> dict[str, Any]:
    return {
        "id": id,
        "username": acct.partition("@")[0],
        "acct": acct,
        "display_name": name,
        "locked": False,
        "bot": bot,
        "discoverable": False,
        "indexable": False,
        "group": False,
        "created_at": created_at,
        "note": "",
        "url": url,
        "uri": url,
        "avatar": avatar,
        "avatar_static": avatar,
        "header": avatar,
        "header_static": avatar,
        "followers_count": 0,
        "following_count": 0,
        "statuses_count": 0,
        "last_status_at": None,
        "suspended": False,
        "limited": False,
        "emojis": [],
        "roles": [],
        "fields": [],
    }


def acct_of(door: Door, post: Post) -> str:
    """Return whose a post is as `name@domain`, whatever names its network has."""
    handle = "".join(post.author.handle.split()).strip("@")
    if not handle:
        return f"guest@{door.host}"
    name, at, domain = handle.rpartition("@")
    if at and name and domain:
        return f"{name.replace('@', '.')}@{domain}"
    return f"{handle}@{domain_of(post)}"


def domain_of(post: Post) -> str:
    kind = post.source.kind
    return DOMAINS.get(kind) or host_of(post.author) or kind


def host_of(author: Author) -> str:
    return (urlsplit(web_address(author.url) or "").hostname or "") if author.url else ""


def web_address(url: str | None) -> str | None:
    """Return an address that may stand in an attribute as it is: mastowall puts it there unescaped."""
    href = safe_href(url or "")
    return quote(href, safe="%/:?#[]@!$&()*+,;=~-._") if href and href.startswith("https://") else None


def decimal(*parts: str) -> str:
    """Return the digits that stand for something whose name is no number."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    return str(int.from_bytes(digest[:7]))


def answers_to(account: Mapping[str, Any], asked: str, host: str) -> bool:
    """Tell whether an account is the one that is asked for: by its whole name, or without our own domain."""
    name, _at, domain = asked.strip().lstrip("@").casefold().partition("@")
    return str(account["acct"]).casefold() == f"{name}@{domain or host.casefold()}"
