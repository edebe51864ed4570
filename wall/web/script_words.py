"""The words of a page's scripts in its language, within the page: there before a script runs, and without a network."""

import json
import re
from collections.abc import Sequence
from functools import cache

from markupsafe import Markup

from wall import catalogs
from wall.assets import folder
from wall.core.languages import Language
from wall.web import language
from wall.web.linking import link

STRING = r'\s*"((?:[^"\\\n]|\\.)*)"'
SENTENCE = re.compile(rf"\b(?:_|ngettext)\({STRING}")


def script_words(scripts: Sequence[str]) -> Markup:
    """Return the words of scripts, named as below static/js, as an element of the page; nothing where it is English."""
    return element(tuple(scripts), language.current())


@cache
def element(scripts: tuple[str, ...], language: Language) -> Markup:
    """Return the element; rows of scripts are as many as there are pages."""
    if language == "en":
        return Markup("")
    words = {sentence: said(sentence, language) for sentence in sentences(scripts)}
    written = json.dumps({key: value for key, value in words.items() if value}, ensure_ascii=False)
    safe = written.replace("<", "\\u003c")
    return Markup(f'\n  <script type="application/json" id="script-words">{safe}</script>')  # noqa: S704 - ours, and escaped


@cache
def sentences(scripts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sentences that scripts, and all that they import, say."""
    root = folder("static")
    text = link([f"js/{name}.js" for name in scripts], lambda path: (root / path).read_text(encoding="utf-8"))
    return tuple(sorted({json.loads(f'"{found}"') for found in SENTENCE.findall(text)}))


def said(sentence: str, language: Language) -> str | dict[str, str] | None:
    """Return a sentence in a language; by plural category, where it counts something."""
    forms = catalogs.catalog(language).forms.get(sentence, ())
    if len(forms) > 1:
        return catalogs.by_category(language, sentence)
    return forms[0] if forms else None
