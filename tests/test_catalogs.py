"""Every sentence of the interface is there in every language, with all that stands in it."""

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from wall.assets import folder
from wall.catalogs import LOCALES, by_category, catalog, translate
from wall.core.languages import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
OTHERS = [language for language in LANGUAGES if language != "en"]
PLACE = re.compile(r"%\((\w+)\)s|%%|(%)")
MARKUP = re.compile(r"</?\w+[^>]*>")
COUNTED = {"num", "count"}
"""What a form for one or two may say in words instead of a number."""


@cache
def template():
    """Return every sentence there is, as `make catalogs` reads them."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["babel"]["mappings"]
    methods = [(one["pattern"], one["method"]) for one in mappings]
    options = {one["pattern"]: {name: text for name, text in one.items() if name == "trimmed"} for one in mappings}
    found = Catalog()
    for where in ("wall", "templates", "static/js"):
        patterns = [
            (pattern.removeprefix(f"{where}/"), method) for pattern, method in methods if pattern.startswith(where)
        ]
        mine = {pattern.removeprefix(f"{where}/"): chosen for pattern, chosen in options.items()}
        for path, _line, message, _comments, _context in extract_from_dir(ROOT / where, patterns, mine):
            found.add(message, locations=[(path, 1)])
    return found


@cache
def read(language):
    with (folder("wall") / "locale" / f"{language}.po").open("rb") as file:
        return read_po(file, locale=LOCALES[language])


def forms(message):
    return [message.string] if isinstance(message.string, str) else list(message.string)


def english(message):
    return [message.id] if isinstance(message.id, str) else list(message.id)


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalog_has_every_sentence_and_no_other(language):
    wanted = {message.id for message in template() if message.id}
    there = {message.id for message in read(language) if message.id}

    assert wanted - there == set(), "make catalogs reads them in"
    assert there - wanted == set(), "make catalogs takes them out"


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_translated(language):
    lacking = [message.id for message in read(language) if message.id and not all(forms(message))]

    assert lacking == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_places_and_the_markup_of_its_sentence(language):
    differing = [message.id for message in read(language) if message.id and not agrees(message)]

    assert differing == []


def agrees(message):
    wanted = {place for one in english(message) for place in places(one)}
    markup = sorted(MARKUP.findall(english(message)[-1]))
    spare = COUNTED if len(forms(message)) > 1 else set()
    return all(
        wanted - spare <= places(form) <= wanted and sorted(MARKUP.findall(form)) == markup
        for form in forms(message)
    )


def places(sentence):
    """Return what stands in a sentence; a percent sign alone is a place that nothing fills."""
    return {name or sign for name, sign in PLACE.findall(sentence) if name or sign}


def test_numbers_take_the_form_of_their_language():
    sentence = "%(num)s minute ago", "%(num)s minutes ago"

    said = {
        language: [translate(language, *sentence, number) for number in (0, 1, 2, 3, 11, 100)]
        for language in LANGUAGES
    }

    assert [len(set(one)) for one in said.values()] == [2, 2, 2, 2, len(set(catalog("ar").forms[sentence[0]]))]
    assert set(by_category("ar", sentence[0])) == {"zero", "one", "two", "few", "many", "other"}


def test_a_sentence_that_a_catalog_lacks_is_said_in_english():
    assert translate("de", "Nobody ever said this.", None, 1) == "Nobody ever said this."
    assert translate("de", "one of these", "more of these", 2) == "more of these"
