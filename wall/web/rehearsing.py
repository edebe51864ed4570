"""What whoever organises is told while a rehearsal runs on this wall."""

from wall.core.words import Words, ngettext
from wall.web.state import State
from wall.web.when import clock


async def rehearsing_notes(services: State, timezone: str) -> list[str | Words]:
    """Return, in words, that a rehearsal runs, while one does."""
    rehearsing = await services["store"].rehearsals.running()
    if rehearsing is None:
        return []
    now = services["now"]()
    return [
        ngettext(
            "A rehearsal runs on this wall with %(num)s viewer, from %(began)s until about %(ends)s. It has an event "
            "of its own; yours go on, and may be slower meanwhile.",
            "A rehearsal runs on this wall with %(num)s viewers, from %(began)s until about %(ends)s. It has an event "
            "of its own; yours go on, and may be slower meanwhile.",
            rehearsing.viewers,
            began=clock(rehearsing.began, now, timezone),
            ends=clock(rehearsing.ends, now, timezone),
        )
    ]
