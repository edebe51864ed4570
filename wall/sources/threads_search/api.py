"""The search of Threads, asked as one of its accounts; its refusals in words that say what to do about them."""

from collections.abc import Mapping
from typing import Any

from wall.errors import InvalidPost, SourceError
from wall.sources.fetch import Fetch
from wall.sources.payload import loads, mapping, mappings, string
from wall.sources.response import Response

REFUSALS = (400, 401, 403, 429, 500)
SECONDS = 20.0
PAGE = 100
PATIENCE_SECONDS = 900.0
TOKEN_CODES = (102, 190)
PERMISSION_CODES = (3, 10, *range(200, 300))
BUSY_CODES = (1, 2, 4, 17, 32, 341, 613)
FIELDS = (
    "id,text,media_type,media_url,thumbnail_url,alt_text,permalink,timestamp,username,topic_tag,"
    "children{media_type,media_url,thumbnail_url,alt_text}"
)


class Api:
    """One account's access. No error may tell an address: the token could be in one."""

    def __init__(self, base: str, token: str, *, fetch: Fetch) -> None:
        self.base = base
        self.fetch = fetch
        self.headers = {"authorization": f"Bearer {token}"}

    async def me(self) -> str:
        """Return the name of the account whose access this is."""
        return string(await self.asked("/v1.0/me", {"fields": "username"}), "username")

    async def search(self, hashtag: str, *, since: int) -> list[Mapping[str, Any]]:
        """Return the newest posts with a hashtag, from a time on, in seconds since the epoch, 0 for any."""
        params = {
            "q": hashtag,
            "search_mode": "TAG",
            "search_type": "RECENT",
            "fields": FIELDS,
            "limit": str(PAGE),
        }
        params |= {"since": str(since)} if since else {}
        answer = await self.asked("/v1.0/keyword_search", params)
        if not isinstance(answer.get("data"), list):
            raise SourceError("Threads answered with something that is no list of posts.")
        return list(mappings(answer["data"], limit=PAGE))

    async def asked(self, path: str, params: Mapping[str, str]) -> Mapping[str, Any]:
        response = await self.fetch.get(
            self.base + path, params=params, headers=self.headers, also=REFUSALS, seconds=SECONDS
        )
        try:
            answer = mapping(loads(response.body))
        except InvalidPost as error:
            raise SourceError("Threads answered with something that is not JSON.") from error
        if response.status in REFUSALS or "error" in answer:
            raise refusal(response, mapping(answer.get("error")))
        return answer


def refusal(response: Response, error: Mapping[str, Any]) -> SourceError:
    """Return what a refusal means, in words."""
    status, code = response.status, error.get("code")
    if code in TOKEN_CODES or status == 401:
        words = (
            "Threads does not accept the access token: it is wrong, or older than sixty days. Make a new one at "
            "developers.facebook.com with your app, under Threads API."
        )
        return SourceError(words, permanent=True, status=status)
    if code in PERMISSION_CODES or status == 403:
        words = (
            "The app lacks the permission threads_keyword_search, or threads_basic. Ask for it at "
            "developers.facebook.com with your app, under App Review."
        )
        return SourceError(words, permanent=True, status=status)
    if status == 429 or code in BUSY_CODES:
        told = response.headers.get("retry-after", "")
        wait = float(told) if told.isascii() and told.isdigit() and len(told) < 6 else PATIENCE_SECONDS
        return SourceError(
            "Threads asks us to come back later: too many searches.", retry_after=wait, status=status
        )
    if status >= 500:
        return SourceError(f"Threads has trouble of its own ({status}).", status=status)
    return SourceError(f"Threads refuses the search ({status}).", permanent=True, status=status)
