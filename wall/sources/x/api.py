"""The API of X (version 2), as far as a wall asks it; its refusals in words that say what to do about them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from wall.errors import InvalidPost, SourceError
from wall.sources.fetch import Fetch
from wall.sources.payload import loads, mapping, string
from wall.sources.response import Response, retry_after
from wall.sources.x.post import Page, read_page

REFUSALS = (400, 401, 402, 403, 429)
SECONDS = 20.0
CONSOLE = "console.x.com"
FIELDS: Mapping[str, str] = {
    "tweet.fields": "author_id,created_at,edit_history_tweet_ids,entities,attachments,lang,note_tweet,"
    "possibly_sensitive,public_metrics,referenced_tweets",
    "expansions": "author_id,attachments.media_keys",
    "user.fields": "created_at,name,profile_image_url,public_metrics,username",
    "media.fields": "alt_text,media_key,preview_image_url,type,url",
}


class Api:
    """One app's access. Every post in an answer is paid for."""

    def __init__(self, base: str, token: str, *, fetch: Fetch, now: Callable[[], datetime]) -> None:
        self.base = base
        self.fetch = fetch
        self.now = now
        self.headers = {"authorization": f"Bearer {token}"}

    async def search(self, query: str, *, most: int, since: str, following: str) -> Page:
        """Return the newest posts after `since`, `most` of them; `following` is what a page said of the next one."""
        params = {"query": query, "max_results": str(most), "sort_order": "recency"}
        params |= {"since_id": since} if since else {}
        params |= {"next_token": following} if following else {}
        return await self.asked("/2/tweets/search/recent", params)

    async def look_up(self, ids: Sequence[str]) -> Page:
        """Return posts as they are now, and which of them are gone."""
        return await self.asked("/2/tweets", {"ids": ",".join(ids)})

    async def asked(self, path: str, params: Mapping[str, str]) -> Page:
        response = await self.fetch.get(
            self.base + path,
            params={**params, **FIELDS},
            headers=self.headers,
            accept=("application/json", "application/problem+json"),
            also=REFUSALS,
            seconds=SECONDS,
        )
        if response.status in REFUSALS:
            raise refusal(response, self.now())
        answer: Any = response.json()
        if not isinstance(answer, dict) or not {"data", "meta", "errors"} & answer.keys():
            raise SourceError("X answered with something that is no list of posts.")
        return read_page(answer)


def refusal(response: Response, now: datetime) -> SourceError:
    """Return what a refusal means, in words."""
    try:
        problem = string(mapping(loads(response.body)), "type").rpartition("/")[2]
    except InvalidPost:
        problem = ""
    status = response.status
    if problem == "usage-capped":
        words = f"What may be read in a month is used up, or the spending limit reached, that {CONSOLE} shows."
    elif status == 429:
        wait = retry_after(status, response.headers, now)
        return SourceError("X asks us to come back later (429).", retry_after=wait, status=status)
    else:
        words = {
            400: "X does not understand the search (400): one of the hashtags may be none there.",
            401: "X does not accept the bearer token: it is wrong or was made anew. "
            f"It stands at {CONSOLE} with your app, under Keys and tokens.",
            402: f"The X account has no credits left. Buy some at {CONSOLE}.",
        }.get(status) or (
            "X does not let this app search (403): its developer account must have pay-per-use switched on, "
            f"and the app must belong to it ({CONSOLE})."
        )
    return SourceError(words, permanent=True, status=status)
