"""Rankings in charts: names with how many posts or people they have, and of how many that is known."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wall.core.charts import Rank, ranked
from wall.core.event_figures import Count
from wall.core.words import Words, _
from wall.web.charts_view import Chart, Table, chart
from wall.web.figure_words import share
from wall.web.figures_view import CONTINENTS
from wall.web.language import number, say

MOST_ROWS = 12
"""Bars that are drawn; the table has all."""


def by_people(name: str, title: Words, what: Words, found: Sequence[tuple[str, Count]]) -> Chart:
    rows = [[one, count.people, count.posts] for one, count in found]
    return ranking(
        name, title, [(one, count.people) for one, count in found], [what, _("People"), _("Posts")], rows
    )


def by_posts(
    name: str, title: Words, what: Words, found: Mapping[str, Count], of: int, *, said: Callable[[str], str]
) -> Chart:
    """Return names by posts, as `said` calls them; those that are not known stand under the empty name."""
    named = [(said(one), count) for one, count in found.items() if one]
    unknown = found.get("", Count()).posts
    return ranking(
        name,
        title,
        [(one, count.posts) for one, count in named][:MOST_ROWS],
        [what, _("Posts"), _("People"), _("Of all posts")],
        [[one, count.posts, count.people, share(count.posts, of)] for one, count in named],
        note=_("Known of %(known)s of %(all)s posts.", known=number(of - unknown), all=number(of)),
    )


def ranking(
    name: str,
    title: Words,
    found: Sequence[tuple[str, int]],
    head: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    note: Words | None = None,
) -> Chart:
    ranks = [Rank(one, many) for one, many in found]
    return chart(name, title, lambda about, size: ranked(about, ranks, size=size), Table(head, rows), note=note)


def by_continent(found: Mapping[str, int], of: int) -> Chart:
    """Return people by continent, of so many."""
    names = [(say(CONTINENTS[one]), people) for one, people in found.items() if one in CONTINENTS]
    return ranking(
        "continents",
        _("Continents"),
        names,
        [_("Continent"), _("People")],
        [list(row) for row in names],
        note=_(
            "Known of %(known)s of %(all)s people: of those who chose to say so, and of those whose language is spoken "
            "on one continent alone.",
            known=number(sum(found.values())),
            all=number(of),
        ),
    )
