import pytest

from wall.core.tongue import USUAL, Guess, known, primary, tongue, tongues

CLEAR, CLOSE = Guess("fi", 0.99, 0.005), Guess("fi", 0.4, 0.35)


@pytest.mark.parametrize(
    ("declared", "guess", "letters", "found"),
    [
        ("en-GB", CLEAR, 20, "en"),  # short: the network's word holds
        ("en", CLEAR, 80, "fi"),  # long and clearly another
        ("en", Guess("fi", 0.8, 0.1), 80, "en"),  # long and not clear
        (None, CLEAR, 20, "fi"),
        (None, CLEAR, 9, "und"),
        (None, CLOSE, 80, "und"),
        (None, None, 80, "und"),
        ("und", CLEAR, 20, "fi"),
        ("nb", None, 3, "no"),
    ],
)
def test_the_network_says_it_unless_a_long_text_is_clearly_in_another_language(declared, guess, letters, found):
    assert tongue(declared, guess, letters) == found


def test_the_languages_of_an_event_are_told_apart_with_those_of_the_interface():
    assert set(tongues(("fi",), "de")) == {"fi", "en", "de", "fr", "es", "ar"}
    assert set(tongues((), "de")) >= set(USUAL)


def test_what_names_no_language_is_left_out():
    assert known(("fi", "FI-fi", "zz9", "", "und")) == ("fi",)
    assert primary("<script>") is None
