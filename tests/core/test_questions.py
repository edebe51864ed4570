from datetime import UTC, datetime, timedelta

from wall.core.questions import MOST, TURN, in_turn

NOW = datetime(2026, 6, 12, 9, 30, tzinfo=UTC)


def test_few_questions_come_newest_and_oldest_in_turn():
    assert in_turn(["1", "2", "3", "4"], NOW) == ["4", "1", "3", "2"]
    assert in_turn([], NOW) == []


def test_of_many_the_newest_are_always_there_and_each_of_the_others_has_its_turn():
    ids = [f"{number:02}" for number in range(40)]

    turns = [in_turn(ids, NOW + turn * TURN) for turn in range(36)]

    assert all(len(set(turn)) == MOST for turn in turns)
    assert all({"36", "37", "38", "39"} <= set(turn) for turn in turns)
    assert {id for turn in turns for id in turn} == set(ids)


def test_screens_that_ask_in_the_same_minutes_are_given_the_same():
    ids = [f"{number:02}" for number in range(40)]

    assert in_turn(ids, NOW) == in_turn(ids, NOW + timedelta(seconds=30))
