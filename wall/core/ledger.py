"""The ledger of an event: of every post one row of fixed size, and what it is tied to, so that figures are one scan.

A row says nothing of what was written. Strings are numbers here: the place of a name in one of the lists of names.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from wall.core.moderation import Status

NameKind = Literal["author", "network", "language", "session", "person", "handle", "hashtag", "link"]
NAME_KINDS: tuple[NameKind, ...] = get_args(NameKind)
TieKind = Literal["known as", "mentions", "hashtag", "link", "answers", "amplified by", "during"]
TIE_KINDS: tuple[TieKind, ...] = get_args(TieKind)
STATUSES = tuple(Status)
WHERE = ("", "room", "remote")

NONE = 0
"""The place of the empty name, in every list: said nothing, or not known."""
UNSCORED = -128
"""The mood of a post that was not scored."""
VOID = 255
"""The status of a row that is no post any more: erased, or written anew further on."""

ASKS, PICTURED, WARNED, BY_RULE, BY_HOST, BOT, ANSWER = (1 << place for place in range(7))

ROW = np.dtype(
    [
        ("id", "S20"),  # of the post
        ("written", "<u4"),  # seconds of the Unix clock, as all times here
        ("received", "<u4"),
        ("shown", "<u4"),  # 0 where it never was
        ("decided", "<u4"),  # 0 while nobody has
        ("author", "<u4"),
        ("replies", "<u4"),
        ("reposts", "<u4"),
        ("reactions", "<u4"),
        ("decider", "<u2"),
        ("session", "<u2"),
        ("language", "<u2"),
        ("flags", "<u2"),
        ("network", "u1"),
        ("status", "u1"),
        ("where", "u1"),
        ("mood", "i1"),  # -100 to 100, or UNSCORED; a moderator's word where there is one
    ]
)
"""A post. `replies` are those on the wall, `reposts` what its network tells.

`session` is filled in when a ledger is read, by the programme as it is then (core/attending.py): the one that a post is
of, NONE also where it is of several at once. Of which ones it is, say its ties of the kind “during”.
"""
TIE = np.dtype([("row", "<u4"), ("to", "<u4"), ("kind", "u1"), ("", "V3")])
"""What a post is tied to: the number of its row, and the place of a name; which list that is hangs on the kind."""
NAMES_OF: Mapping[TieKind, NameKind] = {
    "known as": "handle",
    "mentions": "handle",
    "hashtag": "hashtag",
    "link": "link",
    "answers": "author",
    "amplified by": "author",
    "during": "session",
}

Chosen = NDArray[np.bool_]


class Columns:
    """A table with each column in one piece, which is scanned faster; otherwise read as a structured array is.

    A choice of its rows takes from a column what was chosen once that column is asked for, and no sooner.
    """

    __slots__ = ("_found", "_of", "_which")

    def __init__(
        self, found: Mapping[str, NDArray[Any]], *, of: "Columns | None" = None, which: Any = None
    ) -> None:
        self._found = dict(found)
        self._of = of
        self._which = which

    def __getitem__(self, key: Any) -> Any:
        if not isinstance(key, str):
            return Columns({}, of=self, which=key)
        if key not in self._found and self._of is not None:
            self._found[key] = self._of[key][self._which]
        return self._found[key]

    def __len__(self) -> int:
        return self.size

    @property
    def size(self) -> int:
        if self._of is None:
            return len(next(iter(self._found.values())))
        if self._found:
            return len(next(iter(self._found.values())))
        which = self._which
        if isinstance(which, slice):
            return len(range(*which.indices(self._of.size)))
        return int(np.count_nonzero(which)) if getattr(which, "dtype", None) == np.bool_ else len(which)


Rows = NDArray[Any] | Columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which posts somebody asks about: written from `begins` on and before `ends` (seconds, None: open), and of what.

    `where` is “room” or “remote”; an empty field leaves all in.
    """

    begins: int | None = None
    ends: int | None = None
    session: str = ""
    network: str = ""
    language: str = ""
    where: str = ""


EVERYTHING = Scope()


@dataclass(frozen=True)
class Ledger:
    """The rows and ties of one event, and its names. It is as of one moment: another one is read for the next.

    `during` are ties to the sessions of the programme, which are not kept with the others.
    """

    rows: Rows
    ties: Rows
    names: Mapping[NameKind, Sequence[str]] = field(default_factory=dict)
    version: int = 0
    during: Rows | None = None
    _by_kind: dict[TieKind, Rows] = field(default_factory=dict, init=False, repr=False, compare=False)

    def name(self, kind: NameKind, place: int) -> str:
        return self.names[kind][place]

    def place(self, kind: NameKind, name: str) -> int | None:
        """Return where a name stands in its list, None where it is unknown."""
        try:
            return self.names[kind].index(name)
        except (KeyError, ValueError):
            return None

    @cached_property
    def on_wall(self) -> Chosen:
        """Which rows are posts that stand on the wall; its own answers, shown with what they answer, are none."""
        return np.asarray((self.rows["status"] == STATUSES.index(Status.APPROVED)) & ~self.flagged(ANSWER))

    def within(self, scope: Scope) -> Chosen:
        """Return which rows a scope leaves in, whatever their status; those that are void never are."""
        rows = self.rows
        chosen = rows["status"] != VOID
        if scope.begins is not None:
            chosen &= rows["written"] >= scope.begins
        if scope.ends is not None:
            chosen &= rows["written"] < scope.ends
        for kind in ("network", "language"):
            if wanted := getattr(scope, kind):
                place = self.place(kind, wanted)
                chosen &= rows[kind] == place if place is not None else False
        if scope.session:
            chosen &= self.of_session(scope.session)
        if scope.where:
            chosen &= rows["where"] == WHERE.index(scope.where)
        return np.asarray(chosen)

    def of_session(self, session: str) -> Chosen:
        """Return which rows are of a session, be it among others."""
        place = self.place("session", session)
        if self.during is None:
            return np.asarray(self.rows["session"] == place if place else np.zeros(self.rows.size, bool))
        chosen = np.zeros(self.rows.size, bool)
        if place:
            chosen[self.during["row"][self.during["to"] == place]] = True
        return chosen

    def of_kind(self, kind: TieKind, chosen: Chosen) -> Rows:
        """Return the ties of a kind of the rows that are chosen."""
        ties = self._all_of_kind(kind)
        found: Rows = ties[chosen[ties["row"]]]
        return found

    def flagged(self, flag: int) -> Chosen:
        return np.asarray((self.rows["flags"] & flag) != 0)

    def _all_of_kind(self, kind: TieKind) -> Rows:
        if kind not in self._by_kind:
            ties: Rows = self.ties[self.ties["kind"] == TIE_KINDS.index(kind)]
            if kind == "during":
                ties = sole_sessions(self.rows) if self.during is None else self.during
            self._by_kind[kind] = Columns({"row": ties["row"], "to": ties["to"]})
        return self._by_kind[kind]


def sole_sessions(rows: Rows) -> Rows:
    """Return ties to the session that each row says it is of."""
    of_one = np.flatnonzero(rows["session"])
    return Columns({"row": of_one.astype(np.uint32), "to": rows["session"][of_one].astype(np.uint32)})
