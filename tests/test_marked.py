"""Every word of the interface can be said in another language: none stands in templates, scripts or errors unmarked."""

import ast
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import wall.errors
from wall.assets import folder
from wall.web.pages import templates

VALUE = "\ufffc"
FOR_MACHINES = (
    "web/api.py",
    "web/metrics.py",
    "web/websub.py",
    "ingest",
    "sources",
    "store",
    "commands",
    "backup",
    "core/backup.py",
    "processes.py",
    "tracing.py",
    "config.py",
    "accept",
    "assets.py",
    "rehearsal",
    "dress_rehearsal",
    "doctor",
    "classifier.py",
)
"""Whose errors are read by programs and operators, or kept: in English."""
NO_SENTENCE = re.compile(
    r"aria-invalid=|aria-describedby=|^[a-z-]+ [a-z-]+-page$|^[a-z-]+--[a-z]+$|^organise-page|^/|^(no veto|by post|hold the suspicious|open with delay)$"
)
"""Strings within expressions that are attributes, classes, addresses, and values that are compared."""
READ_OUT = {
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "aria-valuetext",
    "title",
    "placeholder",
    "alt",
    "label",
}
NOT_READ = {"script", "style", "kbd", "code", "svg"}
NAMES = re.compile(
    r"Backchannel Wall|UTC|Mastodon|Bluesky|Nostr|IRC|Matrix|Threads|RSS|Atom|JSON|QR|OK|iCal|https?://\S*|%\(\w+\)s|&\w+;"
)
LETTERS = re.compile(r"[^\W\d_]{2}")
SENTENCE = re.compile(r"^[^\W\d_a-z][a-z]+|[^\W\d_] [^\W\d_]|[a-z]{2}[.!?…]$")


def words_in(text):
    return bool(LETTERS.search(NAMES.sub("", text)))


class Page(HTMLParser):
    """What a reader meets of a template, outside of what is marked."""

    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.found = []
        self.inside = []

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name in READ_OUT and value and words_in(value):
                self.found.append(f"{name}={value.replace(VALUE, '…')!r}")
        if tag in NOT_READ:
            self.inside.append(tag)

    def handle_endtag(self, tag):
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data):
        words = " ".join(data.replace(VALUE, "…").split())
        if not self.inside and words_in(data) and not NO_SENTENCE.search(words):
            self.found.append(repr(words))


def unmarked_of_template(path):
    """Return what of a template is not marked."""
    source = path.read_text(encoding="utf-8")
    page, strings, row = [], [], []
    marked = False
    for _, kind, value in templates().lex(source):
        if kind in ("variable_begin", "block_begin"):
            row = []
        elif kind in ("variable_end", "block_end"):
            names = [text for what, text in row if what == "name"]
            if kind == "block_end" and names[:1] in (["trans"], ["endtrans"]):
                marked = names[0] == "trans"
            elif kind == "variable_end" and not marked:
                page.append(VALUE)
            strings += unmarked_strings(row)
            row = []
        elif kind == "data" and not marked:
            page.append(value)
        elif kind not in ("whitespace", "data"):
            row.append((kind, value))
    reader = Page()
    reader.feed("".join(page))
    reader.close()
    return reader.found + strings


def unmarked_strings(row):
    """Return the sentences within an expression that no function of gettext is given."""
    if row and row[0] == ("name", "include"):
        return []
    found = []
    for place, (kind, value) in enumerate(row):
        if kind != "string" or not SENTENCE.search(NAMES.sub("", value[1:-1])):
            continue
        before = [text for _, text in row[max(0, place - 4) : place]]
        if before[-2:] == ["_", "("] or "ngettext" in before or NO_SENTENCE.search(value[1:-1]):
            continue
        found.append(value)
    return found


@cache
def errors():
    return {
        name
        for name, one in vars(wall.errors).items()
        if isinstance(one, type) and issubclass(one, wall.errors.WallError)
    }


def unmarked_of_module(path):
    """Return the errors of a module whose words are not marked."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in errors()
            and node.args
        ):
            first = node.args[0]
            if isinstance(first, ast.JoinedStr) or (isinstance(first, ast.Constant) and first.value):
                found.append(f"line {node.lineno}: {ast.unparse(first)[:100]}")
    return found


def unmarked(root, pattern, of):
    found = {path: of(path) for path in sorted(root.rglob(pattern))}
    return {str(path.relative_to(root)): sentences for path, sentences in found.items() if sentences}


def test_no_template_says_anything_unmarked():
    assert unmarked(folder("templates"), "*.html", unmarked_of_template) == {}


def test_no_error_that_a_person_reads_is_unmarked():
    found = unmarked(Path(wall.__file__).parent, "*.py", unmarked_of_module)

    assert {path: words for path, words in found.items() if not path.startswith(FOR_MACHINES)} == {}


def test_what_is_not_marked_is_found(tmp_path):
    page, module = tmp_path / "page.html", tmp_path / "module.py"
    page.write_text(
        "<p title='Go on'>{{ _('Fine') }} {{ 'Not fine' if x }}</p>{% trans %}Fine{% endtrans %}Not fine either"
    )
    module.write_text("raise InvalidInput('No good.')\nraise InvalidInput(_('Good.'))")

    assert unmarked_of_template(page) == ["title='Go on'", "'Not fine either'", "'Not fine'"]
    assert unmarked_of_module(module) == ["line 1: 'No good.'"]
