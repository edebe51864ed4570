import pytest
from hypothesis import given
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from tests.transcripts import NASTY, a_head, a_line, told
from wall.core.post import Author, Span
from wall.core.transcript.markdown import Markdown

READER = MarkdownIt("commonmark").enable("table").enable("strikethrough")
ELEMENTS = {"blockquote", "p", "strong", "a", "br", "h1", "h2", "h3", "hr"}


def page(*lines):
    return LexborHTMLParser(READER.render(told(Markdown, a_head(), *lines)))


def words(page):
    return " ".join(page.body.text(separator=" ").split())


def test_who_when_and_what():
    found = page(a_line("One\nTwo", post={"url": "https://social.example/1"}))

    assert found.css_first("h1").text() == "PyCon Example"
    assert found.css_first("strong").text() == "Alice"
    assert found.css_first("p a").attributes["href"] == "https://social.example/1"
    assert found.css_first("blockquote p").html == "<p>One<br>\nTwo</p>"


def test_an_answer_is_quoted_below_what_it_answers():
    found = page(
        a_line("One", key="a"), a_line("Two", key="b", answers="a", answered="Alice", depth=1), a_line("Three")
    )

    assert [one.text(strip=True) for one in found.css("body > blockquote > blockquote")] == ["Two"]
    assert [one.css_first("p").text() for one in found.css("body > blockquote")] == ["One", "Three"]


def test_a_link_leads_where_it_led():
    found = page(a_line("See here", post={"spans": (Span(4, 8, "link", "", "https://x.example/a_b?c=<d>"),)}))

    assert found.css_first("blockquote a").text() == "here"
    assert found.css_first("blockquote a").attributes["href"] == "https://x.example/a_b?c=%3Cd%3E"


@pytest.mark.parametrize(
    "start", ["# ", "- ", "+ ", "1. ", "1) ", "    ", "> ", "* ", "---", "===", "```\n", "| a |\n|---|\n"]
)
def test_no_line_begins_anything(start):
    found = page(a_line(f"Said\n{start}x\n\n{start}y"))

    assert {node.tag for node in found.body.traverse() if node.tag != "body"} <= ELEMENTS


@given(text=NASTY, name=NASTY)
def test_whatever_is_said_is_said_in_words(text, name):
    found = page(a_line(text, post={"author": Author(uid="x", handle="", name=name)}))

    assert {node.tag for node in found.body.traverse() if node.tag != "body"} <= ELEMENTS
    assert not [one for one in found.css("blockquote a") if one]
    assert [letter for letter in text if letter.isalnum()] == [
        letter for one in found.css("blockquote") for letter in one.text() if letter.isalnum()
    ]
