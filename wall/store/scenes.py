"""The scene lists of each event, and what each of its screens was told by a remote control."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

import msgspec

from wall.core.audit import Entry
from wall.core.scenes import MOST_LISTS, USUAL, Direction, SceneList, checked_list
from wall.core.words import _
from wall.errors import InvalidInput, NotFound
from wall.store.arranging import arrange, arrange_all
from wall.store.codec import decode, encode
from wall.store.database import Database
from wall.store.keys import EventKeys

log = logging.getLogger(__name__)


class Scenes:
    """The scene lists of every event, by slug and their id. Each change is told to screens as `arranged`."""

    def __init__(self, database: Database) -> None:
        self.database = database

    # Lists

    async def all(self, slug: str) -> list[SceneList]:
        """Return every list of an event, by name; a damaged one is passed over."""
        rows = await self.database.command("HVALS", EventKeys(slug).scenes)
        found = [one for one in (read(slug, row) for row in rows) if one]
        return sorted(found, key=lambda one: (one.name.casefold(), one.id))

    async def get(self, slug: str, list_id: str) -> SceneList:
        """Return a list; raises NotFound."""
        data = await self.database.command("HGET", EventKeys(slug).scenes, list_id)
        found = read(slug, data) if data else None
        if found is None:
            raise NotFound(_("There is no such list of scenes any more; somebody deleted it."))
        return found

    async def run_by(self, slug: str, list_id: str) -> SceneList:
        """Return the list that a screen runs: the usual one, where its own is gone."""
        if not list_id:
            return USUAL
        try:
            return await self.get(slug, list_id)
        except NotFound:
            return USUAL

    async def create(self, slug: str, scenes: SceneList, *, now: datetime, entry: Entry | None = None) -> None:
        """Keep a new list; raises InvalidInput."""
        if len(await self.all(slug)) >= MOST_LISTS:
            raise InvalidInput(
                _("An event has %(most_lists)s lists of scenes at most.", most_lists=MOST_LISTS), field="name"
            )
        made = encode(replace(checked_list(scenes), version=1))
        await arrange(self.database, slug, EventKeys(slug).scenes, scenes.id, lambda _: made, now=now, entry=entry)

    async def change(
        self,
        slug: str,
        list_id: str,
        change: Callable[[SceneList], SceneList],
        *,
        now: datetime,
        entry: Entry | None = None,
    ) -> None:
        """Change a list by a function of how it stands; raises NotFound, and InvalidInput when it cannot be kept.

        The function may be called again when somebody else changes it at the same time.
        """

        def changed(data: bytes | None) -> bytes:
            before = read(slug, data) if data else None
            if before is None:
                raise NotFound(_("There is no such list of scenes any more; somebody deleted it."))
            return encode(replace(checked_list(change(before)), version=before.version + 1))

        await arrange(self.database, slug, EventKeys(slug).scenes, list_id, changed, now=now, entry=entry)

    async def delete(self, slug: str, list_id: str, *, now: datetime, entry: Entry | None = None) -> None:
        """Delete a list; the screens that run it go back to the usual one."""
        await arrange(self.database, slug, EventKeys(slug).scenes, list_id, lambda _: None, now=now, entry=entry)

    # Directions

    async def direction(self, slug: str, screen_id: str) -> Direction:
        """Return what a screen was told last."""
        data = await self.database.command("HGET", EventKeys(slug).directions, screen_id)
        return directed(slug, data)

    async def directions(self, slug: str) -> dict[str, Direction]:
        """Return what every screen was told last, by its id; one that was told nothing is not among them."""
        data = await self.database.command("HGETALL", EventKeys(slug).directions)
        rows = zip(data[::2], data[1::2], strict=True) if isinstance(data, list) else data.items()
        return {id.decode(): directed(slug, row) for id, row in rows}

    async def direct_all(
        self,
        slug: str,
        screen_ids: Sequence[str],
        change: Callable[[Direction], Direction],
        *,
        now: datetime,
        entry: Entry | None = None,
    ) -> None:
        """Tell several screens something, all in one step."""
        await arrange_all(
            self.database,
            slug,
            EventKeys(slug).directions,
            screen_ids,
            lambda _, data: encode(change(directed(slug, data))),
            now=now,
            entry=entry,
        )


def read(slug: str, data: bytes) -> SceneList | None:
    """Return a list as it is kept, or None for one that cannot be read: a screen then runs the usual one."""
    try:
        return decode(SceneList, data)
    except msgspec.DecodeError as error:
        log.error("A list of scenes of %s is damaged: %s", slug, error)
        return None


def directed(slug: str, data: bytes | None) -> Direction:
    if not data:
        return Direction()
    try:
        return decode(Direction, data)
    except msgspec.DecodeError as error:
        log.error("What a screen of %s was told is damaged: %s", slug, error)
        return Direction()
