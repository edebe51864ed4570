"""Sentences for people: written in English, and able to be said in another language once it is known who reads."""

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from typing import Any

Translate = Callable[[str, str | None, int], str]
"""Return what a sentence is in another language: of its English pattern, of the plural of that, and a number."""


class Words(str):
    """A sentence in English, with what it was made of: a pattern with places `%(name)s`, and what stands there.

    What stands there may be such words itself. Wherever a string will do, this is the sentence in English.
    """

    pattern: str
    plural: str | None
    number: int
    values: Mapping[str, object]

    def __new__(
        cls, pattern: str, values: Mapping[str, object], *, plural: str | None = None, number: int = 1
    ) -> "Words":
        english = plural if plural is not None and number != 1 else pattern
        self = super().__new__(cls, english % values)
        self.pattern, self.plural, self.number, self.values = pattern, plural, number, values
        return self

    def __getnewargs_ex__(self) -> tuple[tuple[str, Mapping[str, object]], dict[str, Any]]:
        """Return what makes these words anew in another process, which pickle asks for."""
        return (self.pattern, self.values), {"plural": self.plural, "number": self.number}

    def said(self, translate: Translate) -> str:
        """Return the sentence as `translate` has it, with all that stands in it."""
        values = {name: said(value, translate) for name, value in self.values.items()}
        return translate(self.pattern, self.plural, self.number) % values


def said(value: object, translate: Translate) -> object:
    """Return words in another language; anything else stays as it is."""
    return value.said(translate) if isinstance(value, Words) else value


def _(pattern: str, /, **values: object) -> Words:
    """Return a sentence; a percent sign in it is written twice."""
    return Words(pattern, values)


def ngettext(pattern: str, plural: str, num: int, /, **values: object) -> Words:
    """Return the sentence for a number of things, which may stand in it as `%(num)s`."""
    return Words(pattern, {"num": num, **values}, plural=plural, number=num)


def listed(names: Iterable[str]) -> str:
    """Return names one after the other: “a, b, c”; "" for none."""
    first, *others = [*names] or [""]
    return reduce(lambda before, last: _("%(before)s, %(last)s", before=before, last=last), others, first)


def all_of(names: Iterable[str]) -> str:
    """Return names of which all are meant: “a, b and c”."""
    *before, last = [*names] or [""]
    return _("%(before)s and %(last)s", before=listed(before), last=last) if before else last


def any_of(names: Iterable[str]) -> str:
    """Return names of which any is meant: “a, b or c”."""
    *before, last = [*names] or [""]
    return _("%(before)s or %(last)s", before=listed(before), last=last) if before else last
