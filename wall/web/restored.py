"""What whoever organises is told, for a week, of a wall that was restored."""

from wall.core.words import Words, _
from wall.web.state import State
from wall.web.when import clock


async def restored_notes(services: State, timezone: str) -> list[str | Words]:
    """Return, in words, that this wall was put back to an earlier time, where it was."""
    now = services["now"]()
    restored = await services["store"].restoring.last()
    if restored is None or not restored.is_told(now):
        return []
    at = clock(restored.at, now, timezone)
    if restored.taken is None:
        return [
            _(
                "This wall was put back to an earlier time (%(at)s). What was decided, removed or erased since that "
                "time is not in it, and who left a team since is on it again.",
                at=at,
            )
        ]
    return [
        _(
            "This wall was restored (%(at)s) and is as it was at %(taken)s. What was decided, removed or erased in "
            "between is not in it, and who left a team in between is on it again.",
            at=at,
            taken=clock(restored.taken, now, timezone),
        )
    ]
