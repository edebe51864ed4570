"""How a source fares, as it is kept: what happened is added by one script, so that any process may, at any time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import msgspec

from wall.core.source import HOURS, SLOT_SECONDS, SLOTS_AN_HOUR, SourceHealth, State, Trouble, slot
from wall.store.database import Call, Script
from wall.store.keys import EventKeys
from wall.store.servers import Command
from wall.store.stamp import milliseconds, moment

FARES = Script("fares")
LONGEST_WORDS = 500  # characters of one sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What just happened to a source. What is None stays as it was, but for the next try, which is then none.

    `reasons` are why posts were set aside, `lags` how many seconds new posts were on their way. With a `holder`, it
    counts only while that holder has the source's lease. `kind` is for the totals of all sources of a kind.
    """

    now: datetime
    state: State | None = None
    detail: str | None = None
    blind_spots: Sequence[str] | None = None
    error: str | None = None
    reasons: Sequence[str] = ()
    posts: int = 0
    edits: int = 0
    deletes: int = 0
    lags: Sequence[float] = ()
    next_try_at: datetime | None = None
    holder: str | None = None
    kind: str = ""


def note_call(keys: EventKeys, source_id: str, happened: Happened) -> Call:
    told: dict[str, object] = {
        "at": milliseconds(happened.now),
        "slot": slot(happened.now),
        "slots": HOURS * SLOTS_AN_HOUR,
        "seconds": HOURS * SLOTS_AN_HOUR * SLOT_SECONDS,
        "reasons": [writable(reason) for reason in happened.reasons],
        "lags": [round(lag, 1) for lag in happened.lags],
        "next_try": milliseconds(happened.next_try_at) if happened.next_try_at else "",
        "posts": happened.posts,
        "edits": happened.edits,
        "deletes": happened.deletes,
    }
    said = {"holder": happened.holder, "state": happened.state, "detail": happened.detail, "error": happened.error}
    told |= {name: writable(words) for name, words in said.items() if words is not None}
    if happened.blind_spots is not None:
        told["blind"] = msgspec.json.encode([writable(words) for words in happened.blind_spots]).decode()
    parts = [keys.source(source_id, part) for part in ("record", "slots", "lease")]
    return Call(FARES, parts, [msgspec.json.encode(told)])


def reading(keys: EventKeys, source_id: str) -> list[Command]:
    return [("HGETALL", keys.source(source_id, "record")), ("HGETALL", keys.source(source_id, "slots"))]


def read(record: Any, slots: Any) -> SourceHealth:
    """Return what is kept of a source; what is not there is as of one that was not read yet."""
    fields = mapping(record)
    if not fields:
        return SourceHealth()
    return SourceHealth(
        state=cast("State", fields.get("state", b"new").decode()),
        since=time(fields.get("since")),
        detail=fields["detail"].decode() if "detail" in fields else SourceHealth().detail,
        blind_spots=msgspec.json.decode(fields.get("blind", b"[]")),
        last_post_at=time(fields.get("last_post")),
        next_try_at=time(fields.get("next_try")),
        errors=troubles(fields.get("errors")),
        reasons=troubles(fields.get("reasons")),
        posts=int(fields.get("posts", 0)),
        edits=int(fields.get("edits", 0)),
        deletes=int(fields.get("deletes", 0)),
        set_aside=int(fields.get("set_aside", 0)),
        slots={int(name): int(number) for name, number in mapping(slots).items()},
        lags=msgspec.json.decode(fields.get("lags", b"[]")),
    )


def mapping(row: Any) -> Mapping[str, bytes]:
    """Return a hash as Redis tells it: as pairs in a row, or as a mapping."""
    pairs = row.items() if isinstance(row, dict) else zip(row[::2], row[1::2], strict=True)
    return {name.decode(): value for name, value in pairs}


def troubles(row: bytes | None) -> list[Trouble]:
    rows = msgspec.json.decode(row) if row else []
    return [Trouble(one["words"], one["times"], moment(one["first"]), moment(one["last"])) for one in rows]


def time(row: bytes | None) -> datetime | None:
    return moment(int(row)) if row else None


def writable(words: str) -> str:
    """Return words short enough to keep, and without halves of letters."""
    return words[:LONGEST_WORDS].encode("utf-8", "replace").decode()
