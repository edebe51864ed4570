"""How long an event keeps what people wrote, in words: for its organisers, and for everybody."""

from typing import Any

from wall.core.event import Event
from wall.core.retention import KEPT, LEFT, Kept, Left
from wall.core.words import _
from wall.web.state import State
from wall.web.when import days

CALLED: dict[Kept, str] = {
    "posts": _("Posts and their pictures"),
    "threads": _("Private threads"),
    "participants": _("What people who take part said of themselves"),
}
AFTERWARDS: dict[Left, str] = {
    "figures": _("Figures are left: how many posts, by how many people, where, when and in which language."),
    "nothing": _("Nothing is left: the whole event is erased with them."),
}


async def retention_view(services: State, event: Event) -> dict[str, Any]:
    """Return what the section of an event's page shows."""
    kept, now = event.retention, services["now"]()
    return {
        "kinds": [{"name": one, "title": CALLED[one], "days": kept.days(one) or ""} for one in KEPT],
        "afterwards": [{"name": one, "words": AFTERWARDS[one], "chosen": kept.left == one} for one in LEFT],
        "soon": [(CALLED[one], days(day, day)) for one, day in kept.soon(event.ends, event.timezone, now)],
        "figures": await services["store"].retentions.figures(event.slug),
    }


def kept_words(event: Event) -> list[tuple[str, str]]:
    """Return of each kind of thing until when it is kept, for everybody."""
    rows: list[tuple[str, str]] = []
    for one in KEPT:
        until = event.retention.until(one, event.ends)
        rows.append(
            (
                CALLED[one],
                _("until %(day)s", day=days(until, until)) if until else _("as long as there is this wall"),
            )
        )
    return rows
