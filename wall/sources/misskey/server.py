"""One server of the Misskey family, asked politely over HTTP."""

from collections.abc import Sequence
from typing import Any

from wall.errors import SourceError
from wall.sources.fetch import Fetch
from wall.sources.payload import mapping, string
from wall.sources.replies import MOST_AMPLIFIERS
from wall.sources.servers import host_of

PAGE_LENGTH = 40
MOST_REPLIES = 100
JSON = ("application/json",)


class Server:
    """A server by its address. Errors are SourceErrors in words."""

    def __init__(self, address: str, *, fetch: Fetch) -> None:
        self.address = address
        self.host = host_of(address)
        self.streaming = f"{address.replace('http', 'ws', 1)}/streaming"
        self.fetch = fetch

    async def tagged(self, tag: str, *, until_id: str | None) -> Sequence[Any]:
        """Return the newest notes with a hashtag, or those just older than `until_id`, newest first."""
        asked = {"tag": tag, "limit": PAGE_LENGTH} | ({"untilId": until_id} if until_id else {})
        response = await self.fetch.post(f"{self.address}/api/notes/search-by-tag", json=asked, accept=JSON)
        notes = response.json()
        if not isinstance(notes, list):
            raise SourceError(f"{self.host} answered with something that is no list of notes.")
        return notes[:PAGE_LENGTH]

    async def replies(self, local_id: str) -> Sequence[Any]:
        """Return what answers or quotes a note, a hundred at most."""
        asked = {"noteId": local_id, "limit": MOST_REPLIES}
        notes = (await self.fetch.post(f"{self.address}/api/notes/children", json=asked, accept=JSON)).json()
        if not isinstance(notes, list):
            raise SourceError(f"{self.host} answered with something that is no list of notes.")
        return notes[:MOST_REPLIES]

    async def renotes(self, local_id: str) -> Sequence[Any]:
        """Return what passes a note on, with words of its own or without, the newest hundred."""
        asked = {"noteId": local_id, "limit": MOST_AMPLIFIERS}
        notes = (await self.fetch.post(f"{self.address}/api/notes/renotes", json=asked, accept=JSON)).json()
        if not isinstance(notes, list):
            raise SourceError(f"{self.host} answered with something that is no list of notes.")
        return notes[:MOST_AMPLIFIERS]

    async def note(self, local_id: str) -> Any | None:
        """Return one note, or None when it was deleted; raises SourceError where that cannot be told."""
        response = await self.fetch.post(
            f"{self.address}/api/notes/show", json={"noteId": local_id}, accept=JSON, also=(400, 404, 410)
        )
        if response.status < 400:
            return response.json()
        # The family differs in the status, and some hide a note from visitors that is there all the same.
        code = string(mapping(mapping(response.json()).get("error")), "code")
        if code == "NO_SUCH_NOTE" or (response.status != 400 and not code):
            return None
        raise SourceError(f"{self.host} does not show this note to us.", status=response.status)


def explained(server: Server, error: SourceError, *, live: bool = False) -> SourceError:
    """Return the error in words that say what is missing; other errors stay as they are."""
    if error.status not in (400, 401, 403, 404, 410):
        return error
    if live:
        words = f"{server.host} has no live stream ({error.status}); posts come a few seconds later."
    elif error.status in (401, 403):
        words = f"{server.host} shows hashtags to its own people only ({error.status}): name another server."
    else:
        words = (
            f"{server.host} cannot be asked for hashtags ({error.status}): it seems not to be a Misskey server."
        )
    return SourceError(words, permanent=True, status=error.status)
