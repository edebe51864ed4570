import pytest
from hypothesis import given
from hypothesis import strategies as st

from wall.core.challenge import LEAST, answers, besieged, check_seed, make_seed, solves

KEY, NOW, MINUTE = b"k" * 32, 1_780_000_000.0, 29_666_666
SEED = make_seed(KEY, "ana", now=NOW)


def test_a_number_that_makes_enough_zeros_solves_a_seed_and_most_others_do_not():
    solving = [number for number in range(3000) if solves(SEED, str(number), bits=8)]

    assert 3 <= len(solving) <= 30
    assert not any(solves(SEED, str(number)) for number in range(300))


@pytest.mark.parametrize("number", ["", "-1", "1.0", "٣", "9" * 13, " 1"])
def test_what_is_no_number_solves_nothing(number):
    assert not solves(SEED, number, bits=0)


@pytest.mark.parametrize(
    ("who", "seed", "later", "holds"),
    [
        ("ana", SEED, 0, True),
        ("ana", SEED, 600, True),
        ("ana", SEED, 601, False),
        ("ana", SEED, -5, False),
        ("bob", SEED, 0, False),
        ("ana", SEED.replace("178", "179", 1), 0, False),
        ("ana", "", 0, False),
        ("ana", "x." + "0" * 32, 0, False),
        ("ana", "1780000000.ü", 0, False),
    ],
)
def test_a_seed_is_for_one_participant_and_ten_minutes(who, seed, later, holds):
    assert check_seed(KEY, who, seed, now=NOW + later) is holds


@pytest.mark.parametrize(
    ("given", "wanted", "right"),
    [
        ("Green", "green", True),
        ("  GREEN. ", "green", True),
        ("blue", "green", False),
        ("", "", False),
        ("x", "", False),
    ],
)
def test_an_answer_is_right_however_it_is_written(given, wanted, right):
    assert answers(given, wanted) is right


@pytest.mark.parametrize(
    ("newcomers", "minute"),
    [
        ({}, None),
        ({MINUTE: LEAST - 1}, None),
        ({MINUTE: LEAST}, MINUTE - 2),
        ({MINUTE - 1: LEAST // 2, MINUTE: LEAST // 2}, MINUTE - 2),
        ({MINUTE - 9: LEAST}, MINUTE - 11),
        ({MINUTE - 13: LEAST}, None),
        ({**{MINUTE - ago: 10 for ago in range(1, 60)}, MINUTE: 100}, None),
        ({**{MINUTE - ago: 10 for ago in range(1, 60)}, MINUTE: 200}, MINUTE - 2),
    ],
)  # fmt: skip
def test_very_many_newcomers_are_an_attack_until_ten_minutes_have_passed_without(newcomers, minute):
    assert besieged(newcomers, MINUTE) == minute


@given(st.dictionaries(st.integers(MINUTE - 60, MINUTE), st.integers(0, 13)))
def test_few_newcomers_are_never_an_attack(newcomers):
    assert besieged(newcomers, MINUTE) is None
