"""Imports point inwards, and each part keeps to its own concern."""

import ast
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "wall"

# A part may import the parts named here, and these only.
MAY_IMPORT = {
    "errors": set(),
    "config": {"errors"},
    "assets": {"errors"},
    "core": {"errors"},
    "store": {"core", "errors", "config"},
    "sources": {"core", "errors", "config"},
    "decode": {"core", "errors"},
    "media": {"core", "errors", "config", "decode", "sources.fetch"},
    "classifier": {"core", "errors"},
    "purge": {"media", "store", "core", "errors"},
    "programmes": {"sources", "store", "core", "errors"},
    "rounds": {"errors"},
    "release": {"rounds", "store", "core", "errors"},
    "telling": {"rounds", "store"},
    "settling": {"rounds", "store"},
    "mailing": {"errors"},
    "openid": {"sources.fetch", "errors"},
    "rehearsal": {"core", "errors", "sources"},
    "channel": {"core"},
    "reader": {"channel", "store", "core"},
    "revocations": set(),
    "hub": {"channel", "reader", "revocations", "store", "core", "errors", "config"},
    "leaving": {"store", "core", "errors"},
    "accept": {
        "leaving",
        "sources",
        "store",
        "core",
        "media",
        "classifier",
        "errors",
        "config",
    },
    "ingest": {"accept", "sources", "store", "core", "errors", "config"},
    "insight": {"store", "core", "errors"},
    "web": {
        "channel",
        "release",
        "telling",
        "settling",
        "mailing",
        "openid",
        "programmes",
        "hub",
        "accept",
        "leaving",
        "insight",
        "store",
        "sources",
        "media",
        "classifier",
        "core",
        "errors",
        "config",
        "assets",
    },
    "processes": {"errors", "config"},
    "commands": {
        "web",
        "accept",
        "ingest",
        "store",
        "sources.fetch",
        "media",
        "classifier",
        "purge",
        "programmes",
        "release",
        "rehearsal",
        "processes",
        "core",
        "errors",
        "config",
        "assets",
    },
    "demo": {"commands", "store", "rehearsal", "processes", "core", "errors", "config"},
    "cli": {"commands", "demo", "errors", "config"},
    "__main__": {"cli"},
    "__init__": set(),
}

OUTSIDE = {
    "core": {
        "redis",
        "starlette",
        "uvicorn",
        "httpx2",
        "websockets",
        "asyncio",
        "time",
        "random",
        "socket",
        "os",
    },
    "sources": {"redis", "starlette", "uvicorn"},
    "reader": {"redis", "starlette", "uvicorn"},
    "hub": {"redis", "starlette", "uvicorn"},
    "accept": {"redis", "starlette", "uvicorn"},
    "ingest": {"redis", "starlette", "uvicorn"},
    "decode": {"redis", "starlette", "uvicorn", "httpx2", "websockets"},
    "media": {"redis", "starlette", "uvicorn", "PIL"},
    "web": {"redis"},
    "store": {"starlette", "uvicorn", "httpx2"},
}

# Each says beside its `except Exception` why it must not stop.
GOES_ON = {"hub.py", "ingest/follower.py", "web/pages.py", "web/plan.py", "core/rules/judge.py"}


def modules():
    return sorted(PACKAGE.rglob("*.py"))


def part_of(path):
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


@cache
def nodes(path):
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def imported(path):
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_inwards(path):
    part = part_of(path)

    for name in imported(path):
        if not name.startswith("wall."):
            continue
        other = name.removeprefix("wall.")
        allowed = MAY_IMPORT[part] | {part}
        assert any(other == one or other.startswith(one + ".") for one in allowed), f"{part} imports {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_its_own_part_of_the_world_is_imported(path):
    forbidden = OUTSIDE.get(part_of(path), set())

    for name in imported(path):
        assert name.split(".")[0] not in forbidden, f"{path.name} imports {name}"


def catches_anything(handler):
    names = ast.walk(handler.type) if handler.type else [ast.Name("BaseException")]
    return any(isinstance(name, ast.Name) and name.id in ("Exception", "BaseException") for name in names)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_who_must_go_on_whatever_happens_catches_anything(path):
    broad = [node for node in nodes(path) if isinstance(node, ast.ExceptHandler) and catches_anything(node)]

    assert len(broad) == (str(path.relative_to(PACKAGE)) in GOES_ON)


def test_core_reads_no_clock():
    for path in (PACKAGE / "core").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert ".now(" not in text, f"{path.name} reads the clock"
        assert ".today(" not in text, f"{path.name} reads the clock"
