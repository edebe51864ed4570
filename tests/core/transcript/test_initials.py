import pytest
from hypothesis import given

from tests.cast import a_post
from tests.transcripts import NASTY, a_line
from wall.core.post import Span
from wall.core.transcript.initials import initials, unnamed, unnamed_post


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Ana Bell", "A. B."),
        ("ana", "A."),
        ("@ana@social.example", "A."),
        ("  (Dr) Ana-Maria de la Cruz ", "D. A. D."),
        ("ليلى حداد", "ل. ح."),
        ("🎉", "?"),
        ("", "?"),
    ],
)
def test_a_name_is_its_first_letters(name, short):
    assert initials(name) == short


def test_nothing_is_left_that_names_the_author():
    post = unnamed_post(a_post(url="https://social.example/@alice/1"))

    assert post.author.name == "A."
    assert "alice" not in repr((post.author, post.url, post.reply_to))


def test_whom_a_post_mentions_is_initials_too_and_its_links_stay_where_they_are():
    text = "With @bob@other.example and @chidi: https://x.example/@x!"
    spans = (
        Span(5, 23, "mention", "@bob@other.example", "https://other.example/@bob"),
        Span(36, 56, "link", "", "https://x.example/@x"),
    )

    post = unnamed_post(a_post(text, spans=spans))

    assert post.text == "With @B. and @C.: https://x.example/@x!"
    assert [post.text[one.start : one.end] for one in post.spans] == ["https://x.example/@x"]


def test_whom_it_answers_is_initials():
    assert unnamed(a_line(answered="Bob Hill").standing).answers.name == "B. H."


@given(text=NASTY)
def test_spans_stay_within_whatever_is_said(text):
    spans = tuple(
        Span(place, min(place + 3, len(text)), kind)
        for place in range(0, len(text), 2)
        for kind in ("mention", "bold")
    )

    post = unnamed_post(a_post(text, spans=spans))

    assert all(0 <= one.start < one.end <= len(post.text) for one in post.spans)
