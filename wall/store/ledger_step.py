"""A step of a ledger: what posts say by now, as bytes to be written over those that are there."""

import struct
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from wall.core.entry import Entry
from wall.core.ledger import NAME_KINDS, NAMES_OF, NONE, ROW, TIE, TIE_KINDS, VOID, NameKind
from wall.store.ledger_head import Head

ROWS_A_BLOCK = 4_096
TIES_A_BLOCK = 16_384
NAMES_A_BLOCK = 1_024
ROW_BYTES, TIE_BYTES = ROW.itemsize, TIE.itemsize
SIZES = {"rows": (ROWS_A_BLOCK, ROW_BYTES), "ties": (TIES_A_BLOCK, TIE_BYTES)}
ROW_FORM = struct.Struct("<20s8I4H3Bb")
TIE_FORM = struct.Struct("<2IB3x")
PLACE_FORM = struct.Struct("<IIH")
RAW, RAW_FORM = 0xDB, struct.Struct(">BI")
AUTHOR_FORM = struct.Struct("<I")
AUTHOR_AT = int(ROW.fields["author"][1])  # type: ignore[index]
STATUS_AT = int(ROW.fields["status"][1])  # type: ignore[index]

VOID_ROW = bytes(STATUS_AT) + bytes([VOID]) + bytes(ROW_BYTES - STATUS_AT - 1)
VOID_TIE = TIE_FORM.pack(0, 0, VOID)
MOST_NAMES: Mapping[NameKind, int] = {"network": 255, "language": 65_535, "person": 65_535}
"""Places that a row has room for; whatever comes after these has no name there."""
COUNTED: tuple[NameKind, ...] = ("author", "handle", "hashtag", "link")
"""Names that are forgotten once nothing has them."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a post is in the ledger: the number of its row, and its ties from the first one on."""

    row: int
    first: int
    number: int

    @classmethod
    def read(cls, data: bytes) -> "Place":
        return cls(*PLACE_FORM.unpack(data))

    def written(self) -> bytes:
        return PLACE_FORM.pack(self.row, self.first, self.number)


def names_of(entries: Iterable[Entry]) -> dict[NameKind, list[str]]:
    """Return every name that some entries have, by kind, each once."""
    found: dict[NameKind, dict[str, None]] = {kind: {} for kind in NAME_KINDS}
    for entry in entries:
        for kind, name in named(entry):
            found[kind][name] = None
    return {kind: [name for name in names if name] for kind, names in found.items()}


def named(entry: Entry) -> Iterator[tuple[NameKind, str]]:
    yield "author", entry.author
    yield "network", entry.network
    yield "language", entry.language
    yield "person", entry.decider
    for kind, name in entry.ties:
        yield NAMES_OF[kind], name


