"""How many posts there are of which status, and what became of those that are not shown."""

from dataclasses import dataclass

from wall.core.moderation import Status
from wall.store.database import Database
from wall.store.keys import EventKeys


@dataclass(frozen=True, slots=True)
class Tally:
    """How many posts there are of each status, how many were refused for which cause, and how many never came in.

    `left` were of authors who left this wall, `asked` of those who ask programs to keep away.
    """

    counts: dict[Status, int]
    causes: dict[str, int]
    left: int
    asked: int


async def tally(database: Database, slug: str) -> Tally:
    """Return how many posts there are of each status, and what became of the rest, read in one round trip."""
    keys = EventKeys(slug)
    refused, left, asked, *numbers = await database.commands(
        ("HGETALL", keys.causes),
        ("PFCOUNT", keys.dropped("left")),
        ("PFCOUNT", keys.dropped("asked")),
        *(("ZCARD", keys.status(status)) for status in Status),
    )
    rows = zip(refused[::2], refused[1::2], strict=True) if isinstance(refused, list) else refused.items()
    causes = {cause.decode(): int(number) for cause, number in rows if int(number) > 0}
    return Tally(dict(zip(Status, numbers, strict=True)), causes, left, asked)
