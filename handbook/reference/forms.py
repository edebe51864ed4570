"""What the forms of sources and scenes ask for, from the kinds that they are drawn from."""

from datetime import datetime
from typing import Any

from handbook.reference.table import code, table
from wall.core.options import Question, questions
from wall.sources.base import Option
from wall.sources.registry import KINDS as SOURCES
from wall.sources.registry import source_class
from wall.web.scenes import KINDS as SCENES


def every_source() -> str:
    return "".join(one_source(kind) for kind in SOURCES)


def one_source(kind: str) -> str:
    found = source_class(kind)
    way = "Posts are sent to the wall." if found.pushed else "The wall reads it."
    if getattr(found, "owner_only", False):
        way += " For owners of the installation only."
    blind = "".join(f"* {words}\n" for words in getattr(found, "blind_spots", ()))
    cannot = f"\nWhat it cannot see:\n\n{blind}" if blind else ""
    rows = [(str(one.label), code(one.default), f"{one.help}{asked(one)}") for one in found.options]
    form = table(("field", "at first", "what it is"), rows) if rows else ""
    return f"\n## {found.title}\n\nKind {code(kind)}. {way}\n{cannot}{form}"


def asked(option: Option) -> str:
    marks = {
        " Must be given.": option.required,
        " Never shown again.": option.secret,
        " For experts.": option.expert,
    }
    return "".join(words for words, holds in marks.items() if holds)


def every_scene() -> str:
    return "".join(one_scene(name) for name in SCENES)


def one_scene(name: str) -> str:
    kind = SCENES[name]
    rows = [(str(one.label), first(default), about(one)) for _name, default, one in questions(kind.options)]
    form = table(("field", "at first", "what it is"), rows) if rows else ""
    return f"\n## {kind.title}\n\n{kind.help} Kind {code(name)}; {kind.seconds} seconds at first.\n{form}"


def first(default: Any) -> str:
    if isinstance(default, bool):
        return "yes" if default else "no"
    return "" if default is None or isinstance(default, datetime) else code(str(default))


def about(one: Question) -> str:
    chosen = f" One of: {', '.join(map(str, one.choices.values()))}." if one.choices else ""
    return f"{one.help}{chosen}".strip()
