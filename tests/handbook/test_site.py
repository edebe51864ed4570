"""The site that is built opens from a disk: all of it is there, and it asks nobody else for anything."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from handbook.site import build, pages

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    build(ROOT, folder)
    return folder


@pytest.fixture(scope="module")
def trees(site):
    return {path: LexborHTMLParser(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}


def addresses(tree):
    for name in ("href", "src"):
        for node in tree.css(f"[{name}]"):
            yield node.tag, node.attributes[name]


def test_every_page_is_there_with_one_title(site, trees):
    assert {path.relative_to(site).as_posix() for path in trees} == {page.address for page in pages(ROOT)}
    assert all(len(tree.css("h1")) == 1 for tree in trees.values())


def test_every_address_is_a_file_of_the_site_and_every_anchor_a_heading(trees):
    lost = []
    for path, tree in trees.items():
        for tag, address in addresses(tree):
            parts = urlsplit(address)
            if parts.scheme and tag == "a":
                continue
            target = (path.parent / parts.path).resolve() if parts.path else path
            if not target.is_file() or (
                parts.fragment and not trees[target].css_matches(f'[id="{parts.fragment}"]')
            ):
                lost.append(f"{path.name}: {address}")

    assert lost == []


def test_styles_and_scripts_ask_for_files_of_the_site_alone(site):
    for sheet in (site / "css").iterdir():
        assert "http" not in sheet.read_text(encoding="utf-8"), sheet.name
    assert (site / "fonts" / "source-sans-3" / "latin.woff2").is_file()
    assert (site / "fonts" / "source-sans-3" / "LICENSE").is_file()


def test_the_search_knows_every_page(site):
    script = (site / "search.js").read_text(encoding="utf-8")

    assert all(f'"{page.address}"' in script for page in pages(ROOT))


def test_what_writes_the_reference_is_not_shown(trees):
    assert not [path.name for path, tree in trees.items() if "[[[cog" in tree.html or "[[[end" in tree.html]


def test_a_cell_says_which_column_it_is_of(site, trees):
    cell = trees[site / "reference" / "settings.html"].css_first("td:last-child")

    assert cell.attributes["data-label"] == "what it is"


def test_what_was_there_before_is_gone(tmp_path):
    (tmp_path / "old.html").write_text("old")

    build(ROOT, tmp_path)

    assert not (tmp_path / "old.html").exists()
