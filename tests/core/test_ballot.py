from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import NOW
from tests.polls import a_poll
from wall.core.ballot import LONGEST_WORD, ballot
from wall.core.poll import MOST_WORDS, moved
from wall.errors import ChangedMeanwhile, InvalidInput


def opened(**fields):
    return moved(a_poll(**fields), "open", now=NOW)


SINGLE, SEVERAL = opened(), opened(kind="several", most=2)
SCALE, WORDS = opened(kind="scale", options=(), points=5), opened(kind="words", options=())


@pytest.mark.parametrize(
    ("poll", "given", "choices"),
    [
        (SINGLE, ["2"], ("2",)),
        (SEVERAL, ["2", "0", "2"], ("0", "2")),
        (SCALE, ["5"], ("5",)),
        (WORDS, ["  Open-Source ", "", "TEA", "open source"], ("open source", "tea")),
    ],
)
def test_the_same_answers_are_the_same_ballot_however_they_are_given(poll, given, choices):
    assert ballot(poll, given).choices == ballot(poll, given[::-1]).choices == choices


@pytest.mark.parametrize(
    ("poll", "given"),
    [
        (SINGLE, []), (SINGLE, ["0", "1"]), (SINGLE, ["3"]), (SINGLE, ["00"]), (SINGLE, ["\u0661"]), (SINGLE, ["0", "x"]),
        (SEVERAL, ["0", "1", "2"]), (SEVERAL, []), (SCALE, ["0"]), (SCALE, ["6"]), (SCALE, ["4", "5"]),
        (WORDS, ["", " "]), (WORDS, ["!!!"]), (WORDS, ["a" * (LONGEST_WORD + 1)]), (WORDS, list("abcd")),
        (WORDS, ["\u202e\u200b"]),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused_in_words(poll, given):
    with pytest.raises(InvalidInput) as refused:
        ballot(poll, given)

    assert refused.value.message.endswith(".")


@pytest.mark.parametrize(
    ("status", "words"), [("draft", "not open yet"), ("closed", "too late and was not counted")]
)
def test_a_ballot_before_or_after_is_told_so(status, words):
    with pytest.raises(ChangedMeanwhile, match=words):
        ballot(replace(SINGLE, status=status), ["0"])


def test_a_word_is_kept_as_it_was_typed_first_beside_how_it_is_counted():
    assert ballot(WORDS, ["Käse", "KASE"]).said == {"kase": "Käse"}


@given(st.lists(st.text(), max_size=5))
def test_whatever_is_typed_makes_a_ballot_or_a_sentence(given):
    try:
        made = ballot(WORDS, given)
    except InvalidInput:
        return
    assert 1 <= len(made.choices) <= MOST_WORDS
    assert set(made.choices) == set(made.said)
    assert all(said.encode() for said in made.said.values())
