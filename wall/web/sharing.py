"""What a page says of itself to those who show a link to it: a title, some words, a picture, and its feeds.

The vocabulary of Open Graph (ogp.me), which the cards of X read, too. A circle says nothing of itself to anybody.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from wall.core.edition import Edition
from wall.core.event import Event
from wall.core.moderation import Standing
from wall.core.palette import CARD_HEIGHT, CARD_WIDTH
from wall.core.post import Post
from wall.core.programme import Session
from wall.core.text import cut
from wall.core.words import _
from wall.web.addresses import address
from wall.web.entries import author_name, warning_of
from wall.web.language import say

LONGEST_DESCRIPTION = 200  # graphemes
FEED_TYPES = {"atom": "application/atom+xml", "json": "application/feed+json"}

Shared = dict[str, Any]


def of_post(request: Request, event: Event, standing: Standing) -> Shared | None:
    """Return what the page of a post says of itself; of one with a warning, the warning alone."""
    post = standing.post
    path = f"/{event.slug}/post/{post.id}"
    return shared(
        request,
        event,
        path,
        type="article",
        title=say(_("%(author)s at %(event)s", author=author_name(post), event=event.title)),
        description=words_of(post),
        # An edit has another address, so that nobody goes on showing the words before.
        image=f"{path}/card.png?v={post.content_hash[:8]}",
        alt=f"{author_name(post)}: {words_of(post)}",
        embeds=True,
    )


def of_wall(request: Request, event: Event, session: Session | None, query: Mapping[str, str]) -> Shared | None:
    """Return what the live page says of itself, or of a session of the programme, with the feeds of what it shows."""
    path = f"/{event.slug}?{urlencode(query)}" if query else f"/{event.slug}"
    return shared(
        request,
        event,
        path,
        title=session.title if session else event.title,
        description=say(_("What people say with #%(hashtag)s, live.", hashtag=event.hashtags[0])),
        feeds=feeds(event, "feed", event.title, query),
        embeds=not query,
    )


def of_story(request: Request, event: Event, *, title: str, path: str, description: str) -> Shared | None:
    told = shared(request, event, path, type="article", title=title, description=description, embeds=True)
    return told and {**told, "feeds": feeds(event, "stories", event.title, {})}


def of_edition(request: Request, event: Event, edition: Edition) -> Shared | None:
    path = f"/{event.slug}/chat/{edition.number}"
    return shared(request, event, path, type="article", title=edition.topic, description="")


def of_stories(request: Request, event: Event) -> Shared | None:
    title = say(_("%(event)s: stories", event=event.title))
    listed = feeds(event, "stories", title, {})
    return shared(request, event, f"/{event.slug}/stories", title=title, description="", feeds=listed)


def of_sessions(request: Request, event: Event) -> Shared | None:
    title = say(_("%(event)s: sessions", event=event.title))
    return shared(request, event, f"/{event.slug}/sessions", title=title, description="")


def shared(
    request: Request,
    event: Event,
    path: str,
    *,
    title: str,
    description: str,
    type: str = "website",
    image: str = "",
    alt: str = "",
    feeds: list[dict[str, str]] | None = None,
    embeds: bool = False,
) -> Shared | None:
    """Return what templates/live/_shared.html wants, None for a circle."""
    if event.circle is not None:
        return None
    url = address(request, path)
    asked = {"url": url, "format": "json"}
    return {
        "type": type,
        "title": title,
        "site": event.title,
        "url": url,
        "description": description,
        "image": address(request, image or f"/{event.slug}/card.png"),
        "width": CARD_WIDTH,
        "height": CARD_HEIGHT,
        "alt": alt or f"{event.title} #{event.hashtags[0]}",
        "feeds": feeds or [],
        "oembed": address(request, f"/oembed?{urlencode(asked)}") if embeds else None,
    }


def feeds(event: Event, name: str, title: str, query: Mapping[str, str]) -> list[dict[str, str]]:
    tail = f"?{urlencode(query)}" if query else ""
    return [
        {"type": type, "title": title, "url": f"/{event.slug}/{name}.{ending}{tail}"}
        for ending, type in FEED_TYPES.items()
    ]


def words_of(post: Post) -> str:
    return cut(" ".join((warning_of(post) or post.text).split()), limit=LONGEST_DESCRIPTION, lines=1)
