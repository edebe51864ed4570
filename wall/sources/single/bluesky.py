"""A post of Bluesky by its address, from the public AppView, which asks nobody to sign in."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode, urlsplit

from wall.core.post import Post
from wall.core.words import _
from wall.errors import InvalidPost, SourceError
from wall.sources.bluesky.appview import AppView
from wall.sources.bluesky.profile import label_values, parse_profile
from wall.sources.bluesky.reading import CREATED, shown
from wall.sources.bluesky.record import HIDDEN, parse_record
from wall.sources.bluesky.wire import DID, POSTS
from wall.sources.payload import mapping, moment, string
from wall.sources.single.base import Sought

APPVIEW = "https://public.api.bsky.app"
PATH = re.compile(r"/profile/([A-Za-z0-9.:%-]{3,260})/post/([A-Za-z0-9._~:-]{1,512})/?")
AT = re.compile(rf"at://([A-Za-z0-9.:%-]{{3,260}})/{re.escape(POSTS)}/([A-Za-z0-9._~:-]{{1,512}})")


async def read(sought: Sought) -> Post | None:
    parts = urlsplit(sought.address)
    found = AT.fullmatch(sought.address) or (parts.hostname == "bsky.app" and PATH.fullmatch(parts.path))
    if not found:
        return None
    did, rkey = await account(sought, found[1]), found[2]
    uri = f"at://{did}/{POSTS}/{rkey}"
    appview = AppView(APPVIEW, fetch=sought.fetch)
    view = (await appview.posts([uri])).get(uri)
    if view is None:
        raise SourceError(_("Bluesky has no such post; its author may have deleted it."), permanent=True)
    profile = parse_profile((await appview.profiles([did])).get(did, mapping(view.get("author"))), did)
    if not profile.public or not HIDDEN.isdisjoint(label_values(view)):
        raise InvalidPost(_("Its author shows it only to people who are signed in to Bluesky."))
    return replace(parsed(view, did, rkey, sought), author=profile.author)


async def account(sought: Sought, who: str) -> str:
    """Return the identifier of an account that an address names by it, or by its handle."""
    if DID.fullmatch(who):
        return who
    url = f"{APPVIEW}/xrpc/com.atproto.identity.resolveHandle?{urlencode({'handle': who})}"
    nobody = SourceError(_("Bluesky knows nobody called %(who)s.", who=who), permanent=True)
    try:
        did = string(mapping((await sought.fetch.get(url, accept=("application/json",))).json()), "did")
    except SourceError as error:
        raise nobody if error.status in (400, 404) else error from error
    if not DID.fullmatch(did):
        raise nobody
    return did


def parsed(view: Mapping[str, Any], did: str, rkey: str, sought: Sought) -> Post:
    post = parse_record(
        mapping(view.get("record")),
        did=did,
        rkey=rkey,
        revision=CREATED,
        source=sought.source("bluesky", "bsky.app"),
        time=moment(view.get("indexedAt")) or sought.now,
        now=sought.now,
    )
    return shown(post, view)
