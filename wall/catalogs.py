"""What the sentences of the interface are in other languages: the catalogs in locale/, as gettext has them."""

import gettext
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from babel import Locale
from babel.messages.pofile import read_po

from wall.core.languages import Language

LOCALES: dict[Language, str] = {"en": "en_GB", "de": "de", "fr": "fr", "es": "es", "ar": "ar"}
SAMPLES = (1, 2, 3, 11, 100, 0)
"""Numbers among which each plural category of our languages has one."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """Each English sentence with its forms in a language, and which form a number takes."""

    forms: Mapping[str, tuple[str, ...]]
    form: Callable[[int], int]


ENGLISH = Catalog({}, lambda number: int(number != 1))


@cache
def locale(language: Language) -> Locale:
    """Return how a language counts, and writes dates and numbers."""
    return Locale.parse(LOCALES[language])


@cache
def catalog(language: Language) -> Catalog:
    if language == "en":
        return ENGLISH
    with (resources.files("wall") / "locale" / f"{language}.po").open("rb") as file:
        found = read_po(file, locale=LOCALES[language])
    forms = {
        message.id if isinstance(message.id, str) else message.id[0]: strings(message.string)
        for message in found
        if message.id and not message.fuzzy
    }
    return Catalog({sentence: said for sentence, said in forms.items() if said}, gettext.c2py(found.plural_expr))


def strings(string: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return the forms of a sentence; none where one of them is still to be translated."""
    found = (string,) if isinstance(string, str) else tuple(string or ())
    return found if all(found) else ()


def translate(language: Language, pattern: str, plural: str | None, number: int) -> str:
    """Return the pattern of a sentence in a language; in English where the catalog lacks it."""
    found = catalog(language)
    forms = found.forms.get(pattern, ())
    if plural is None:
        return forms[0] if forms else pattern
    if len(forms) < 2:
        return pattern if number == 1 else plural
    return forms[found.form(number)]


def by_category(language: Language, pattern: str) -> dict[str, str]:
    """Return the forms of a sentence by plural category (CLDR), as browsers tell them: “one”, “few”, “other” …"""
    found = catalog(language)
    forms = found.forms[pattern]
    return {str(locale(language).plural_form(number)): forms[found.form(number)] for number in SAMPLES}
