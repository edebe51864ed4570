"""Every setting, from the fields of Config."""

from typing import Any

from handbook.reference.table import code, table
from wall.config import PREFIX, settings

KINDS = {bool: "yes or no", int: "whole number"}


def every_setting() -> str:
    rows = [
        (code(PREFIX + one.name.upper()), KINDS.get(type(one.default), "text"), default(one), about(one))
        for one in settings()
    ]
    return table(("setting", "takes", "default", "what it is"), rows)


def default(one: Any) -> str:
    return "no" if one.default is False else code(one.default)


def about(one: Any) -> str:
    words: str = one.metadata["help"]
    return f"{words} Secret: it is never printed." if one.metadata["secret"] else words
