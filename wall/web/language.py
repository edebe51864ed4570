"""The language that a page or a fragment is in, and what is said in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from babel.numbers import format_decimal
from markupsafe import Markup

from wall import catalogs
from wall.core import words
from wall.core.event import Event
from wall.core.languages import LANGUAGES, Language, parse_language
from wall.core.people import Role

VIEW = "html"
"""The view of rendered fragments; in another language than English with its code behind: html-de."""

VIEWS = (VIEW, *(f"{VIEW}-{language}" for language in LANGUAGES[1:]))

IN_THE_HALL: tuple[Role, ...] = ("screen", "overlay")

spoken: ContextVar[Language] = ContextVar("language", default="en")
settled: ContextVar[bool] = ContextVar("language was asked for", default=False)


def current() -> Language:
    return spoken.get()


def say(words_: str) -> str:
    """Return words in the language of this page; other strings stay as they are."""
    return str(words.said(words_, partial(catalogs.translate, current())))


def finished(value: object) -> object:
    """Return a value as a template shows it: words in the language of its page."""
    return words.said(value, partial(catalogs.translate, current()))


def gettext(pattern: str, /, **values: object) -> Markup:
    """Return a sentence of a template in the language of its page, and escape what stands in it."""
    return filled(catalogs.translate(current(), pattern, None, 1), values)


def ngettext(pattern: str, plural: str, num: int, /, **values: object) -> Markup:
    """Return the sentence of a template for a number of things."""
    return filled(catalogs.translate(current(), pattern, plural, num), {"num": num, **values})


def filled(pattern: str, values: dict[str, Any]) -> Markup:
    # Sentences are ours, in templates and in catalogs; what stands in them is escaped here.
    return Markup(pattern) % {name: finished(value) for name, value in values.items()}  # noqa: S704


def number(value: float) -> str:
    """Return a number as the language of the page writes it: 12,345."""
    return format_decimal(value, locale=catalogs.locale(current()))


def here(view: str = VIEW) -> str:
    """Return the view of rendered fragments in the language of this page."""
    return view if current() == "en" else f"{view}-{current()}"


def of_view(view: str) -> Language:
    """Return the language of a view: of html-de, German."""
    return parse_language(view.partition("-")[2]) or "en"


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Render in a language for as long as this lasts."""
    before = spoken.set(language)
    try:
        yield
    finally:
        spoken.reset(before)


def begin(wanted: Language | None) -> None:
    """Speak what is wanted, or English until it is known which event is read."""
    spoken.set(wanted or "en")
    settled.set(wanted is not None)


def fall_back(language: Language) -> None:
    """Speak the language of an event where a reader asks for none that is known here."""
    if not settled.get():
        spoken.set(language)


def read_by(role: Role, event: Event) -> None:
    """Speak as those read who have a role; a hall reads its screens in the event's language, whatever anybody asks."""
    if role in IN_THE_HALL:
        begin(event.language)
    else:
        fall_back(event.language)
