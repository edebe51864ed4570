"""Imports point inwards, and each part keeps to its own concern."""

import ast
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "wall"

# A part may import the parts named here, and these only.
MAY_IMPORT = {
    "errors": set(),
    "config": {"errors"},
    "assets": {"errors"},
    "logs": {"core"},
    "tracing": {"errors"},
    "vitals": {"core"},
    "supervised": set(),
    "catalogs": {"core"},
    "core": {"errors"},
    "store": {"tracing", "core", "errors", "config"},
    "sources": {"core", "errors", "config"},
    "decode": {"core", "errors"},
    "draw": set(),
    "media": {"core", "errors", "config", "decode", "sources.fetch"},
    "classifier": {"core", "errors", "config"},
    "purge": {"media", "store", "core", "errors"},
    "programmes": {"sources", "store", "core", "errors"},
    "rounds": {"errors"},
    "awake": {"rounds", "store", "errors"},
    "joining": {"store", "errors"},
    "migrating": {"rounds", "store"},
    "release": {"awake", "store", "core", "errors"},
    "telling": {"awake", "store"},
    "settling": {"rounds", "store"},
    "gathering": {"awake", "store", "core"},
    "listening": {"awake", "store", "core", "errors"},
    "counting": {"awake", "store", "core"},
    "mailing": {"core", "errors"},
    "openid": {"sources.fetch", "core", "errors"},
    "passkeys": {"core", "errors"},
    "rehearsal": {"core", "errors", "sources"},
    "channel": {"core"},
    "reader": {"channel", "store", "core"},
    "revocations": set(),
    "hub": {"channel", "reader", "revocations", "store", "core", "errors", "config"},
    "leaving": {"store", "core", "errors"},
    "erasing": {"purge", "rounds", "media", "store", "core", "errors"},
    "retaining": {"erasing", "purge", "rounds", "store", "core"},
    "accept": {
        "tracing",
        "leaving",
        "sources",
        "store",
        "core",
        "media",
        "classifier",
        "errors",
        "config",
    },
    "ingest": {"accept", "vitals", "sources", "store", "core", "errors", "config"},
    "webhooks": {
        "channel",
        "awake",
        "ingest.lease",
        "sources.fetch",
        "sources.delivering",
        "store",
        "core",
        "errors",
    },
    "insight": {"store", "core", "errors"},
    "portable": {"media", "sources", "store", "core", "errors"},
    "web": {
        "logs",
        "rounds",
        "tracing",
        "vitals",
        "portable",
        "catalogs",
        "channel",
        "awake",
        "release",
        "telling",
        "settling",
        "gathering",
        "counting",
        "mailing",
        "openid",
        "passkeys",
        "programmes",
        "hub",
        "accept",
        "leaving",
        "erasing",
        "insight",
        "store",
        "sources",
        "webhooks",
        "media",
        "classifier",
        "core",
        "errors",
        "config",
        "assets",
    },
    "backup": {"portable.writing", "media", "store", "core", "errors"},
    "dress_rehearsal": {"rehearsal", "store", "core", "errors"},
    "doctor": {"store", "core", "errors", "config", "assets"},
    "processes": {"errors", "config"},
    "commands": {
        "awake",
        "supervised",
        "doctor",
        "dress_rehearsal",
        "web",
        "portable",
        "backup",
        "accept",
        "ingest",
        "store",
        "sources.fetch",
        "media",
        "classifier",
        "purge",
        "erasing",
        "retaining",
        "programmes",
        "release",
        "listening",
        "joining",
        "migrating",
        "rehearsal",
        "processes",
        "core",
        "errors",
        "config",
        "assets",
    },
    "demo": {"commands", "store", "rehearsal", "processes", "core", "errors", "config"},
    "cli": {"commands", "demo", "logs", "tracing", "errors", "config"},
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
    """Return what imports and what catches in a module; reading them all again for each test would take seconds."""
    tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return tuple(node for node in tree if isinstance(node, ast.Import | ast.ImportFrom | ast.ExceptHandler))


def imported(path):
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def imports():
    """Return every module with each name that it imports."""
    return [(path, name) for path in modules() for name in imported(path)]


def may_import(path, name):
    part, other = part_of(path), name.removeprefix("wall.")
    return any(other == one or other.startswith(one + ".") for one in MAY_IMPORT[part] | {part})


def named(path):
    return str(path.relative_to(PACKAGE))


def test_imports_point_inwards():
    ours = [(path, name) for path, name in imports() if name.startswith("wall.")]

    assert [f"{named(path)} imports {name}" for path, name in ours if not may_import(path, name)] == []
    assert {part_of(path) for path, _ in ours} >= {"core", "store", "web"}


def test_only_its_own_part_of_the_world_is_imported():
    foreign = [(path, name) for path, name in imports() if name.split(".")[0] in OUTSIDE.get(part_of(path), set())]

    assert [f"{named(path)} imports {name}" for path, name in foreign] == []


def catches_anything(handler):
    names = ast.walk(handler.type) if handler.type else [ast.Name("BaseException")]
    return any(isinstance(name, ast.Name) and name.id in ("Exception", "BaseException") for name in names)


def test_only_who_must_go_on_whatever_happens_catches_anything():
    handlers = [(path, node) for path in modules() for node in nodes(path) if isinstance(node, ast.ExceptHandler)]
    broad = [named(path) for path, handler in handlers if catches_anything(handler)]

    assert broad == sorted(GOES_ON)


def test_core_reads_no_clock():
    for path in (PACKAGE / "core").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert ".now(" not in text, f"{path.name} reads the clock"
        assert ".today(" not in text, f"{path.name} reads the clock"
