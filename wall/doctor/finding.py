"""What a check found, and what is to be done about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["ok", "careful", "wrong"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: its name, how it went, one sentence what was found and one what to do, empty where nothing is."""

    name: str
    verdict: Verdict
    found: str
    todo: str = ""


def ok(name: str, found: str) -> Finding:
    return Finding(name, "ok", found)


def careful(name: str, found: str, todo: str) -> Finding:
    return Finding(name, "careful", found, todo)


def wrong(name: str, found: str, todo: str) -> Finding:
    return Finding(name, "wrong", found, todo)


def fit(findings: Sequence[Finding]) -> bool:
    """Tell whether nothing is wrong; what asks for care alone keeps nobody from opening the doors."""
    return all(one.verdict != "wrong" for one in findings)


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms"


def worst_of_hundred(seconds: Sequence[float]) -> float:
    """Return what 99 in a hundred stay below."""
    return sorted(seconds)[max(0, -(-len(seconds) * 99 // 100) - 1)]
