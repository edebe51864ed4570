"""Ledgers of tests: posts said in a few words each, and what hands a ledger out."""

from dataclasses import dataclass, field

import numpy as np

from tests.cast import NOW
from wall.core.ledger import (
    NAME_KINDS,
    NAMES_OF,
    ROW,
    STATUSES,
    TIE,
    TIE_KINDS,
    UNSCORED,
    WHERE,
    Ledger,
)
from wall.core.moderation import Status

BEGAN = int(NOW.timestamp())
HOUR, DAY = 3_600, 86_400


@dataclass(frozen=True, kw_only=True)
class Said:
    """A post as tests tell of one: by whom, so many seconds after `BEGAN`; `ties` as (kind, name)."""

    by: str
    at: int = 0
    id: str = ""
    status: Status = Status.APPROVED
    received: int | None = None
    shown: int | None = None
    network: str = "mastodon"
    language: str = "en"
    session: str = ""
    where: str = ""
    decider: str = ""
    replies: int = 0
    reposts: int = 0
    reactions: int = 0
    flags: int = 0
    ties: tuple = field(default=())


def a_ledger(*said, version=1):
    """Return the ledger of posts; each was received as it was written, and shown a minute later."""
    names = {kind: [""] for kind in NAME_KINDS}

    def place(kind, name):
        if name not in names[kind]:
            names[kind].append(name)
        return names[kind].index(name)

    rows, ties = np.zeros(len(said), ROW), []
    for number, one in enumerate(said):
        written = BEGAN + one.at
        received = written if one.received is None else BEGAN + one.received
        shown = received + 60 if one.shown is None else BEGAN + one.shown
        row = rows[number]
        row["id"], row["written"], row["received"] = one.id or f"post{number}", written, received
        row["shown"] = shown if one.status is Status.APPROVED else 0
        row["decided"] = shown if one.decider else 0
        row["decider"] = place("person", one.decider)
        row["author"], row["status"] = place("author", one.by), STATUSES.index(one.status)
        row["where"], row["flags"], row["mood"] = WHERE.index(one.where), one.flags, UNSCORED
        for kind in ("network", "language", "session"):
            row[kind] = place(kind, getattr(one, kind))
        for column in ("replies", "reposts", "reactions"):
            row[column] = getattr(one, column)
        ties += [(number, place(NAMES_OF[kind], to), TIE_KINDS.index(kind)) for kind, to in one.ties]
    found = np.zeros(len(ties), TIE)
    for number, (row, to, kind) in enumerate(ties):
        found[number]["row"], found[number]["to"], found[number]["kind"] = row, to, kind
    return Ledger(rows, found, names, version)


class Ledgers:
    """Hands out the ledgers that tests give it, and None for an event of which nothing was read yet."""

    def __init__(self, **found):
        self.found = found

    async def get(self, slug):
        return self.found.get(slug)

    async def answer(self, slug, asked, count):
        hash(asked)  # by which a real one keeps what it found
        return count(self.found[slug]) if slug in self.found else None
