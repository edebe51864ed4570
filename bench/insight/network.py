"""Ledgers of people who take one another up, from plain acts."""

import numpy as np

from wall.core.ledger import NAME_KINDS, ROW, STATUSES, TIE, TIE_KINDS, Ledger, NameKind, TieKind
from wall.core.moderation import Status


class Network:
    """Posts of people, and what others did with them. Each act costs a line."""

    def __init__(self) -> None:
        self.names: dict[NameKind, dict[str, int]] = {kind: {"": 0} for kind in NAME_KINDS}
        self.rows: list[tuple[int, int, int, int]] = []
        self.ties: list[tuple[int, int, int]] = []

    def post(
        self, author: str, *, network: str = "mastodon", language: str = "en", status: Status = Status.APPROVED
    ) -> int:
        """Add a post and return its number."""
        places = (self._name("author", author), self._name("network", network), self._name("language", language))
        self.rows.append((*places, STATUSES.index(status)))
        number = len(self.rows) - 1
        self._tie(number, "known as", "handle", author)
        return number

    def passed_on(self, post: int, *people: str) -> None:
        for name in people:
            self._tie(post, "amplified by", "author", name)

    def answer(self, author: str, to: str, *, language: str = "en") -> None:
        self._tie(self.post(author, language=language), "answers", "author", to)

    def mention(self, author: str, whom: str) -> None:
        self._tie(self.post(author), "mentions", "handle", whom)

    def ledger(self) -> Ledger:
        rows, ties = np.zeros(len(self.rows), ROW), np.zeros(len(self.ties), TIE)
        rows["id"] = [str(number).encode() for number in range(len(self.rows))]
        for place, column in enumerate(("author", "network", "language", "status")):
            rows[column] = [row[place] for row in self.rows]
        for place, column in enumerate(("row", "to", "kind")):
            ties[column] = [tie[place] for tie in self.ties]
        return Ledger(rows, ties, {kind: list(names) for kind, names in self.names.items()})

    def _name(self, kind: NameKind, name: str) -> int:
        return self.names[kind].setdefault(name, len(self.names[kind]))

    def _tie(self, post: int, kind: TieKind, names: NameKind, name: str) -> None:
        self.ties.append((post, self._name(names, name), TIE_KINDS.index(kind)))
