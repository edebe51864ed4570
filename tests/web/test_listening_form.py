import pytest

from wall.errors import InvalidInput
from wall.web.listening_form import parse_listening


def test_what_is_not_asked_stays_as_usual():
    assert parse_listening({}) == {"listens": "learn", "tongues": ()}


def test_languages_are_taken_in_any_spelling():
    assert parse_listening({"listens": "no", "tongues": "EN, fi-FI sv fi"}) == {
        "listens": "no",
        "tongues": ("en", "fi", "sv"),
    }


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"listens": "always"}, "listens"),
        ({"tongues": "english"}, "tongues"),
        ({"tongues": "en " * 41}, "tongues"),
        ({"tongues": "\ud800"}, "tongues"),
        ({"tongues": "a" * 10_000_000}, "tongues"),
    ],
)
def test_what_cannot_be_used_is_said(values, field):
    with pytest.raises(InvalidInput) as refused:
        parse_listening(values)

    assert refused.value.field == field
