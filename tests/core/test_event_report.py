import pytest

from wall.core.event_report import LONGEST_WORDS, parse_parts, parse_title, parse_words
from wall.errors import InvalidInput


def test_a_report_has_a_title_on_one_line():
    assert parse_title("  Three\ndays\u202e ") == "Three days"
    with pytest.raises(InvalidInput, match="title"):
        parse_title(" \u200b ")


def test_its_words_are_clean_and_of_some_length():
    assert parse_words("Thank you.\r\n\r\nAll.") == "Thank you.\n\nAll."
    assert parse_words("") == ""
    with pytest.raises(InvalidInput, match="4000"):
        parse_words("x" * (LONGEST_WORDS + 1))
    with pytest.raises(InvalidInput, match="4000"):
        parse_words("x" * 10_000_000)


def test_its_parts_are_those_that_are_known_in_their_order():
    assert parse_parts({"posts", "card", "weather"}) == ("card", "posts")
    with pytest.raises(InvalidInput):
        parse_parts({"weather"})
