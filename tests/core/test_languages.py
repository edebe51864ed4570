"""Which language somebody reads best."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wall.core.languages import LANGUAGES, NAMES, direction, parse_language, preferred


@pytest.mark.parametrize(
    ("wishes", "language"),
    [
        ("de", "de"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("en;q=0.5, fr;q=0.9", "fr"),
        ("fi, sv;q=0.9, es;q=0.1", "es"),
        ("AR-EG", "ar"),
        ("fi", None),
        ("", None),
        ("*", None),
        ("de;q=0, en;q=0.1", "en"),
        ("de;q=much, en;q=0.1", "en"),
        ("de;q=²", None),
    ],
)
def test_a_reader_is_given_what_their_browser_wants_most_of_what_there_is(
    wishes: str, language: str | None
) -> None:
    assert preferred(wishes) == language


@given(st.text(max_size=200))
def test_any_header_is_read(wishes: str) -> None:
    assert preferred(wishes) in (None, *LANGUAGES)


def test_each_language_has_its_own_name_and_a_direction() -> None:
    assert set(NAMES) == set(LANGUAGES)
    assert direction("ar") == "rtl"
    assert direction("de") == "ltr"
    assert parse_language("xx") is None
