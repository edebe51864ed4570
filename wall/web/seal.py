"""What this process signs and checks with, read once: the key of participants' cookies, and each event's own secret."""

from wall.store.participants import Participants
from wall.store.screens import Screens

MOST_EVENTS = 1_000


class Seal:
    """Reads the installation's key once; `key` is None for as long as the store could not be asked."""

    def __init__(self, participants: Participants, screens: Screens) -> None:
        self.participants = participants
        self.screens = screens
        self.key: bytes | None = None
        self.secrets: dict[str, bytes] = {}

    async def load(self, *, again: bool = False) -> bytes:
        """Return the key, read anew if it may have changed; raises StoreUnavailable."""
        if self.key is None or again:
            self.key = await self.participants.key()
        return self.key

    async def secret(self, slug: str, *, again: bool = False) -> bytes:
        """Return an event's own secret, read anew if it may be another one; raises StoreUnavailable."""
        if again or slug not in self.secrets:
            if len(self.secrets) >= MOST_EVENTS:
                del self.secrets[next(iter(self.secrets))]
            self.secrets[slug] = await self.screens.secret(slug)
        return self.secrets[slug]
