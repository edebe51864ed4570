from datetime import timedelta

import pytest

from tests.cast import NOW
from wall.core import question
from wall.core.question import Hand, Question, groups, lead_of
from wall.errors import InvalidInput, NotFound

MIA = Hand(by_name="Mia", at=NOW)


def asked(*ids, **fields):
    return {id: Question(post_id=id, at=NOW + timedelta(minutes=place), **fields) for place, id in enumerate(ids)}


def after(questions, changes):
    return {**questions, **{one.post_id: one for one in changes}}


def test_what_is_taken_up_next_has_the_one_before_answered():
    first = after(asked("a", "b"), question.take_up(asked("a", "b"), "a", MIA))

    second = after(first, question.take_up(first, "b", MIA))

    assert [second[id].state for id in "ab"] == ["answered", "answering"]
    assert second["b"].by_name == "Mia"


def test_each_session_answers_one_of_its_own():
    questions = asked("a") | asked("b", session="talk")
    questions = after(questions, question.take_up(questions, "a", MIA))

    questions = after(questions, question.take_up(questions, "b", MIA))

    assert [questions[id].state for id in "ab"] == ["answering", "answering"]


def test_taking_up_what_is_answered_now_changes_nothing():
    questions = after(asked("a"), question.take_up(asked("a"), "a", MIA))

    assert question.take_up(questions, "a", MIA) == []


def test_an_answer_has_a_note_and_a_link_and_may_be_taken_back():
    (answered,) = question.answer(asked("a"), "a", MIA, note=" On\x00 page 3 ", link=" https://example.org/3 ")

    (reopened,) = question.reopen({"a": answered}, "a", MIA)

    assert (answered.state, answered.note, answered.link) == ("answered", "On page 3", "https://example.org/3")
    assert (reopened.state, reopened.note, reopened.link) == ("open", "", "")


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "example.org",
        "https://",
        "https://[",
        "https://a.example/ b",
        "https://a/" + "b" * 500,
    ],
)
def test_what_is_no_address_is_no_link(link):
    with pytest.raises(InvalidInput):
        question.answer(asked("a"), "a", MIA, link=link)


def test_what_was_merged_into_a_question_goes_along_with_it():
    questions = after(asked("a", "b", "c"), question.merge(asked("a", "b", "c"), "a", "b", MIA))

    questions = after(questions, question.merge(questions, "b", "c", MIA))

    assert groups(questions, "abc") == {"c": ["a", "b"]}


def test_merging_into_one_that_is_merged_is_merging_into_its_lead():
    questions = after(asked("a", "b", "c"), question.merge(asked("a", "b", "c"), "b", "c", MIA))

    questions = after(questions, question.merge(questions, "a", "b", MIA))

    assert questions["a"].merged == "c"


@pytest.mark.parametrize("into", ["a", "b"])
def test_no_question_is_merged_into_itself(into):
    questions = after(asked("a", "b"), question.merge(asked("a", "b"), "b", "a", MIA))

    with pytest.raises(InvalidInput):
        question.merge(questions, "a", into, MIA)


def test_what_is_merged_stands_for_itself_once_the_other_left_the_wall():
    questions = after(asked("a", "b"), question.merge(asked("a", "b"), "a", "b", MIA))

    assert groups(questions, ["a"]) == {"a": []}
    assert lead_of(questions, "a", ["a"]) == "a"
    assert lead_of(questions, "a", "ab") == "b"


def test_what_was_merged_can_be_parted_again():
    questions = after(asked("a", "b"), question.merge(asked("a", "b"), "a", "b", MIA))

    questions = after(questions, question.part(questions, "a", MIA))

    assert groups(questions, "ab") == {"a": [], "b": []}


def test_a_question_of_another_session_can_be_moved_there():
    assert [one.session for one in question.move(asked("a"), "a", "talk")] == ["talk"]
    assert question.move(asked("a"), "a", "") == []


def test_what_is_no_question_is_told_so():
    with pytest.raises(NotFound):
        question.take_up(asked("a"), "b", MIA)
