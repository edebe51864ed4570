"""Every link of the handbook leads somewhere, and every page can be found."""

from pathlib import Path, PurePosixPath

import pytest

from handbook.contents import REST, contents, whole
from handbook.links import broken
from handbook.page import Page
from handbook.site import pages

ROOT = Path(__file__).resolve().parents[2]
INDEX = "# Book\n\n## Begin\n\n- [One](one.md): first.\n\n## Then\n\n- [Two](two.md)\n- [One](one.md#a-part)\n"
ONE = "# One\n\n## A part\n\n[Two](two.md#part-2)\n"
TWO = "# Two\n\n## Part 2\n\n[up](#part-2) [elsewhere](https://x.example) ![picture](img/desk.png)\n"


def book(index=INDEX, one=ONE, two=TWO, **more):
    texts = {"index": index, "one": one, "two": two, **more}
    return [Page(PurePosixPath(f"docs/{name}.md"), f"{name}.html", text) for name, text in texts.items()]


def test_every_link_leads_somewhere_and_the_index_names_every_page():
    assert broken(pages(ROOT), ROOT) == []


def test_a_sound_book_has_nothing_to_mend():
    assert broken(book(), ROOT) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"one": "# One\n\n[x](three.md)"}, "docs/one.md links to three.md, which is no page of the handbook."),
        (
            {"one": "# One\n\n[x](two.md#gone)"},
            "docs/one.md links to two.md#gone; docs/two.md has no such heading.",
        ),
        ({"one": "# One\n\n[x](#gone)"}, "docs/one.md links to #gone; docs/one.md has no such heading."),
        ({"one": "# One\n\n![x](gone.png)"}, "docs/one.md links to gone.png, which is no page of the handbook."),
        ({"three": "# Three"}, "docs/three.md is in no section of docs/index.md; add a line for it there."),
    ],
)
def test_what_is_wrong_is_said(changed, said):
    assert said in broken(book(**changed), ROOT)


def test_a_link_in_an_example_of_code_is_none():
    assert broken(book(one="# One\n\n## A part\n\n    [x](gone.md)\n"), ROOT) == []


def test_the_contents_are_those_of_the_index_each_page_once():
    found = contents(book())

    assert [(one.title, [page.title for page in one.pages]) for one in found.sections] == [
        ("Begin", ["One"]),
        ("Then", ["Two"]),
    ]
    assert [page and page.title for page in found.beside(found.sections[0].pages[0])] == ["Book", "Two"]


def test_a_page_that_the_index_does_not_name_is_in_the_site_all_the_same():
    found = book(three="# Three")

    last = whole(contents(found), found).sections[-1]

    assert (last.title, [page.title for page in last.pages]) == (REST, ["Three"])
