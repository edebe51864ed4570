"""A post of the fediverse by its address, asked of its author's own server by Mastodon's API."""

import re
from dataclasses import replace
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

from wall.core.post import Post
from wall.core.words import _
from wall.errors import InvalidPost, SourceError
from wall.sources.mastodon.server import Server
from wall.sources.mastodon.status import parse_status
from wall.sources.payload import mapping, string
from wall.sources.single.base import Sought

# As Mastodon, GoToSocial, Pleroma and Pixelfed write the address of a post, and Mastodon's own web apps.
PATH = re.compile(
    r"/(?:web/|deck/)?(?:@[^/]{1,300}(?:/statuses)?|users/[^/]{1,100}/statuses|ap/users/\d{1,30}/statuses"
    r"|statuses|notice|p/[^/]{1,100})/([\w.-]{1,100})/?"
)
STRANGE = "This server shows a copy of another's post, which only its author's own server can vouch for."


async def read(sought: Sought) -> Post | None:
    """Return the post, or None when the server does not show it by this API: its page may say more.

    A server is believed about its own people only; for a copy of another's post, theirs is asked.
    """
    found = await asked(sought)
    if found is None or is_at_home(*found):
        return found and parsed(sought, *found)
    home = replace(sought, address=string(mapping(found[1]), "url"))
    again = await asked(home) if urlsplit(home.address).hostname != urlsplit(sought.address).hostname else None
    if again is None or not is_at_home(*again):
        raise InvalidPost(_("%(strange)s Paste the address it has there.", strange=STRANGE))
    return parsed(home, *again)


async def asked(sought: Sought) -> tuple[Server, object] | None:
    parts = urlsplit(sought.address)
    found = PATH.fullmatch(parts.path)
    if parts.scheme not in ("http", "https") or not found or not parts.hostname:
        return None
    server = Server(f"{parts.scheme}://{parts.netloc}", fetch=sought.fetch, now=partial(at, sought.now))
    try:
        status = await server.status(found[1])
        await server.instance()
    except SourceError:
        return None
    return None if status is None else (server, status)


def is_at_home(server: Server, status: object) -> bool:
    """Tell whether a status is of the server's own: by its canonical address, and its author's name."""
    fields = mapping(status)
    acct = string(mapping(fields.get("account")), "acct")
    return urlsplit(string(fields, "uri")).netloc == server.host and "@" not in acct


def parsed(sought: Sought, server: Server, status: object) -> Post:
    post = parse_status(
        status,
        host=server.host,
        domain=server.said.domain if server.said else server.host,
        uids={},
        source=sought.source("mastodon", server.host),
        now=sought.now,
    )
    if post is None:
        raise InvalidPost(_("It is not for everybody, or only passes on another's post."))
    return post


def at(now: datetime) -> datetime:
    return now
