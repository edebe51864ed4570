"""Which posts are of which sessions of the programme, for all rows of a ledger at once: as a reader's excerpt has it.

The rule is that of core/excerpt.py, Span.has: written during a session and not about another room, or soon after it
about its own. A post may be of several sessions that run at once.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from math import ceil

import numpy as np
from numpy.typing import NDArray

from wall.core.excerpt import Span, spans
from wall.core.ledger import Columns, Rows
from wall.core.programme import OVERRUN, Programme

Places = NDArray[np.uint32]


def session_names(programme: Programme) -> list[str]:
    """Return the list of names of the kind “session”: the ids of a programme's sessions."""
    return ["", *(one.id for one in programme.sessions)]


def during(programme: Programme, written: Places, hashtags: Rows, keys: Sequence[str]) -> Columns:
    """Return ties of rows to sessions, by their place among `session_names`.

    `written` says when each row was, `hashtags` are the ties to hashtags, whose names are `keys`.
    """
    found = spans(programme, list(programme.sessions))
    bits = {room: np.uint64(1 << bit) for bit, room in enumerate(sorted({one.room for one in found} - {""}))}
    about = rooms_named(len(written), hashtags, keys, bits)
    order = np.argsort(written, kind="stable").astype(np.uint32)
    in_order = written[order]
    rows = [rows_of(one, order, in_order, about, bits) for one in found]
    places = [np.full(len(some), place, dtype=np.uint32) for place, some in enumerate(rows, start=1)]
    empty = np.array([], dtype=np.uint32)
    return Columns({"row": np.concatenate([empty, *rows]), "to": np.concatenate([empty, *places])})


def rooms_named(
    size: int, hashtags: Rows, keys: Sequence[str], bits: dict[str, np.uint64]
) -> NDArray[np.uint64] | None:
    """Return a bit for each room that a row names by a hashtag, None where none does."""
    named = {room: place for place, room in enumerate(keys) if room in bits}
    if not named:
        return None
    about = np.zeros(size, dtype=np.uint64)
    for room, place in named.items():
        about[hashtags["row"][hashtags["to"] == place]] |= bits[room]
    return about


def rows_of(
    span: Span, order: Places, in_order: Places, about: NDArray[np.uint64] | None, bits: dict[str, np.uint64]
) -> Places:
    """Return the rows that a session has."""
    times = [seconds(time) for time in (span.session.starts, span.ends, span.ends + OVERRUN)]
    first, end, over = (int(place) for place in np.searchsorted(in_order, times))
    within, after = order[first:end], order[end:over]
    if about is None:
        return within
    own, others = bits.get(span.room, np.uint64(0)), together(bits[one] for one in span.others if one in bits)
    kept = within[((about[within] & own) != 0) | ((about[within] & others) == 0)]
    return np.concatenate((kept, after[(about[after] & own) != 0]))


def together(bits: Iterable[np.uint64]) -> np.uint64:
    found = np.uint64(0)
    for bit in bits:
        found |= bit
    return found


def sole(size: int, ties: Rows) -> NDArray[np.uint16]:
    """Return the session of each row that is of one only, NONE of all others."""
    column = np.zeros(size, dtype=np.uint16)
    times = np.bincount(ties["row"], minlength=size)
    alone = times[ties["row"]] == 1
    column[ties["row"][alone]] = ties["to"][alone]
    return column


def seconds(time: datetime) -> int:
    return min(max(ceil(time.timestamp()), 0), 2**32 - 1)
