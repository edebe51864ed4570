"""What happens in channels of Discord, live and while nobody listened, and how far it was read."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from wall.errors import InvalidPost, SourceError
from wall.sources.base import Checkpoint, Context, Delete, SetAside, SourceEvent, Upsert
from wall.sources.discord.api import PAGE, Api, number
from wall.sources.discord.message import ID, Reading, parse_message, post_uid
from wall.sources.payload import loads, mapping, string, strings
from wall.sources.remembered import Remembered

MOST_PAGES = 20  # of what was written while the wall was away, in each channel
MOST_SWEPT = 200
REMEMBERED = 4000


class Following:
    """The channels of one source; `at` is the newest message read in each."""

    def __init__(self, context: Context, api: Api, reading: Reading, since: str | None) -> None:
        self.context = context
        self.api = api
        self.reading = reading
        self.at = read_position(since)
        self.seen: Remembered[str, int] = Remembered(REMEMBERED)

    def happened(self, name: str, data: Mapping[str, Any]) -> list[SourceEvent]:
        """Return what an event of the Gateway means for the wall."""
        server, channel = string(data, "id"), string(data, "channel_id")
        # One that is unavailable only has trouble of its own.
        if name == "GUILD_DELETE" and data.get("unavailable") is not True:
            if server in self.reading.servers.values():
                words = "The bot was removed from the server. Invite it again, and give it its channels."
                raise SourceError(words, permanent=True)
            return []
        if channel not in self.reading.servers:
            return []
        if name in ("MESSAGE_CREATE", "MESSAGE_UPDATE"):
            # An update without an author only tells that a link has its preview now.
            events = self.read(data) if "author" in data or name == "MESSAGE_CREATE" else []
            if name == "MESSAGE_CREATE":
                self.move(channel, data)
            return [*events, self.checkpoint()]
        gone = [string(data, "id")] if name == "MESSAGE_DELETE" else []
        gone += strings(data.get("ids")) if name == "MESSAGE_DELETE_BULK" else []
        return [Delete(post_uid(channel, id)) for id in gone if ID.fullmatch(id)]

    async def missed(self, channel: str) -> list[SourceEvent]:
        """Return what was written, changed and deleted in a channel since it was read last."""
        newest = await self.api.messages(channel)
        found = list(newest)
        after = self.at.get(channel, "")
        if after and len(newest) == PAGE and number(newest[0]) > int(after):
            found = [*await self.between(channel, after, number(newest[0])), *newest]
        events = [event for raw in found for event in self.read(raw)]
        events += await self.deleted(channel, newest)
        if found:
            self.move(channel, found[-1])
        return [*events, self.checkpoint()]

    async def between(self, channel: str, after: str, end: int) -> list[Mapping[str, Any]]:
        """Return the messages that follow one, before another."""
        found: list[Mapping[str, Any]] = []
        for _ in range(MOST_PAGES):
            page = [raw for raw in await self.api.messages(channel, after=after) if number(raw) < end]
            if not page:
                return found
            found += page
            after = str(number(page[-1]))
        return found

    async def deleted(self, channel: str, newest: Sequence[Mapping[str, Any]]) -> list[SourceEvent]:
        """Return deletes for what the wall has and the newest messages of the channel no longer have."""
        there = {number(raw) for raw in newest}
        oldest = min(there) if len(newest) == PAGE else 0
        prefix = post_uid(channel, "")
        known = [uid for uid in await self.context.known(MOST_SWEPT) if uid.startswith(prefix)]
        ids = [int(uid.removeprefix(prefix)) for uid in known]
        return [Delete(post_uid(channel, str(id))) for id in ids if id >= oldest and id not in there]

    def read(self, raw: Mapping[str, Any]) -> list[SourceEvent]:
        try:
            post = parse_message(raw, self.reading, now=self.context.now())
        except InvalidPost as error:
            id = string(raw, "id")
            if id in self.seen:
                return []
            self.seen[id] = 0
            return [SetAside(f"Discord: {error.message}")]
        # What was edited may be on the wall from when it had the hashtag.
        if post is None or not (self.context.event.may_want(post) or raw.get("edited_timestamp")):
            return []
        if self.seen.get(post.uid) == post.revision:
            return []
        self.seen[post.uid] = post.revision
        return [Upsert(post)]

    def move(self, channel: str, raw: Mapping[str, Any]) -> None:
        if number(raw) > int(self.at.get(channel, "0")):
            self.at[channel] = str(number(raw))

    def checkpoint(self) -> Checkpoint:
        return Checkpoint(json.dumps({"at": self.at}))


def read_position(since: str | None) -> dict[str, str]:
    """Return the newest message read in each channel; what cannot be read is read anew."""
    try:
        kept = mapping(mapping(loads(since or "{}")).get("at"))
    except InvalidPost:
        return {}
    return {
        channel: id
        for channel, id in kept.items()
        if ID.fullmatch(channel) and isinstance(id, str) and ID.fullmatch(id)
    }
