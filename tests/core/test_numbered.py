"""What posts say that they are: “Q3”, “A3”."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wall.core.numbered import MOST_NUMBERS, label, without_label


@pytest.mark.parametrize(
    ("text", "found", "words"),
    [
        ("A3 hello", ("A", 3), "hello"),
        ("a3. Yes", ("A", 3), "Yes"),
        ("A3: x", ("A", 3), "x"),
        ("A3) x", ("A", 3), "x"),
        ("A10!", ("A", 10), "!"),
        ("Q.2 Why?", ("Q", 2), "Why?"),
        ("@shep@social.example #custserv A1 – yes", ("A", 1), "yes"),
        ("🎉 “A2” yes", ("A", 2), "” yes"),
        ("Ａ３：はい", ("A", 3), "はい"),
        ("Q3", ("Q", 3), ""),
    ],
)
def test_a_label_is_known_however_it_is_written(text, found, words):
    assert (label(text), without_label(text)) == (found, words)


@pytest.mark.parametrize(
    "text",
    [
        "we A3",
        "A31 x",
        "A0 x",
        "A3% off",
        "A3.5 paper",
        "A3-sized",
        "#A3 x",
        "a1b2",
        "AA3",
        "A 3",
        "",
        "A",
        "3 A3",
    ],
)
def test_what_only_looks_like_one_is_none(text):
    assert label(text) is None
    assert without_label(text) == text


@given(st.text(alphabet="@#.-A3q: \u0301é🎉\u202e", max_size=3_000))
def test_no_text_takes_long_or_breaks_it(text):
    found = label(text)

    assert found is None or 1 <= found[1] <= MOST_NUMBERS
    assert len(without_label(text)) <= len(text)
