"""The migrations of an installation, run by one worker while all go on, once no older program is here."""

import logging
import secrets

from wall.rounds import rounds
from wall.store import Store

log = logging.getLogger(__name__)

EVERY_SECONDS = 2.0
LEASE_SECONDS = 30.0


class Migrator:
    """Looks every two seconds whether something is to be migrated, and does it.

    With `way_back`, what the version before could not read is left for later.
    """

    def __init__(self, store: Store, *, way_back: bool = False) -> None:
        self.store = store
        self.way_back = way_back
        self.name = secrets.token_hex(8)

    async def run(self) -> None:
        await rounds(self.look, every=EVERY_SECONDS, meanwhile="Nothing is migrated")

    async def look(self) -> None:
        """Run what is to be run next, then what comes after that."""
        while migration := await self.store.migrations.next():
            if migration.closes and self.way_back:
                return
            if not await self.store.migrations.run(migration, self.name, seconds=LEASE_SECONDS):
                return
            log.warning("What Redis keeps was brought to schema %d.", migration.number)
