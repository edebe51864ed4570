"""An AppView, which knows profiles and what has become of posts; and, with an app password, a search. Over HTTP."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from wall.core.link import safe_href
from wall.errors import SourceError
from wall.sources.bluesky.wire import DID
from wall.sources.fetch import Fetch
from wall.sources.payload import mapping, mappings, string
from wall.sources.replies import MOST_AMPLIFIERS
from wall.sources.servers import host_of

AT_ONCE = 25
"""How many profiles or posts one request may ask for."""
PAGE_LENGTH, PAGES = 100, 5
MOST_REPLIES = 200
SECONDS = 5.0
REFUSED = 400
NEW_PASSWORD = "Make a new one in Bluesky under Settings → Privacy and security → App passwords."  # noqa: S105


class AppView:
    """An AppView by its address. Errors are SourceErrors in words."""

    def __init__(self, address: str, *, fetch: Fetch) -> None:
        self.address = address
        self.host = host_of(address)
        self.fetch = fetch

    async def profiles(self, dids: Sequence[str]) -> dict[str, Mapping[str, Any]]:
        """Return those of the profiles that it shows, by account; of more than 25 in several requests at once."""
        parts = [dids[start : start + AT_ONCE] for start in range(0, len(dids), AT_ONCE)]
        method = "app.bsky.actor.getProfiles"
        found = await asyncio.gather(
            *(self.shown(method, "actors", part, "profiles", "did", beside=True) for part in parts)
        )
        return {did: view for some in found for did, view in some.items()}

    async def posts(self, uris: Sequence[str]) -> dict[str, Mapping[str, Any]]:
        """Return those of the posts that it shows, at most 25 asked for, by address."""
        return await self.shown("app.bsky.feed.getPosts", "uris", uris[:AT_ONCE], "posts", "uri")

    async def thread(self, uri: str) -> tuple[Mapping[str, Any], list[Mapping[str, Any]]]:
        """Return a post, and what answers it itself, as far as it shows that to everybody."""
        answer = await self.told("getPostThread", {"uri": uri, "depth": "1", "parentHeight": "0"})
        thread = mapping(answer.get("thread"))
        replies = mappings(thread.get("replies"), limit=MOST_REPLIES)
        return mapping(thread.get("post")), [mapping(one.get("post")) for one in replies]

    async def reposters(self, uri: str) -> list[Mapping[str, Any]]:
        """Return the profiles of who passed a post on as it is, the newest hundred."""
        answer = await self.told("getRepostedBy", {"uri": uri, "limit": str(MOST_AMPLIFIERS)})
        return list(mappings(answer.get("repostedBy"), limit=MOST_AMPLIFIERS))

    async def quoters(self, uri: str) -> list[str]:
        """Return the accounts that quoted a post, the newest hundred quotes."""
        answer = await self.told("getQuotes", {"uri": uri, "limit": str(MOST_AMPLIFIERS)})
        views = mappings(answer.get("posts"), limit=MOST_AMPLIFIERS)
        dids = (string(mapping(view.get("author")), "did") for view in views)
        return list(dict.fromkeys(did for did in dids if DID.fullmatch(did)))

    async def told(self, method: str, query: Mapping[str, str]) -> Mapping[str, Any]:
        url = f"{self.address}/xrpc/app.bsky.feed.{method}?{urlencode(query)}"
        return mapping((await self.fetch.get(url, seconds=SECONDS, accept=("application/json",))).json())

    async def shown(
        self, method: str, name: str, values: Sequence[str], within: str, by: str, *, beside: bool = False
    ) -> dict[str, Mapping[str, Any]]:
        """Return what a method shows of the values asked for, by one of its fields."""
        url = f"{self.address}/xrpc/{method}?{urlencode([(name, value) for value in values])}"
        try:
            response = await self.fetch.get(url, seconds=SECONDS, accept=("application/json",), beside=beside)
        except SourceError as error:
            if error.status != REFUSED:
                raise
            # One that it cannot read spoils the request for all: the halves are asked for, down to that one.
            half = len(values) // 2
            parts = [part for part in (values[:half], values[half:]) if part and half]
            found: dict[str, Mapping[str, Any]] = {}
            for part in parts:
                found |= await self.shown(method, name, part, within, by, beside=beside)
            return found
        views = mapping(response.json()).get(within)
        if not isinstance(views, list):
            raise SourceError(f"{self.host} answered with something that is no list of {within}.")
        return {string(view, by): view for view in mappings(views)}


class Search:
    """A person's own server (PDS), which searches for whoever signs in there with an app password."""

    def __init__(self, address: str, handle: str, password: str, *, fetch: Fetch) -> None:
        self.address = address
        self.host = host_of(address)
        self.handle = handle
        self.password = password
        self.fetch = fetch
        self.headers: dict[str, str] = {}

    async def sign_in(self) -> None:
        """Begin a session; raises SourceError (permanent) in words when the app password is not taken."""
        who = {"identifier": self.handle, "password": self.password}
        try:
            response = await self.fetch.post(
                f"{self.address}/xrpc/com.atproto.server.createSession", json=who, accept=("application/json",)
            )
        except SourceError as error:
            if error.status in (400, 401, 403):
                raise SourceError(
                    f"{self.host} does not accept the handle and app password ({error.status}). {NEW_PASSWORD}",
                    permanent=True,
                    status=error.status,
                ) from error
            raise
        session = mapping(response.json())
        self.headers = {"authorization": f"Bearer {string(session, 'accessJwt')}"}
        self.address = own_server(session) or self.address

    async def posts(self, tag: str, since: str) -> list[Mapping[str, Any]]:
        """Return the newest posts with a hashtag since a time, newest first, at most five hundred."""
        found: list[Mapping[str, Any]] = []
        cursor = ""
        for _ in range(PAGES):
            query = {"q": f"#{tag}", "tag": tag, "sort": "latest", "since": since, "limit": str(PAGE_LENGTH)}
            query |= {"cursor": cursor} if cursor else {}
            url = f"{self.address}/xrpc/app.bsky.feed.searchPosts?{urlencode(query)}"
            answer = mapping(
                (await self.fetch.get(url, headers=self.headers, accept=("application/json",))).json()
            )
            found += mappings(answer.get("posts"))
            cursor = string(answer, "cursor")
            if not cursor:
                break
        return found


def own_server(session: Mapping[str, Any]) -> str | None:
    """Return the address of the server that an account is on, as its DID document has it."""
    for service in mappings(mapping(session.get("didDoc")).get("service")):
        if string(service, "id").endswith("#atproto_pds"):
            found = safe_href(string(service, "serviceEndpoint"))
            return found.rstrip("/") if found and found.startswith("https://") else None
    return None
