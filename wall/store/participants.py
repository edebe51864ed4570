"""Who takes part in an event from a browser, and which posts came from each of them."""

import secrets
from collections.abc import Sequence
from dataclasses import replace

from wall.core.participant import Participant
from wall.store.codec import decode, encode
from wall.store.database import Database
from wall.store.keys import PARTICIPANT_KEY, EventKeys

MOST_POSTS = 50


class Participants:
    """The participants of every event, by slug and their id, kept for as long as browsers keep their cookies."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def key(self) -> bytes:
        """Return what this installation signs its participants' cookies with; drawn once."""
        drawn = ("SET", PARTICIPANT_KEY, secrets.token_bytes(32), "NX")
        _, key = await self.database.commands(drawn, ("GET", PARTICIPANT_KEY))
        return bytes(key)

    async def get(self, slug: str, id: str) -> Participant:
        """Return a participant; one who is not known yet has no name."""
        data = await self.database.command("GET", EventKeys(slug).participant(id))
        return Participant(id=id) if data is None else replace(decode(Participant, data), id=id)

    async def get_all(self, slug: str, ids: Sequence[str]) -> list[Participant]:
        """Return participants in the order of `ids`; one who is not known has no name."""
        if not ids:
            return []
        rows = await self.database.command("MGET", *(EventKeys(slug).participant(id) for id in ids))
        return [
            Participant(id=id) if row is None else replace(decode(Participant, row), id=id)
            for id, row in zip(ids, rows, strict=True)
        ]

    async def save(self, slug: str, participant: Participant, *, keep_seconds: int) -> None:
        """Keep what a participant says of themselves."""
        key = EventKeys(slug).participant(participant.id)
        await self.database.command("SET", key, encode(participant), "EX", keep_seconds)

    async def forget(self, slug: str, id: str) -> None:
        """Keep nothing of what a participant said of themselves, when they came, and which posts are theirs."""
        keys = EventKeys(slug)
        await self.database.command("DEL", keys.participant(id), keys.sent(id), keys.met(id))

    async def posts(self, slug: str, id: str, *, limit: int = 20) -> list[str]:
        """Return the ids of the posts that came from a participant, newest first."""
        ids = await self.database.command("LRANGE", EventKeys(slug).sent(id), 0, limit - 1)
        return [one.decode() for one in ids]

    async def sent(self, slug: str, id: str, post_id: str, *, keep_seconds: int) -> None:
        """Remember that a post came from a participant, for as long as they may ask."""
        key = EventKeys(slug).sent(id)
        await self.database.commands(
            ("LREM", key, 0, post_id),
            ("LPUSH", key, post_id),
            ("LTRIM", key, 0, MOST_POSTS - 1),
            ("EXPIRE", key, keep_seconds),
            atomic=True,
        )
