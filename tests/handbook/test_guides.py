"""What guides tell people to type and to press is there."""

import re
import shlex
from itertools import pairwise
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from starlette.routing import Route, WebSocketRoute

from handbook.page import Page
from handbook.reference.commands import commands
from handbook.site import pages
from wall.cli import parser
from wall.config import settings
from wall.web.routes import routes

ROOT = Path(__file__).resolve().parents[2]
PAGES = [page for page in pages(ROOT) if page.name != "CHANGELOG.md"]
README = Page(ROOT / "README.md", "readme.html", (ROOT / "README.md").read_text(encoding="utf-8"))
GUIDES = ("docs/first-event.md", "docs/moderators-guide.md", "docs/run-sheet.md")
TYPED = re.compile(r"^(?:\$ )?(?:[\w./]*/)?backchannel (.*)$")
FILE = re.compile(r"^\s*((?:wall|static|templates|tests|bench|handbook)/[\w./*-]+)")
ADDRESS = re.compile(r"^(?:GET |POST )?(/[a-z{][\w{}/.…<>?=-]*)")
ELSEWHERE = {"/your/path", "/e/{event}", "/e/my-event"}
"""Files of machines, addresses of others, and where the roads of one event begin for programs of Mastodon."""
PROSE = {"Yes", "No", "Look twice", "Ask somebody"}
"""Bold words of the guides that stand on no button."""


def code(page):
    """Yield what stands on a page as code, a line at a time."""
    for token in page.tokens:
        if token.type in ("fence", "code_block"):
            yield from token.content.replace("\\\n", " ").splitlines()
        yield from (child.content for child in token.children or () if child.type == "code_inline")


def typed(page):
    """Yield the arguments of every command of ours that a page shows."""
    for line in code(page):
        command = TYPED.match(line.strip().split("  #")[0].split(" > ")[0].removeprefix("sudo ").strip())
        if command and not re.search(r"[…|\[]|^[A-Z]", command[1]):
            yield command[1]


def understood(command):
    """Tell whether the program takes these arguments; a command that is only named has to be there."""
    if command in commands():
        return True
    try:
        parser().parse_args(shlex.split(command))
    except SystemExit as ended:
        return ended.code == 0
    return True


def answers(address):
    """Tell whether a route answers at an address, whatever stands in its places."""
    path = re.sub(r"\{[^}]+\}|<[^>]+>|…", "x", address.partition("?")[0])
    return path.startswith("/static/") or any(
        route.path_regex.match(path) for route in routes() if isinstance(route, Route | WebSocketRoute)
    )


def bold(page):
    for token in page.tokens:
        children = token.children or []
        for before, child in pairwise(children):
            if before.type == "strong_open":
                yield child.content


@pytest.fixture(scope="module")
def sentences():
    """Every sentence of the interface, without its markup."""
    with (ROOT / "wall" / "locale" / "de.po").open("rb") as file:
        ids = [message.id for message in read_po(file) if message.id]
    found = {one if isinstance(one, str) else one[0] for one in ids}
    return found | {re.sub(r"<[^>]+>.*?</[^>]+>", "", one) for one in found}


@pytest.mark.parametrize("page", [README, *PAGES], ids=lambda page: page.address)
def test_every_command_that_is_shown_is_understood(page):
    for command in typed(page):
        assert understood(command), f"backchannel {command}"


def test_a_command_that_there_is_not_is_noticed():
    assert not understood("serve --wrkers 2")
    assert not understood("sing")


def test_commands_are_found_where_they_are_shown():
    first = next(page for page in PAGES if page.name == GUIDES[0])

    assert "serve --data-dir my-wall" in typed(first)
    assert len(list(typed(first))) >= 4


@pytest.mark.parametrize("page", [README, *PAGES], ids=lambda page: page.address)
def test_every_setting_that_is_named_is_one(page):
    known = {f"WALL_{one.name.upper()}" for one in settings()}
    named = {name.removesuffix("_FILE") for name in re.findall(r"\bWALL_[A-Z][A-Z_]*[A-Z]\b", page.text)}

    assert named <= known


@pytest.mark.parametrize("page", [README, *PAGES], ids=lambda page: page.address)
def test_every_file_that_is_named_is_there(page):
    """Those of an example are there once somebody copies it to where its page says."""
    named = {name.rstrip("./") for line in code(page) for name in FILE.findall(line)}
    examples = {path.name for path in (ROOT / "docs" / "examples").iterdir()}

    assert [name for name in named if not any(ROOT.glob(name)) and Path(name).name not in examples] == []


@pytest.mark.parametrize("page", [README, *PAGES], ids=lambda page: page.address)
def test_every_address_that_is_named_is_a_route(page):
    named = {found for line in code(page) for found in ADDRESS.findall(line)} - ELSEWHERE
    ours = [address for address in named if not address.startswith(("/etc/", "/var/"))]

    assert [address for address in ours if not (answers(address) or answers(f"/x{address}"))] == []


def test_an_address_that_there_is_not_is_noticed():
    assert answers("/{event}/feed?cursor=…")
    assert not answers("/{event}/feeed")


@pytest.mark.parametrize("page", [README, *PAGES], ids=lambda page: page.address)
def test_every_target_of_make_that_is_named_is_one(page):
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {line.split()[1] for line in code(page) if re.match(r"make [a-z]", line)}

    assert named <= targets


@pytest.mark.parametrize("name", GUIDES)
def test_what_guides_tell_to_press_stands_on_a_page(name, sentences):
    page = next(page for page in PAGES if page.name == name)

    assert [words for words in bold(page) if words not in sentences | PROSE] == []
    assert set(bold(page)) & sentences
