import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.polls import a_poll
from wall.core.poll_results import CROWD, Counted, Word, median, recount, results, suspicion

SCALE = a_poll(kind="scale", options=(), points=3, low="No", high="Yes")
WORDS = a_poll(kind="words", options=())


def rows(poll, counted):
    return [(row.label, row.number, row.percent) for row in results(poll, counted).rows]


def test_every_answer_has_its_row_in_the_order_of_the_poll_with_how_many_of_a_hundred_gave_it():
    counted = Counted(voters=3, tally={"2": 2, "0": 1})

    assert rows(a_poll(), counted) == [("Soup", 1, 33), ("Rice", 0, 0), ("Bread", 2, 67)]


def test_nobody_voted_is_nought_and_no_median():
    assert rows(a_poll(), Counted()) == [("Soup", 0, 0), ("Rice", 0, 0), ("Bread", 0, 0)]
    assert results(SCALE, Counted()).median is None


def test_a_scale_has_words_at_its_ends_and_a_median():
    found = results(SCALE, Counted(voters=4, tally={"1": 1, "2": 1, "3": 2}))

    assert [row.label for row in found.rows] == ["1 – No", "2", "3 – Yes"]
    assert found.median == 2.5


@given(st.lists(st.integers(1, 10), min_size=1))
def test_the_median_is_the_middle_of_all_ballots(points):
    line = sorted(points)
    middle = (line[(len(line) - 1) // 2] + line[len(line) // 2]) / 2

    assert median(recount([[str(point)] for point in points])) == middle


@pytest.mark.parametrize("state", ["waiting", "struck"])
def test_no_word_is_in_the_results_that_was_not_let_through(state):
    words = {"tea": Word("Tea", "shown"), "mud": Word("Mud", state)}

    assert rows(WORDS, Counted(voters=9, tally={"tea": 2, "mud": 8}, words=words)) == [("Tea", 2, 22)]


def test_words_come_by_their_number_and_then_by_themselves_and_are_sized_among_each_other():
    words = {one: Word(one, "shown") for one in "bcad"}
    found = results(WORDS, Counted(voters=9, tally={"a": 3, "b": 3, "c": 10, "d": 0}, words=words))

    assert [(row.label, row.size) for row in found.rows] == [("c", 5), ("a", 2), ("b", 2)]


@pytest.mark.parametrize(("crowds", "told"), [((), False), ((CROWD - 1, 3), False), ((CROWD, 2), True)])
def test_many_ballots_of_one_crowd_are_told_in_words(crowds, told):
    assert bool(suspicion(Counted(voters=40, crowds=crowds))) == told
