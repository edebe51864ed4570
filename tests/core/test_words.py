"""Sentences that can be said in another language later."""

import pickle

import pytest

from wall.core.words import _, all_of, any_of, listed, ngettext, said

GERMAN = {
    "Try again %(when)s.": "Bitte %(when)s noch einmal.",
    "in %(num)s minute": "in %(num)s Minute",
    "in %(num)s minutes": "in %(num)s Minuten",
    "%(before)s, %(last)s": "%(before)s; %(last)s",
    "%(before)s or %(last)s": "%(before)s oder %(last)s",
}


def german(pattern: str, plural: str | None, number: int) -> str:
    return GERMAN[plural if plural is not None and number != 1 else pattern]


def test_words_are_the_sentence_in_english() -> None:
    assert _("Hello %(name)s: 5 %% of it.", name="Ada") == "Hello Ada: 5 % of it."
    assert ngettext("%(num)s post", "%(num)s posts", 1) == "1 post"
    assert ngettext("%(num)s post", "%(num)s posts", 0) == "0 posts"


def test_words_are_said_in_another_language_with_the_words_that_stand_in_them() -> None:
    words = _("Try again %(when)s.", when=ngettext("in %(num)s minute", "in %(num)s minutes", 3))
    assert words.said(german) == "Bitte in 3 Minuten noch einmal."
    assert words == "Try again in 3 minutes."


def test_what_is_no_sentence_of_ours_stays_as_it_is() -> None:
    assert said("Hello", german) == "Hello"
    assert said(None, german) is None


def test_words_come_through_from_another_process() -> None:
    words = ngettext("in %(num)s minute", "in %(num)s minutes", 3)

    again = pickle.loads(pickle.dumps(words))

    assert again == words
    assert again.said(german) == "in 3 Minuten"


@pytest.mark.parametrize(
    ("names", "row", "all", "any"),
    [
        ([], "", "", ""),
        (["a"], "a", "a", "a"),
        (["a", "b"], "a, b", "a and b", "a or b"),
        (["a", "b", "c"], "a, b, c", "a, b and c", "a, b or c"),
    ],
)
def test_names_are_listed_as_a_sentence_has_them(names, row, all, any) -> None:
    assert (listed(names), all_of(names), any_of(names)) == (row, all, any)


def test_a_list_is_parted_as_the_other_language_does_it() -> None:
    assert said(any_of(["a", "b", "c"]), german) == "a; b oder c"
