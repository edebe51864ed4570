"""What this server says of itself, which hashtags it knows, and how fediwall is set up for an event."""

from collections.abc import Iterable
from typing import Any

from starlette.requests import Request

from wall import __version__
from wall.core.event import Event
from wall.core.hashtag import tagkey
from wall.core.timeline import MOST
from wall.core.words import _
from wall.errors import NotFound
from wall.web.addresses import address
from wall.web.mastodon.answers import Answer, answering
from wall.web.mastodon.reading import door_of, events_of, wall_of

VERSION = f"4.2.0 (compatible; Backchannel {__version__})"
"""Clients read which of Mastodon's endpoints there may be from the first number."""
INTERVAL_SECONDS = 5


@answering
async def instance(request: Request) -> Answer:
    """Return what this server is, as the first version of the API has it."""
    door, title = door_of(request, ""), title_of(await events_of(request))
    return {
        "uri": door.host,
        "title": title,
        "short_description": title,
        "description": title,
        "email": "",
        "version": VERSION,
        "urls": {},
        "stats": {"user_count": 0, "status_count": 0, "domain_count": 1},
        "thumbnail": None,
        "languages": [],
        "registrations": False,
        "approval_required": True,
        "invites_enabled": False,
        "contact_account": None,
        "rules": [],
    }, {}


@answering
async def instance_now(request: Request) -> Answer:
    """Return what this server is, as the second version of the API has it."""
    door, title = door_of(request, ""), title_of(await events_of(request))
    return {
        "domain": door.host,
        "title": title,
        "version": VERSION,
        "source_url": "",
        "description": title,
        "usage": {"users": {"active_month": 0}},
        "languages": [],
        "configuration": {"urls": {}},
        "registrations": {"enabled": False, "approval_required": True, "message": None},
        "contact": {"email": "", "account": None},
        "rules": [],
    }, {}


def title_of(events: Iterable[Event]) -> str:
    return " · ".join(event.title for event in events)


@answering
async def search(request: Request) -> Answer:
    """Return the hashtags of events that begin with what is sought; nothing else can be sought here."""
    wanted, kind = tagkey(request.query_params.get("q", "")), request.query_params.get("type", "hashtags")
    events = await events_of(request)
    found = {key: event for event in events for key in event.keys if wanted and key.startswith(wanted)}
    tags = [hashtag(request, key, event) for key, event in found.items()] if kind == "hashtags" else []
    return {"accounts": [], "statuses": [], "hashtags": tags}, {}


def hashtag(request: Request, key: str, event: Event) -> dict[str, Any]:
    return {"name": key, "url": door_of(request, event.slug).page(), "history": []}


@answering
async def fediwall(request: Request) -> Answer:
    """Return the settings of a fediwall that shows this event, for its ?load=."""
    event = (await wall_of(request, request.path_params["slug"])).event
    return {
        "servers": [address(request, "").partition("://")[2]],
        "tags": list(event.hashtags),
        "accounts": [],
        "hideBots": False,
        "hideReplies": False,
        "hideBoosts": False,
        "limit": MOST,
        "interval": INTERVAL_SECONDS,
        "theme": event.theme,
        "showInfo": False,
        "title": event.title,
    }, {}


@answering
async def nothing(request: Request) -> Answer:
    """Refuse, in Mastodon's words, what this wall has no answer to."""
    raise NotFound(_("This wall can only be read: its timelines, accounts and trends."))
