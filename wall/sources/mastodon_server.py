"""One server that speaks Mastodon's API, asked politely over HTTP."""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from wall.errors import SourceError
from wall.sources.fetch import Fetch, Response
from wall.sources.payload import mapping, string
from wall.sources.response import seconds_until
from wall.sources.servers import host_of

PAGE_LENGTH = 40
MOST_PROBES = 5
LEAST_REMAINING = 5  # requests left by a server's own count, at which we rest until it counts anew
LONGEST_REST_SECONDS = 900.0
GONE = (404, 410)
NEXT_LINK = re.compile(r'<([^<>]{1,2000})>\s*;\s*rel="?next"?')


@dataclass(frozen=True, slots=True)
class Page:
    """Some statuses of a timeline, newest first; `next_id` leads to older ones."""

    statuses: Sequence[Any]
    next_id: str | None


@dataclass(frozen=True, slots=True)
class Instance:
    """What a server says of itself: the domain in its people's handles, and where its live streams are."""

    domain: str
    streaming: str


class Server:
    """A server by its address, with the token for it if there is one. Errors are SourceErrors in words."""

    def __init__(self, address: str, *, fetch: Fetch, now: Callable[[], datetime], token: str = "") -> None:
        self.address = address
        self.host = host_of(address)
        self.fetch = fetch
        self.now = now
        self.headers = {"authorization": f"Bearer {token}"} if token else {}
        self.rests_until: datetime | None = None
        self.said: Instance | None = None
        self.shows_single = False
        self.probes = 0

    async def timeline(self, tag: str, *, max_id: str | None) -> Page:
        """Return the newest statuses with a hashtag, or those just older than `max_id`."""
        query = {"limit": str(PAGE_LENGTH)} | ({"max_id": max_id} if max_id else {})
        response = await self.get(f"/api/v1/timelines/tag/{quote(tag, safe='')}?{urlencode(query)}")
        statuses = self.listing(response)
        return Page(statuses, next_id(response, statuses))

    async def statuses(self, ids: Sequence[str]) -> Sequence[Any]:
        """Return those of these statuses that there are. Not every server can answer this."""
        return self.listing(await self.get(f"/api/v1/statuses?{urlencode([('id[]', one) for one in ids])}"))

    async def status(self, local_id: str) -> Any | None:
        """Return one status, or None when it was deleted."""
        try:
            response = await self.get(f"/api/v1/statuses/{quote(local_id, safe='')}")
        except SourceError as error:
            if error.status in GONE:
                return None
            raise
        return response.json()

    async def learn_whether_it_shows(self, local_id: str) -> None:
        """Find out whether single statuses are shown to us, by one that was there a moment ago.

        Where they are not, one that is missing says nothing. Asked a few times, then no more.
        """
        if self.shows_single or self.probes >= MOST_PROBES:
            return
        self.probes += 1
        try:
            self.shows_single = await self.status(local_id) is not None
        except SourceError as error:
            if not error.permanent:
                raise

    async def instance(self) -> Instance:
        """Return what the server says of itself, asked until it does; guessed from its address before that."""
        if self.said is not None:
            return self.said
        about = await self.about()
        urls = mapping(mapping(about.get("configuration")).get("urls"))
        streaming = string(urls, "streaming") or string(mapping(about.get("urls")), "streaming_api")
        instance = Instance(self.domain(string(about, "domain")), self.streaming(streaming))
        if about:
            self.said = instance
        return instance

    async def about(self) -> Mapping[str, Any]:
        for version in ("v2", "v1"):
            try:
                return mapping((await self.get(f"/api/{version}/instance")).json())
            except SourceError:
                continue  # older servers lack the first, odd ones both; the timeline is what matters
        return {}

    def domain(self, claimed: str) -> str:
        """Return the domain of the server's people; another one than its own or one above it is not believed."""
        return claimed if f".{self.host}".endswith(f".{claimed}") and "." in claimed else self.host

    def streaming(self, claimed: str) -> str:
        """Return where the live streams are: what the server says if it is as secure as the server itself."""
        own = self.address.replace("http", "ws", 1)
        claimed = claimed.replace("http", "ws", 1) if claimed.startswith("http") else claimed
        return claimed.rstrip("/") if claimed.startswith(f"{urlsplit(own).scheme}://") else own

    async def get(self, path: str) -> Response:
        if self.rests_until is not None:
            await asyncio.sleep(max(0.0, (self.rests_until - self.now()).total_seconds()))
        response = await self.fetch.get(self.address + path, headers=self.headers, accept=("application/json",))
        self.rests_until = rest(response, self.now())
        return response

    def listing(self, response: Response) -> Sequence[Any]:
        statuses = response.json()
        if not isinstance(statuses, list):
            raise SourceError(f"{self.host} answered with something that is no list of posts.")
        return statuses[: 2 * PAGE_LENGTH]


def next_id(response: Response, statuses: Sequence[Any]) -> str | None:
    """Return the id to go on from: the server's own, else the last status's; None when there is nothing older."""
    link = response.headers.get("link")
    if link is not None:
        found = NEXT_LINK.search(link)
        return next(iter(parse_qs(urlsplit(found[1]).query).get("max_id", [])), None) if found else None
    last = mapping(statuses[-1]).get("id") if statuses else None
    return last if isinstance(last, str) else None


def rest(response: Response, now: datetime) -> datetime | None:
    """Return until when to leave the server alone, from what it says we have left."""
    remaining = response.headers.get("x-ratelimit-remaining", "")
    if not remaining.isdecimal() or int(remaining[:9]) > LEAST_REMAINING:
        return None
    seconds = seconds_until(response.headers.get("x-ratelimit-reset", ""), now)
    return now + timedelta(seconds=min(max(seconds or 0.0, 0.0), LONGEST_REST_SECONDS))
