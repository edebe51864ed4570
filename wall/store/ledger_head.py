"""The head of a ledger: up to where the feeds are read for it, and how much there is."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from wall.core.feed import Cursor, FeedName
from wall.core.ledger import NAME_KINDS, NameKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Up to where the feeds are read, what of older posts is still to be read, and how much there is.

    `sweep` is empty once all older posts are read, `plan` says by which plan of the event's chat hosts are known,
    `whole` that every post was read once. Cursors are those of the feeds, "" before the first look.
    """

    version: int = 0
    desk: str = ""
    public: str = ""
    sweep: str = ""
    plan: str = ""
    whole: bool = False
    rows: int = 0
    ties: int = 0
    names: Mapping[NameKind, int] = field(default_factory=dict)

    @classmethod
    def read(cls, fields: Mapping[str, str]) -> "Head":
        """Return a head as it is kept."""
        return cls(
            version=int(fields.get("version", 0)),
            desk=fields.get("desk", ""),
            public=fields.get("public", ""),
            sweep=fields.get("sweep", ""),
            plan=fields.get("plan", ""),
            whole=fields.get("whole", "") == "yes",
            rows=int(fields.get("rows", 0)),
            ties=int(fields.get("ties", 0)),
            names={kind: int(fields.get(f"names:{kind}", 0)) for kind in NAME_KINDS},
        )

    def at(self, name: FeedName, cursor: Cursor) -> "Head":
        """Return a head that has read a feed up to a cursor."""
        return replace(self, desk=str(cursor)) if name == "desk" else replace(self, public=str(cursor))

    def fields(self) -> dict[str, str | int]:
        """Return a head as it is kept, but for its version, which Redis counts."""
        return {
            "desk": self.desk,
            "public": self.public,
            "sweep": self.sweep,
            "plan": self.plan,
            "whole": "yes" if self.whole else "",
            "rows": self.rows,
            "ties": self.ties,
            **{f"names:{kind}": number for kind, number in self.names.items()},
        }


def read_head(flat: Mapping[bytes, bytes]) -> Head:
    return Head.read({name.decode(): value.decode() for name, value in flat.items()})
