"""How the Redis behind a wall is set, and how fast it confirms: for whoever checks a venue."""

import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wall.errors import StoreUnavailable
from wall.store.database import Database

ASKED = ("appendonly", "appendfsync", "maxmemory-policy")
WRITES = 200
KEPT_SECONDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What Redis says of itself; None for settings that it does not tell. On a Cluster this is one of its nodes.

    `ahead` is how many seconds its clock is before ours, give or take `asked_within`; `writes` how long each of some
    writes took until it was confirmed.
    """

    version: str
    mode: str
    appendonly: str | None
    appendfsync: str | None
    policy: str | None
    used: int
    limit: int
    ahead: float
    asked_within: float
    writes: tuple[float, ...]


async def condition(database: Database, *, settings: Path | None = None, writes: int = WRITES) -> Condition:
    """Return how Redis is; one that may not be asked for its settings is believed its file, where that is here."""
    said = text_keys(await database.command("HELLO"))
    before = time.time()
    seconds, microseconds = await database.command("TIME")
    after = time.time()
    set_to = await settings_of(database) or file_settings(settings)
    used = text_keys(await database.command("MEMORY", "STATS")).get("total.allocated", 0)
    return Condition(
        version=text(said.get("version", "")),
        mode=text(said.get("mode", "")),
        appendonly=set_to.get("appendonly"),
        appendfsync=set_to.get("appendfsync"),
        policy=set_to.get("maxmemory-policy"),
        used=int(used),
        limit=int(set_to.get("maxmemory") or 0),
        ahead=int(seconds) + int(microseconds) / 1e6 - (before + after) / 2,
        asked_within=(after - before) / 2,
        writes=tuple([await write(database) for _ in range(writes)]),
    )


async def write(database: Database) -> float:
    """Return how many seconds a small write takes until it is confirmed."""
    began = time.perf_counter()
    await database.command("SET", "wall:{doctor}:write", secrets.token_hex(64), "EX", KEPT_SECONDS)
    return time.perf_counter() - began


async def settings_of(database: Database) -> dict[str, str]:
    """Return how Redis is set; nothing where we may not ask."""
    found: dict[str, str] = {}
    try:
        for name in (*ASKED, "maxmemory"):
            answer = await database.command("CONFIG", "GET", name)
            pairs = answer.items() if isinstance(answer, dict) else zip(answer[::2], answer[1::2], strict=True)
            found |= {text(key): text(value) for key, value in pairs}
    except StoreUnavailable:
        return {}
    return found


def file_settings(path: Path | None) -> dict[str, str]:
    """Return what the file of our own private Redis sets."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines() if path else []
    except OSError:
        return {}
    return {name: value for name, _, value in (line.partition(" ") for line in lines) if name in ASKED}


def text_keys(answer: Any) -> dict[str, Any]:
    """Return an answer of names and values, which older protocols give as a list."""
    pairs = answer.items() if isinstance(answer, dict) else zip(answer[::2], answer[1::2], strict=True)
    return {text(name): value for name, value in pairs}


def text(value: object) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
