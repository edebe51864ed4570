"""The words of a page's scripts come within the page."""

import json
from html.parser import HTMLParser

from wall import catalogs
from wall.catalogs import Catalog
from wall.web import language, script_words


class Element(HTMLParser):
    text = ""

    def handle_data(self, data):
        self.text += data


def test_scripts_are_given_their_sentences_and_no_others(monkeypatch):
    spoken = {
        "Gone </script>": ("Fort </script>",),
        "%(num)s post": ("%(num)s Beitrag", "%(num)s Beiträge"),
        "Other": ("X",),
    }
    monkeypatch.setattr(catalogs, "catalog", lambda code: Catalog(spoken, lambda number: int(number != 1)))
    monkeypatch.setattr(script_words, "sentences", lambda scripts: ("Gone </script>", "%(num)s post", "New"))
    element = Element()

    with language.speaking("de"):
        element.feed(script_words.script_words(["a script"]))

    assert json.loads(element.text) == {
        "Gone </script>": "Fort </script>",
        "%(num)s post": {"one": "%(num)s Beitrag", "other": "%(num)s Beiträge"},
    }


def test_an_english_page_carries_none():
    assert script_words.script_words(["live"]) == ""


def test_sentences_are_found_however_a_call_is_broken():
    found = script_words.SENTENCE.findall(
        'say(_("One \\"two\\""), ngettext(\n  "%(num)s post", "%(num)s posts", 3), that_("No"))'
    )

    assert [json.loads(f'"{one}"') for one in found] == ['One "two"', "%(num)s post"]