@dataclass(slots=True)
class Step:
    """What is to be written, put together post by post. `known` are the places of names that are there."""

    head: Head
    known: Mapping[NameKind, dict[str, int]] = field(default_factory=dict)
    places: list[tuple[str, bytes]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    named: list[tuple[NameKind, bytes, int]] = field(default_factory=list)
    uses: Counter[tuple[NameKind, int]] = field(default_factory=Counter)
    changed: list[tuple[str, int, bytes]] = field(default_factory=list)
    rows: bytearray = field(default_factory=bytearray)
    ties: bytearray = field(default_factory=bytearray)
    counts: dict[NameKind, int] = field(init=False)

    def __post_init__(self) -> None:
        self.counts = dict(self.head.names)

    def put(self, id: str, entry: Entry | None, place: Place | None, row: bytes, ties: bytes) -> None:
        """Have a post say what it says by now: at its place if its author and its ties are the same, else anew."""
        if entry is None:
            if place:
                self._empty(place, row, ties)
                self.gone.append(id)
            return
        number = self.head.rows + len(self.rows) // ROW_BYTES
        now = [(TIE_KINDS.index(kind), self._place(NAMES_OF[kind], to)) for kind, to in entry.ties]
        said = self._row(entry)
        if place and now == untied(ties) and author_of(said) == author_of(row):
            if said != row:
                self._write("rows", place.row, said)
            return
        if place:
            self._empty(place, row, ties)
        at = Place(number, self.head.ties + len(self.ties) // TIE_BYTES, len(now))
        self.rows += said
        self.ties += b"".join(TIE_FORM.pack(number, to, kind) for kind, to in now)
        self._use(said, now, 1)
        self.places.append((id, at.written()))

    @property
    def reached(self) -> Head:
        """Return the head with as many rows, ties and names as there are after this."""
        return replace(
            self.head,
            rows=self.head.rows + len(self.rows) // ROW_BYTES,
            ties=self.head.ties + len(self.ties) // TIE_BYTES,
            names=self.counts,
        )

    def view(self) -> dict[str, Any]:
        """Return the step as the script wants it."""
        writes = list(self.changed)
        for kind, first, data in (("rows", self.head.rows, self.rows), ("ties", self.head.ties, self.ties)):
            size, at = SIZES[kind][1], 0
            for block, start, end in chunks(kind, first, len(data) // size):
                writes.append((block, start, bytes(data[at : at + end - start])))
                at += end - start
        return {
            "places": [(id, raw(place)) for id, place in self.places],
            "gone": self.gone,
            "writes": [(block, start, raw(data)) for block, start, data in writes],
            "named": [(kind, raw(name), place) for kind, name, place in self.named],
            "uses": [(kind, place, by) for (kind, place), by in self.uses.items() if by],
        }

    def _row(self, entry: Entry) -> bytes:
        return ROW_FORM.pack(
            entry.id.encode("ascii", "replace"),
            entry.written,
            entry.received,
            entry.shown,
            entry.decided,
            self._place("author", entry.author),
            entry.replies,
            entry.reposts,
            entry.reactions,
            self._place("person", entry.decider),
            NONE,
            self._place("language", entry.language),
            entry.flags,
            self._place("network", entry.network),
            entry.status,
            entry.where,
            entry.mood,
        )

    def _place(self, kind: NameKind, name: str) -> int:
        """Return the place of a name, a new one for who has none yet."""
        if not name:
            return NONE
        known = self.known[kind]
        if name not in known:
            if not self.counts.get(kind):
                self.named.append((kind, b"", NONE))
                self.counts[kind] = 1
            if self.counts[kind] > MOST_NAMES.get(kind, 2**32 - 1):
                return NONE
            known[name] = self.counts[kind]
            self.named.append((kind, name.encode("utf-8", "replace"), known[name]))
            self.counts[kind] += 1
        return known[name]

    def _empty(self, place: Place, row: bytes, ties: bytes) -> None:
        self._use(row, untied(ties), -1)
        self._write("rows", place.row, VOID_ROW)
        self._write("ties", place.first, VOID_TIE * place.number)

    def _use(self, row: bytes, ties: list[tuple[int, int]], by: int) -> None:
        self._used("author", author_of(row), by)
        for kind, to in ties:
            self._used(NAMES_OF[TIE_KINDS[kind]], to, by)

    def _used(self, kind: NameKind, place: int, by: int) -> None:
        if place != NONE and kind in COUNTED:
            self.uses[kind, place] += by

    def _write(self, kind: str, first: int, data: bytes) -> None:
        size, at = SIZES[kind][1], 0
        for block, start, end in chunks(kind, first, len(data) // size):
            self.changed.append((block, start, data[at : at + end - start]))
            at += end - start


def raw(data: bytes) -> msgspec.Raw:
    """Return bytes as a string of MessagePack: Redis reads no other form of them."""
    return msgspec.Raw(RAW_FORM.pack(RAW, len(data)) + data)


def chunks(kind: str, first: int, number: int) -> Iterator[tuple[str, int, int]]:
    """Yield block, start and end in bytes, of so many rows or ties from the first one on."""
    many, size = SIZES[kind]
    while number > 0:
        block, at = divmod(first, many)
        here = min(number, many - at)
        yield f"{kind}:{block}", at * size, (at + here) * size
        first, number = first + here, number - here


def author_of(row: bytes) -> int:
    return int(AUTHOR_FORM.unpack_from(row, AUTHOR_AT)[0])


def untied(ties: bytes) -> list[tuple[int, int]]:
    """Return kind and place of each tie, as it is kept."""
    return [(kind, to) for _, to, kind in TIE_FORM.iter_unpack(ties)]
