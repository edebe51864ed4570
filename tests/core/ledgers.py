"""Ledgers made of facts, for the tests of what is counted."""

import numpy as np

from tests.recount import Fact
from wall.core.ledger import (
    ASKS,
    NAME_KINDS,
    NAMES_OF,
    PICTURED,
    ROW,
    STATUSES,
    TIE,
    TIE_KINDS,
    UNSCORED,
    WHERE,
    Columns,
    Ledger,
)
from wall.core.moderation import Status


class Names(dict):
    """The lists of names, each with the empty name at its beginning."""

    def __init__(self):
        super().__init__({kind: [""] for kind in NAME_KINDS})

    def place(self, kind, name):
        if name not in self[kind]:
            self[kind].append(name)
        return self[kind].index(name)


def a_ledger(facts: list[Fact], **fields):
    """Return the ledger that facts make, a row each, in their order."""
    names, ties, during = Names(), [], []
    rows = np.zeros(len(facts), ROW)
    for number, fact in enumerate(facts):
        status = Status.APPROVED if fact.approved else Status.WAITING
        rows[number] = (
            fact.id.encode(),
            fact.written,
            fact.received,
            fact.shown,
            0,
            names.place("author", fact.author),
            fact.replies,
            fact.reposts,
            fact.reactions,
            0,
            names.place("session", fact.sessions[0]) if len(fact.sessions) == 1 else 0,
            names.place("language", fact.language),
            fact.asks * ASKS | fact.pictured * PICTURED,
            names.place("network", fact.network),
            STATUSES.index(status),
            WHERE.index(fact.where),
            UNSCORED,
        )
        for kind, words in fact.ties.items():
            ties += [(number, names.place(NAMES_OF[kind], word), TIE_KINDS.index(kind), b"") for word in words]
        during += [(number, names.place("session", session)) for session in fact.sessions]
    pairs = np.array(during, dtype=np.uint32).reshape(-1, 2)
    tied = np.array(ties, TIE) if ties else np.zeros(0, TIE)
    return Ledger(rows, tied, names, during=Columns({"row": pairs[:, 0], "to": pairs[:, 1]}), **fields)
