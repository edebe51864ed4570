"""The key that participants' cookies are signed with, as this process holds it."""

from wall.store.participants import Participants


class Seal:
    """Reads the installation's key once; `key` is None for as long as the store could not be asked."""

    def __init__(self, participants: Participants) -> None:
        self.participants = participants
        self.key: bytes | None = None

    async def load(self, *, again: bool = False) -> bytes:
        """Return the key, read anew if it may have changed; raises StoreUnavailable."""
        if self.key is None or again:
            self.key = await self.participants.key()
        return self.key
