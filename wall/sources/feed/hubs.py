"""The hubs of a feed (W3C WebSub): which ones it names, and subscribing to them where we can be called."""

import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from wall.core.link import safe_href
from wall.core.subscription import Subscription
from wall.errors import SourceError
from wall.sources.base import Bell
from wall.sources.fetch import Fetch, Response
from wall.sources.payload import mappings, string, strings

LINK = re.compile(r"<([^<>]{1,2000})>((?:\s*;\s*[\w*!-]{1,20}\s*=\s*(?:\"[^\"]{0,200}\"|[^\s\",;]{1,200})){1,10})")
RELATION = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s\",;]+))", re.IGNORECASE)
LONGEST_HEADER = 10_000  # characters
MOST_HUBS = 3
LEASE_SECONDS = 10 * 86_400
LARGEST_TOLD = 200 * 1024  # bytes; a larger feed is more than we let anybody send us


@dataclass(frozen=True, slots=True)
class Named:
    """Which hubs tell of a feed, and by what name they know it."""

    hubs: tuple[str, ...] = ()
    topic: str = ""


def named(response: Response, feed: Mapping[str, Any]) -> Named:
    """Return what an answer says of its hubs: in its headers first, as the specification has it, else in the feed."""
    links = list(header_links(response.headers.get("link", "")))
    hubs = [target for relation, target in links if relation == "hub"]
    topics = [target for relation, target in links if relation == "self"]
    if not hubs:
        hubs = [*strings(feed.get("hubs")), *(string(one, "url") for one in mappings(feed.get("hubs")))]
        topics = [string(feed, "self") or string(feed, "feed_url"), *topics]
    found = [href for hub in hubs if hub and (href := safe_href(hub, base=response.url))]
    topic = next((href for one in topics if one and (href := safe_href(one, base=response.url))), response.url)
    return Named(tuple(dict.fromkeys(found))[:MOST_HUBS], topic)


def header_links(header: str) -> Iterator[tuple[str, str]]:
    """Yield the relations in a Link header (RFC 8288), each with its target."""
    for target, parameters in LINK.findall(header[:LONGEST_HEADER]):
        for quoted, bare in RELATION.findall(parameters)[:1]:
            yield from ((relation, target) for relation in (quoted or bare).lower().split())


class Hubs:
    """The hubs of one feed, subscribed to as long as it names them."""

    def __init__(self, bell: Bell, fetch: Fetch) -> None:
        self.bell = bell
        self.fetch = fetch

    async def telling(self, now: datetime) -> str:
        """Return which hubs tell us of what is new, in words; "" for none."""
        there = [one for one in await self.bell.subscriptions() if one.holds(now)]
        return " and ".join(sorted({urlsplit(one.hub).netloc for one in there}))

    async def follow(self, found: Named, now: datetime) -> None:
        """Subscribe to the hubs that a feed names, and forget those that it no longer does."""
        there = {one.hub: one for one in await self.bell.subscriptions()}
        for old in there.values():
            if old.hub not in found.hubs or old.topic != found.topic:
                await self.bell.forget(old.token)
        for hub in found.hubs:
            known = there.get(hub)
            if known is None or known.topic != found.topic:
                await self.ask(
                    Subscription(
                        token=secrets.token_urlsafe(24),
                        hub=hub,
                        topic=found.topic,
                        secret=secrets.token_urlsafe(32),
                        asked_at=now,
                    )
                )

    async def renew(self, now: datetime) -> None:
        for one in await self.bell.subscriptions():
            if one.is_due(now):
                await self.ask(replace(one, asked_at=now))

    async def ask(self, subscription: Subscription) -> None:
        """Ask a hub. It asks us back before it answers or after, so what we want is kept first."""
        await self.bell.save(subscription)
        form = {
            "hub.mode": "subscribe",
            "hub.topic": subscription.topic,
            "hub.callback": self.bell.address(subscription.token),
            "hub.secret": subscription.secret,
            "hub.lease_seconds": str(LEASE_SECONDS),
        }
        # Without the hub there is still polling; it is asked again once its time has come.
        with suppress(SourceError):
            await self.fetch.post(subscription.hub, form=form)
