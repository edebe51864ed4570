"""The figures of a whole event for its archive: the parts of a report that everybody may read."""

from collections.abc import Sequence
from typing import Any, cast

from wall.core.event import Event
from wall.core.event_report import OF_STAFF, PARTS
from wall.core.ledger import EVERYTHING
from wall.core.programme import Programme
from wall.insight.house_words import HouseWords
from wall.insight.ledgers import Ledgers
from wall.insight.rolls import Rolls
from wall.store import Store
from wall.web.figure_parts import Section, Shown, sections
from wall.web.figures import counted_of
from wall.web.figures_form import Around
from wall.web.language import speaking
from wall.web.pages import Pages
from wall.web.resolving import resolved
from wall.web.state import State

PUBLIC = tuple(part for part in PARTS if part not in OF_STAFF)


async def figures_of(store: Store, pages: Pages, event: Event, programme: Programme) -> Sequence[Section] | None:
    """Return the parts, in the event's language; None where its posts are not all counted yet."""
    here: dict[str, Any] = {
        "store": store,
        "pages": pages,
        "ledgers": Ledgers(store),
        "rolls": Rolls(store),
        "house_words": HouseWords(store),
    }
    services = cast("State", here)
    counted = await counted_of(services, event, EVERYTHING)
    if counted is None or not counted.figures.posts:
        return None
    with speaking(event.language):
        names = await resolved(services, Around(event, programme), counted, EVERYTHING)
        return sections(Shown(counted=counted, resolved=names, scope=EVERYTHING, timezone=event.timezone), PUBLIC)
