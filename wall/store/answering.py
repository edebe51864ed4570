"""The wall's own answers beside the posts that they are: which post has one, and where else they were sent."""

from wall.core.answering import Sent, answer_author, answer_id
from wall.core.audit import Entry
from wall.store.audit import Audit
from wall.store.codec import decode, encode
from wall.store.database import Database
from wall.store.keys import EventKeys


class Answering:
    """The answers of every event, by slug and the id of the post that is answered."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def begin(self, slug: str, answered_id: str, entry: Entry) -> None:
        """Note that a post has an answer, before that is there or changes, in one step with the audit log."""
        keys = EventKeys(slug)
        noted = ("HSET", keys.post(answered_id), "spoken", answer_id(answered_id))
        await Audit(self.database).together(slug, entry, noted)

    async def shown(self, slug: str) -> int:
        """Return how many answers are on the wall, which are counted among its posts."""
        return int(await self.database.command("HGET", EventKeys(slug).shown, answer_author(slug)) or 0)

    async def sent(self, slug: str, answered_id: str) -> Sent | None:
        """Return where the answer was posted at the network of what it answers; None when it was not."""
        row = await self.database.command("HGET", EventKeys(slug).answers_sent, answered_id)
        return decode(Sent, row) if row else None

    async def keep_sent(self, slug: str, answered_id: str, sent: Sent, entry: Entry) -> None:
        """Keep where an answer was posted, so that it does not come in as a stranger's post."""
        keys = EventKeys(slug)
        await Audit(self.database).together(
            slug,
            entry,
            ("HSET", keys.answers_sent, answered_id, encode(sent)),
            ("HSET", keys.aliases, sent.post_id, answer_id(answered_id)),
        )
