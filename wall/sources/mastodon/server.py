"""One server that speaks Mastodon's API, asked politely over HTTP."""

import asyncio
import random
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
MOST_REPLIES = 200
MOST_AMPLIFIERS = 80
LEAST_REMAINING = 5  # requests left by a server's own count, at which we rest until it counts anew
LONGEST_REST_SECONDS = 900.0
LONGEST_AFTER_REST_SECONDS = 10.0  # drawn anew each time, so that not all come back at once
GONE = (404, 410)
CLOSED = (401, 403, 422)
"""How servers refuse a timeline to whom they do not know; some show that of their own people all the same."""
NEXT_LINK = re.compile(r'<([^<>]{1,2000})>\s*;\s*rel="?next"?')
PAGING_LINK = re.compile(r';\s*rel="?(?:next|prev)"?')


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
        self.own_posts_only = False
        self.shows_single = False
        self.shows_several = True
        self.shows_amplifiers = True
        self.probes = 0

    async def timeline(self, tag: str, *, max_id: str | None) -> Page:
        """Return the newest statuses with a hashtag, or those just older than `max_id`.

        Where strangers may see those of the server's own people only, it is these.
        """
        query = {"limit": str(PAGE_LENGTH)} | ({"max_id": max_id} if max_id else {})
        path = f"/api/v1/timelines/tag/{quote(tag, safe='')}?{urlencode(query)}"
        try:
            response = await self.get(path + ("&local=true" if self.own_posts_only else ""))
        except SourceError as error:
            if self.headers or self.own_posts_only or error.status not in CLOSED:
                raise
            response = await self.get(f"{path}&local=true")
            self.own_posts_only = True
        statuses = self.listing(response)
        following = next_id(response, statuses)
        return Page(statuses, None if following == max_id else following)  # some know no paging, and begin again

    async def statuses(self, ids: Sequence[str]) -> Sequence[Any]:
        """Return those of these statuses that there are; none once it turns out that the server cannot be asked so."""
        if not self.shows_several:
            return []
        try:
            response = await self.get(f"/api/v1/statuses?{urlencode([('id[]', one) for one in ids])}")
        except SourceError as error:
            if not is_answer(error):
                raise
            self.shows_several = False
            return []
        return self.listing(response)

    async def account(self, name: str) -> str | None:
        """Return the server's own id of one of its people, or None when there is nobody of that name."""
        try:
            response = await self.get(f"/api/v1/accounts/lookup?{urlencode({'acct': name})}")
        except SourceError as error:
            if error.status in GONE:
                return None
            raise
        return str(mapping(response.json()).get("id") or "") or None

    async def statuses_of(self, account_id: str) -> Sequence[Any]:
        """Return the newest statuses of an account, and what it boosted."""
        path = f"/api/v1/accounts/{quote(account_id, safe='')}/statuses"
        return self.listing(await self.get(f"{path}?limit={PAGE_LENGTH}&exclude_replies=true"))

    async def status(self, local_id: str) -> Any | None:
        """Return one status, or None when it was deleted."""
        try:
            response = await self.get(f"/api/v1/statuses/{quote(local_id, safe='')}")
        except SourceError as error:
            if error.status in GONE:
                return None
            raise
        return response.json()

    async def replies(self, local_id: str) -> Sequence[Any]:
        """Return what answers a status, and what answers that, as far as the server shows it; to strangers sixty."""
        response = await self.get(f"/api/v1/statuses/{quote(local_id, safe='')}/context")
        found = mapping(response.json()).get("descendants")
        if not isinstance(found, list):
            raise SourceError(f"{self.host} answered with something that is no thread.")
        return found[:MOST_REPLIES]

    async def amplifiers(self, local_id: str) -> Sequence[Any]:
        """Return the newest accounts that passed a status on; none where a server refuses to tell strangers."""
        if not self.shows_amplifiers:
            return []
        path = f"/api/v1/statuses/{quote(local_id, safe='')}/reblogged_by?limit={MOST_AMPLIFIERS}"
        try:
            return self.listing(await self.get(path))
        except SourceError as error:
            if error.status not in CLOSED:
                raise
            self.shows_amplifiers = False
            return []

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
        instance = Instance(
            self.domain(string(about, "domain") or string(about, "uri")), self.streaming(streaming)
        )
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

    async def streams(self) -> Sequence[str]:
        """Return where its live streams may be: where it says, and where it is itself, for some say what is not so."""
        own = self.address.replace("http", "ws", 1)
        return list(dict.fromkeys(((await self.instance()).streaming, own)))

    def domain(self, claimed: str) -> str:
        """Return the domain of the server's people; another one than its own or one above it is not believed."""
        return claimed if f".{self.host}".endswith(f".{claimed}") and "." in claimed else self.host

    def streaming(self, claimed: str) -> str:
        """Return where the live streams are: what the server says if it is as secure as the server itself."""
        own = self.address.replace("http", "ws", 1)
        claimed = claimed.replace("http", "ws", 1) if claimed.startswith("http") else claimed
        return claimed.rstrip("/") if claimed.startswith(f"{urlsplit(own).scheme}://") else own

    async def get(self, path: str) -> Response:
        if self.rests_until is not None and (seconds := (self.rests_until - self.now()).total_seconds()) > 0:
            await asyncio.sleep(seconds + random.uniform(0, LONGEST_AFTER_REST_SECONDS))
        try:
            response = await self.fetch.get(
                self.address + path, headers=self.headers, accept=("application/json",)
            )
        except SourceError as error:
            if error.retry_after:
                self.rests_until = self.now() + timedelta(seconds=min(error.retry_after, LONGEST_REST_SECONDS))
            raise
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
    if link is not None and PAGING_LINK.search(link):
        found = NEXT_LINK.search(link)
        return next(iter(parse_qs(urlsplit(found[1]).query).get("max_id", [])), None) if found else None
    last = mapping(statuses[-1]).get("id") if statuses else None
    return last if isinstance(last, str) else None


def is_answer(error: SourceError) -> bool:
    """Tell whether an error is what a server says to a request that it does not know, rather than trouble."""
    return error.status is not None and error.status < 500 and error.status != 429


def rest(response: Response, now: datetime) -> datetime | None:
    """Return until when to leave the server alone, from what it says we have left."""
    remaining = response.headers.get("x-ratelimit-remaining", "")
    if not remaining.isdecimal() or int(remaining[:9]) > LEAST_REMAINING:
        return None
    seconds = seconds_until(response.headers.get("x-ratelimit-reset", ""), now)
    return now + timedelta(seconds=min(max(seconds or 0.0, 0.0), LONGEST_REST_SECONDS))
