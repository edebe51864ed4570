"""A server of Matrix, asked as one of its accounts; its refusals in words that say what to do about them."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from wall.errors import SourceError
from wall.sources.fetch import MIB, Fetch
from wall.sources.matrix.event import ENCRYPTED, ENCRYPTION, MEMBER, MESSAGE, REDACTION
from wall.sources.payload import mapping, strings

POLL_SECONDS = 30
PATIENCE_SECONDS = 20.0
NEWEST = 50  # messages, on coming into the room, and after each pause before the rest is asked for
PAGE = 100
LARGEST = 8 * MIB
TOO_MANY = 429
LONGEST_WAIT_MS = 86_400_000
CLIENT = "/_matrix/client/v3"
MEDIA = "/_matrix/client/v1/media/download"
NEW_TOKEN = "Sign in with the account again and give its new access token."  # noqa: S105
CANNOT_READ = (
    "{room} is encrypted, and an encrypted room cannot be read: make one without encryption for the wall."
)


class Server:
    """One server and one account on it."""

    def __init__(self, fetch: Fetch, address: str, token: str) -> None:
        self.fetch = fetch
        self.address = address
        self.host = urlsplit(address).netloc
        self.headers = {"authorization": f"Bearer {token}"}

    async def room_id(self, room: str) -> str:
        """Return the id of the room that an id or an alias names."""
        if room.startswith("!"):
            return room
        answer = await self.ask(
            f"{CLIENT}/directory/room/{quote(room, safe='')}", missing=f"There is no room {room}."
        )
        found = answer.get("room_id")
        if not isinstance(found, str) or not found.startswith("!"):
            raise SourceError(f"{self.host} does not say which room {room} is.")
        return found

    async def check_room(self, room: str, named: str) -> None:
        """Join the room if the account is not in it; raises SourceError when it may not, or cannot read the room."""
        joined = await self.ask(f"{CLIENT}/joined_rooms")
        if room not in strings(joined.get("joined_rooms"), limit=10_000):
            await self.join(named)
        try:
            await self.ask(f"{CLIENT}/rooms/{quote(room, safe='')}/state/{ENCRYPTION}")
        except SourceError as error:
            if error.status == 404:
                return
            raise
        raise SourceError(CANNOT_READ.format(room=named), permanent=True)

    async def join(self, named: str) -> None:
        try:
            await self.fetch.post(
                f"{self.address}{CLIENT}/join/{quote(named, safe='')}", json={}, headers=self.headers
            )
        except SourceError as error:
            if error.status not in (400, 403, 404):
                raise self.explained(error, "") from error
            words = f"The account is not in {named} and may not join it: invite it there."
            raise SourceError(words, permanent=True, status=error.status) from error

    async def sync(self, room: str, since: str | None) -> Mapping[str, Any]:
        """Return what happened since, waiting until something does; the newest messages without `since`."""
        params = {"filter": json.dumps(sync_filter(room)), "timeout": "0"}
        if since is not None:
            params |= {"since": since, "timeout": str(POLL_SECONDS * 1000)}
        return await self.ask(f"{CLIENT}/sync", params, seconds=POLL_SECONDS + PATIENCE_SECONDS, beside=True)

    async def messages(self, room: str, *, start: str, end: str) -> Mapping[str, Any]:
        """Return a page of messages, newest first, going back from one place towards another."""
        params = {"dir": "b", "from": start, "to": end, "limit": str(PAGE), "filter": json.dumps(WANTED)}
        return await self.ask(f"{CLIENT}/rooms/{quote(room, safe='')}/messages", params)

    async def event(self, room: str, event_id: str) -> Mapping[str, Any]:
        return await self.ask(f"{CLIENT}/rooms/{quote(room, safe='')}/event/{quote(event_id, safe='')}")

    def picture(self, server_name: str, media_id: str) -> str:
        """Return the address of a picture, and have it asked for with the account's token."""
        url = f"{self.address}{MEDIA}/{server_name}/{media_id}"
        self.fetch.lend(url, self.headers)
        return url

    async def ask(
        self,
        path: str,
        params: Mapping[str, str] | None = None,
        *,
        seconds: float = PATIENCE_SECONDS,
        beside: bool = False,
        missing: str = "",
    ) -> Mapping[str, Any]:
        try:
            response = await self.fetch.get(
                self.address + path,
                params=params,
                headers=self.headers,
                limit=LARGEST,
                seconds=seconds,
                beside=beside,
                also=(TOO_MANY,),
            )
        except SourceError as error:
            raise self.explained(error, missing) from error
        answer = mapping(response.json())
        if response.status == TOO_MANY:
            raise SourceError(
                f"{self.host} asks us to come back later (429): too many requests.",
                retry_after=wait_seconds(answer.get("retry_after_ms"), response.headers.get("retry-after", "")),
                status=TOO_MANY,
            )
        return answer

    def explained(self, error: SourceError, missing: str) -> SourceError:
        words = {
            401: f"{self.host} does not accept the access token: it is wrong, or its session was ended. {NEW_TOKEN}",
            403: f"{self.host} does not let the account read the room (403): it has to be in it.",
            404: missing,
        }.get(error.status or 0)
        if not words:
            return error
        return SourceError(words, permanent=True, status=error.status)


def wait_seconds(milliseconds: object, header: str) -> float | None:
    """Return how long a server asks us to wait, of the two places where it may say so."""
    if type(milliseconds) is int and 0 <= milliseconds <= LONGEST_WAIT_MS:
        return float(-(-milliseconds // 1000))
    return float(header) if header.isascii() and header.isdecimal() and len(header) < 5 else None


WANTED = {
    "types": [MESSAGE, REDACTION, ENCRYPTED, ENCRYPTION, MEMBER],
    "lazy_load_members": True,
}


def sync_filter(room: str) -> Mapping[str, Any]:
    nothing: Mapping[str, Any] = {"types": []}
    return {
        "presence": nothing,
        "account_data": nothing,
        "room": {
            "rooms": [room],
            "timeline": {**WANTED, "limit": NEWEST},
            "state": {"types": [MEMBER, ENCRYPTION], "lazy_load_members": True},
            "ephemeral": nothing,
            "account_data": nothing,
        },
    }
