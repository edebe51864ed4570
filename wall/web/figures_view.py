"""Figures of an edition as its page shows them: numbers, a small plot with its table, who wrote most, continents."""

from collections.abc import Mapping
from typing import Any

from wall.core.continent import NAMES, checked
from wall.core.edition import EARLY
from wall.core.event import Event
from wall.core.figures import Figures
from wall.core.words import Words, _
from wall.web.chat_moment import by_id
from wall.web.chat_view import names_in
from wall.web.state import State

WIDTH, HEIGHT = 640, 120
MOST_BARS = 80
LOOKED_AT = 5
"""Posts of a person that are looked at, to learn how they are called."""

CONTINENTS: dict[str, Words] = {
    "africa": _("Africa"),
    "antarctica": _("Antarctica"),
    "asia": _("Asia"),
    "europe": _("Europe"),
    "north america": _("North America"),
    "oceania": _("Oceania"),
    "south america": _("South America"),
}


async def figures_view(services: State, event: Event, figures: Figures) -> dict[str, Any]:
    """Return what the template of figures wants."""
    names = await names_of(services, event, [author for author, _number in figures.top])
    return {
        "posts": figures.posts,
        "people": figures.people,
        "new": figures.new,
        "by_hosts": figures.by_hosts,
        "top_share": figures.top_share,
        "top": [{"name": names.get(author, ""), "posts": number} for author, number in figures.top],
        "bars": bars(figures),
        "width": WIDTH,
        "height": HEIGHT,
        "continents": continents(figures.continents),
        "placed": figures.placed,
    }


async def names_of(services: State, event: Event, authors: list[str]) -> dict[str, str]:
    """Return how people are called by their posts on the wall; who has none there any more is not named."""
    if not authors:
        return {}
    some = await services["store"].chat_index.someone(event.slug, authors, LOOKED_AT)
    return names_in(await by_id(services["store"], event, [id for ids in some.values() for id in ids]))


def bars(figures: Figures) -> list[dict[str, Any]]:
    """Return posts a minute, or by so many minutes that the bars are eighty at most, each with its place."""
    rows = figures.minute_rows()
    each = -(-len(rows) // MOST_BARS) if rows else 1
    early = int(EARLY.total_seconds() // 60)
    groups = [rows[at : at + each] for at in range(0, len(rows), each)]
    counts = [sum(number for _minute, number in group) for group in groups]
    most = max(counts, default=1) or 1
    wide = WIDTH / max(1, len(groups))
    return [
        {
            "x": round(place * wide, 1),
            "width": round(max(wide - 1, 0.5), 1),
            "y": round(HEIGHT - HEIGHT * count / most, 1),
            "height": round(HEIGHT * count / most, 1),
            "first": group[0][0] - early,
            "last": group[-1][0] - early,
            "posts": count,
        }
        for place, (group, count) in enumerate(zip(groups, counts, strict=True))
    ]


def continents(found: Mapping[str, int]) -> list[dict[str, Any]]:
    rows = sorted(found.items(), key=lambda row: (-row[1], row[0]))
    return [{"name": CONTINENTS[name], "people": number} for name, number in rows if checked(name) in NAMES]
