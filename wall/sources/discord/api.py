"""Discord's API over HTTP, as far as a bot that reads asks it; its refusals in words that say what to do about them."""

from collections.abc import Mapping
from typing import Any

from wall.errors import SourceError
from wall.sources.discord.message import ID
from wall.sources.discord.wire import PORTAL, REFUSED, is_socket
from wall.sources.fetch import Fetch
from wall.sources.payload import mapping, mappings, string

PAGE = 100
WRONG_TOKEN, CLOSED = 401, 4004
LONGEST_WAIT_MS = 86_400_000


class Api:
    """One bot's access."""

    def __init__(self, base: str, token: str, *, fetch: Fetch) -> None:
        self.base = base
        self.fetch = fetch
        self.headers = {"authorization": f"Bot {token}"}

    async def gateway(self) -> str:
        """Return where to connect to; raises SourceError when the bot began too many sessions today."""
        answer = mapping(await self.asked("/gateway/bot"))
        limit = mapping(answer.get("session_start_limit"))
        if limit.get("remaining") == 0:
            wait = limit.get("reset_after")
            seconds = wait / 1000 if type(wait) is int and 0 <= wait <= LONGEST_WAIT_MS else None
            raise SourceError("Discord lets this bot begin no more sessions today.", retry_after=seconds)
        url = string(answer, "url")
        if not is_socket(url):
            raise SourceError("Discord does not say where its Gateway is.")
        return url

    async def channel(self, id: str) -> tuple[str, str]:
        """Return the name of a channel, and the id of the server it belongs to."""
        found = mapping(await self.asked(f"/channels/{id}"))
        server = string(found, "guild_id")
        if not ID.fullmatch(server):
            raise SourceError(f"{id} is no channel of a server, so it is not read.", permanent=True)
        return string(found, "name")[:100] or id, server

    async def messages(self, channel: str, *, after: str = "") -> list[Mapping[str, Any]]:
        """Return a page of messages, oldest first: the newest, or those that follow one."""
        params = {"limit": str(PAGE)} | ({"after": after} if after else {})
        found = mappings(await self.asked(f"/channels/{channel}/messages", params), limit=PAGE)
        return sorted(found, key=number)

    async def asked(self, path: str, params: Mapping[str, str] | None = None) -> Any:
        try:
            response = await self.fetch.get(
                f"{self.base}/api/v10{path}", params=params, headers=self.headers, accept=("application/json",)
            )
        except SourceError as error:
            raise explained(error) from error
        return response.json()


def explained(error: SourceError) -> SourceError:
    if error.status == WRONG_TOKEN:
        return SourceError(REFUSED[CLOSED], permanent=True, status=WRONG_TOKEN)
    if error.status == 403:
        words = "The bot may not read this channel: give it “View Channel” and “Read Message History” there."
        return SourceError(words, permanent=True, status=403)
    if error.status == 404:
        words = (
            "There is no such channel, or the bot is not in its server: invite it by an address made at "
            f"{PORTAL}, under OAuth2 → URL Generator, with the scope “bot”."
        )
        return SourceError(words, permanent=True, status=404)
    return error


def number(message: Mapping[str, Any]) -> int:
    id = string(message, "id")
    return int(id) if ID.fullmatch(id) else 0
