from datetime import timedelta

import pytest

from tests.cast import NOW
from wall.core.talk import talk, talk_of
from wall.core.trends import Uttered

HOUR = timedelta(hours=1)
FIRST = {str(number) for number in range(10)}
LATER = {str(number) for number in range(10, 40)}


@pytest.fixture
def uttered():
    """Forty people of whom everybody says hello, and the first ten of whom speak of tensors in the first hour."""
    said = {}
    for number in range(40):
        words = ("hello", "tensor") if number < 10 else ("hello", "lunch") if number < 13 else ("hello",)
        said[str(number)] = Uttered(
            NOW + (number // 10) * HOUR, f"p{number}", f"text {number}", {word: word.title() for word in words}
        )
    return said


def test_what_a_session_talks_about_is_what_the_others_do_not(uttered):
    (found,) = talk(uttered, FIRST, most=5)

    assert (found.written, found.people, found.before) == ("Tensor", 10, 0)


def test_what_everybody_says_is_no_topic_of_anybody(uttered):
    assert talk(uttered, LATER, most=5) == []


def test_a_phrase_that_may_not_be_said_is_passed_over(uttered):
    assert talk(uttered, FIRST, most=5, allows=lambda phrase: phrase != "tensor") == []


def test_nothing_chosen_talks_about_nothing(uttered):
    assert talk(uttered, set(), most=5) == []
    assert talk({}, FIRST, most=5) == []


def test_several_groups_are_each_set_against_all_others(uttered):
    first, few = [f"p{number}" for number in range(10)], ["p10", "p11", "p12"]

    found = talk_of(uttered, {"first": first, "few": few, "again": first, "nobody": []}, most=5)

    assert {name: [one.written for one in trends] for name, trends in found.items()} == {
        "first": ["Tensor"],
        "few": ["Lunch"],
        "again": ["Tensor"],
        "nobody": [],
    }
