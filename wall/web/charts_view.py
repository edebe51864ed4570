"""Charts as pages show them: drawn twice, for a desk and for a phone, each with the table of its numbers."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from wall.core.charts import NARROW, WIDE, About, Size
from wall.core.formula import unformulated
from wall.core.languages import direction
from wall.core.words import Words, _
from wall.web import language
from wall.web.language import number, say

BYTE_ORDER_MARK = "\ufeff"
"""Without which spreadsheets take UTF-8 for something else."""


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a chart: what its columns are, and rows that begin with what they are of."""

    head: Sequence[str]
    rows: Sequence[Sequence[Any]]

    def csv(self) -> str:
        """Return it as RFC 4180 has it, with no cell that a spreadsheet would carry out."""
        out = io.StringIO()
        writer = csv.writer(out, quoting=csv.QUOTE_MINIMAL)
        for row in (self.head, *self.rows):
            writer.writerow([one if isinstance(one, int) else unformulated(say(one)) for one in row])
        return BYTE_ORDER_MARK + out.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart with its table. `name` is what it is called in addresses; `note` says of how many something is told."""

    name: str
    title: str
    wide: Markup
    narrow: Markup
    table: Table
    note: str = ""


def chart(
    name: str,
    title: Words,
    draw: Callable[[About, Size], str],
    table: Table,
    *,
    description: Words | None = None,
    note: Words | None = None,
) -> Chart:
    """Return a chart in the language of the page."""
    about = About(
        title=say(title),
        description=say(description or _("The same numbers are in the table that follows.")),
        right_to_left=direction(language.current()) == "rtl",
        number=number,
    )
    wide, narrow = (Markup(draw(about, size)) for size in (WIDE, NARROW))  # noqa: S704 - Drawing escapes all words
    return Chart(
        name=name, title=say(title), wide=wide, narrow=narrow, table=table, note=say(note) if note else ""
    )
