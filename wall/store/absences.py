"""Authors who left a wall, kept under hashes that tell nobody who they are, and what was turned away at the door."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from wall.store.database import Call, Database, Script
from wall.store.keys import EventKeys
from wall.store.servers import Argument

ABSENT = Script("absent", after=("mark",))
ABSENCE = Script("absence", after=("mark",))

Why = Literal["left", "asked"]
"""Why posts are turned away: their author left this wall, or asks all programs to keep away."""


class Absences:
    """Who left each event, by slug and author's uid."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def leave(self, slug: str, author: str, *, at: datetime) -> bool:
        """Note that an author asked at some time to be left out; returns whether posts may remain to be withdrawn.

        From then on `Posts.submit` takes none of theirs in. Call `gone` once their posts are withdrawn.
        """
        return await self._note(slug, author, "left", at)

    async def gone(self, slug: str, author: str, *, at: datetime) -> None:
        """Note that the posts of an author who left at that time are withdrawn."""
        await self._note(slug, author, "gone", at)

    async def come_back(self, slug: str, author: str, *, at: datetime) -> bool:
        """Note that an author asked to be let in again; returns whether that is news."""
        return await self._note(slug, author, "back", at)

    async def among(self, slug: str, authors: Sequence[str]) -> list[bool]:
        """Tell which of the authors left."""
        return [bool(answer) for answer in await self.database.run(absent_call(slug, authors))] if authors else []

    async def turned_away(self, slug: str, posts: Mapping[str, Why]) -> None:
        """Count posts, by id, that were not taken in; each once however often it comes."""
        keys = EventKeys(slug)
        await self.database.commands(*(("PFADD", keys.dropped(why), id) for id, why in posts.items()))

    async def _note(self, slug: str, author: str, state: str, at: datetime) -> bool:
        keys = EventKeys(slug)
        arguments: list[Argument] = [author, state, int(at.timestamp() * 1000), secrets.token_bytes(32)]
        return bool(await self.database.run(Call(ABSENCE, [keys.left, keys.secret], arguments)))


def absent_call(slug: str, authors: Sequence[str]) -> Call:
    keys = EventKeys(slug)
    return Call(ABSENT, [keys.left, keys.secret], list(authors))
