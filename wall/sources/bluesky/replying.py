"""Answers the wall gives on Bluesky, as the account whose app password it has."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from wall.core.answering import Sent
from wall.core.text import GRAPHEME
from wall.errors import SourceError
from wall.sources.bluesky.appview import AppView, Search
from wall.sources.bluesky.wire import POSTS
from wall.sources.payload import mapping, milliseconds, string
from wall.sources.replying import Reply

LONGEST = 300  # graphemes
LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
KEY_LENGTH = 13
CLOCK_BITS = 10


async def send(options: Mapping[str, str], reply: Reply) -> Sent:
    """Post a reply; raises SourceError in words."""
    if sum(1 for _ in GRAPHEME.finditer(reply.words)) > LONGEST:
        raise SourceError(f"Bluesky takes {LONGEST} characters; shorten the answer first.", permanent=True)
    parent = (await AppView(options["appview"], fetch=reply.fetch).posts([reply.to.uid])).get(reply.to.uid)
    if parent is None:
        raise SourceError("Bluesky has no such post any more; its author may have deleted it.", permanent=True)
    login = Search(options["login"], options["handle"], options["app_password"], fetch=reply.fetch)
    await login.sign_in()
    rkey = record_key(reply.at, reply.key)
    body = {
        "repo": options["handle"].lstrip("@"),
        "collection": POSTS,
        "rkey": rkey,  # the same when it is tried again, so that it is one post
        "record": record(reply, parent),
    }
    answer = await reply.fetch.post(
        f"{login.address}/xrpc/com.atproto.repo.putRecord",
        json=body,
        headers=login.headers,
        accept=("application/json",),
    )
    uri = string(mapping(answer.json()), "uri")
    did = uri.removeprefix("at://").partition("/")[0]
    if not did:
        raise SourceError("Bluesky took the reply, but does not say where it is.")
    url = f"https://bsky.app/profile/{did}/post/{rkey}"
    return Sent(uid=uri, url=url, by_name=reply.by_name, at=reply.at)


def record(reply: Reply, parent: Mapping[str, Any]) -> dict[str, object]:
    """Return the record of a reply, which also names the first post of the thread."""
    answered = {"uri": reply.to.uid, "cid": string(parent, "cid")}
    root = mapping(mapping(mapping(parent.get("record")).get("reply")).get("root"))
    return {
        "$type": POSTS,
        "text": reply.words,
        "createdAt": reply.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "reply": {"root": dict(root) or answered, "parent": answered},
    }


def record_key(at: datetime, key: str) -> str:
    """Return the key of a record, which sorts by time (TID, AT Protocol): drawn from what is the same at each try."""
    drawn = int.from_bytes(hashlib.sha256(key.encode()).digest()[:2]) % (1 << CLOCK_BITS)
    number = (milliseconds(at) * 1000 << CLOCK_BITS) | drawn
    return "".join(LETTERS[number >> 5 * place & 31] for place in reversed(range(KEY_LENGTH)))
