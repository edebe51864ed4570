"""The blocks of a ledger as they are read, put together: a column each of rows and ties, and the lists of names."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wall.core.attending import during, session_names, sole
from wall.core.ledger import NAME_KINDS, ROW, TIE, TIE_KINDS, VOID, Columns, Ledger, NameKind
from wall.core.programme import Programme
from wall.store.ledger_head import Head
from wall.store.ledger_step import NAMES_A_BLOCK, ROWS_A_BLOCK, TIES_A_BLOCK

Column = NDArray[Any]
TIE_COLUMNS = ("row", "to", "kind")


class Table:
    """What is known of one ledger. `take_in` makes new columns and changes none that somebody may still read."""

    def __init__(self) -> None:
        self.rows = {name: np.zeros(0, ROW[name]) for name in ROW.names or ()}
        self.ties = {name: np.zeros(0, TIE[name]) for name in TIE_COLUMNS}
        self.names: dict[NameKind, list[str]] = {kind: [""] for kind in NAME_KINDS}
        self.version = 0

    def take_in(self, head: Head, blocks: Mapping[str, bytes]) -> None:
        """Take in the blocks that have changed, up to a head."""
        self.rows = renewed(self.rows, head.rows, numbered(blocks, "rows"), ROW, ROWS_A_BLOCK)
        self.ties = renewed(self.ties, head.ties, numbered(blocks, "ties"), TIE, TIES_A_BLOCK)
        for kind in NAME_KINDS:
            changed = numbered(blocks, f"names:{kind}")
            if changed:
                self.names[kind] = with_names(self.names[kind], changed)
        self.version = head.version

    def ledger(self, programme: Programme) -> Ledger:
        """Return the ledger as of now, by a programme as it stands now."""
        hashtags = self.ties["kind"] == TIE_KINDS.index("hashtag")
        ties = {name: self.ties[name][hashtags] for name in ("row", "to")} if programme.sessions else {}
        attended = during(programme, self.rows["written"], Columns(ties), self.names["hashtag"])
        size = len(self.rows["written"])
        rows = {**self.rows, "session": sole(size, attended)}
        names = {**self.names, "session": session_names(programme)}
        return Ledger(Columns(rows), Columns(self.ties), names, self.version, attended)


def numbered(blocks: Mapping[str, bytes], kind: str) -> dict[int, bytes]:
    """Return the blocks of a kind by their number."""
    parts = ((name.rpartition(":"), data) for name, data in blocks.items())
    return {int(number): data for (of, _, number), data in parts if of == kind}


def renewed(
    columns: Mapping[str, Column], size: int, blocks: Mapping[int, bytes], form: Any, a_block: int
) -> dict[str, Column]:
    """Return columns of a size with what is in some blocks in the place of what was there."""
    if not blocks:
        return dict(columns)
    before = min(size, len(next(iter(columns.values()))))
    found = {name: np.zeros(size, column.dtype) for name, column in columns.items()}
    for name, column in found.items():
        column[:before] = columns[name][:before]
    if "kind" in found:
        found["kind"][before:] = VOID
    for number, data in blocks.items():
        first = number * a_block
        read = np.frombuffer(data, form, count=max(0, min(len(data) // form.itemsize, size - first)))
        for name, column in found.items():
            column[first : first + len(read)] = read[name]
    return found


def with_names(names: list[str], blocks: Mapping[int, bytes]) -> list[str]:
    """Return names with those of some blocks in the place of what was there."""
    found = list(names)
    for number, data in sorted(blocks.items()):
        first = number * NAMES_A_BLOCK
        found += [""] * (first - len(found))
        found[first : first + NAMES_A_BLOCK] = data.decode("utf-8", "replace").split("\n")[:-1]
    return found
