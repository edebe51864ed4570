"""Options: a dataclass whose fields also say how a form asks for them, so that the form is drawn from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar, cast

import msgspec

from wall.core.words import Words

Options = TypeVar("Options")

LONGEST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """How a form asks for one option. Which field it draws follows from the type; `choices` are words by value.

    `most` is the largest number, or how many characters a text may have; `rows` are of a text of several lines.
    """

    label: str
    help: str = ""
    required: bool = False
    least: int = 0
    most: int = LONGEST
    rows: int = 1
    choices: Mapping[str, str] | None = None


def asked(label: str, help: str = "", *, default: Any, **more: Any) -> Any:
    """Return the field of a dataclass that a form asks for with a `Question`."""
    return field(default=default, metadata={"question": Question(label=label, help=help, **more)})


def questions(options: type) -> Iterator[tuple[str, Any, Question]]:
    """Yield the name, default and question of everything that is asked for."""
    for one in fields(options):
        if "question" in one.metadata:
            yield one.name, one.default, one.metadata["question"]


def kept(options: Any) -> dict[str, Any]:
    """Return options as they are kept: names with what JSON has."""
    found: dict[str, Any] = msgspec.to_builtins(options, enc_hook=str)
    return found


def restored(kind: type[Options], kept: Mapping[str, Any]) -> Options:
    """Return kept options. Unknown names are passed over; where one cannot be read, all are as they are at first.

    Words that stand there from the first are words again, which every reader is told in their language.
    """
    first = {name: default for name, default, _question in questions(kind) if isinstance(default, Words)}
    again = {name: default for name, default in first.items() if kept.get(name) == default}
    try:
        found: Any = msgspec.convert(dict(kept), kind)
        return cast(Options, replace(found, **again))
    except msgspec.ValidationError:
        return kind()
