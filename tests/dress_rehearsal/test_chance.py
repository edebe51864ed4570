import json
from dataclasses import replace
from itertools import pairwise

import pytest

from wall.dress_rehearsal.chance import LEAST_GAP_SECONDS, drawn_faults
from wall.dress_rehearsal.measured import Measured
from wall.dress_rehearsal.outcome import outcome
from wall.dress_rehearsal.plan import FAULTS, FIRST_FAULT, LAST_FAULT, Plan
from wall.dress_rehearsal.told import as_json, as_text
from wall.errors import ConfigError

TWO_HOURS = Plan(minutes=120)


@pytest.mark.parametrize("seed", range(50))
@pytest.mark.parametrize("number", [1, 12, 67])
def test_random_faults_come_in_the_middle_and_never_close_together(seed, number):
    plan = drawn_faults(TWO_HOURS, number, seed=seed, consent=True)

    times = [at for at, _ in plan.fault_times()]
    assert len(times) == number
    assert FIRST_FAULT * plan.seconds <= times[0] <= times[-1] <= LAST_FAULT * plan.seconds
    assert all(later - earlier >= LEAST_GAP_SECONDS - 1e-6 for earlier, later in pairwise(times))


def test_a_seed_draws_the_same_again_and_another_seed_does_not():
    first = drawn_faults(TWO_HOURS, 12, seed=7, consent=True)

    assert drawn_faults(TWO_HOURS, 12, seed=7, consent=True) == first
    assert drawn_faults(TWO_HOURS, 12, seed=8, consent=True).fault_times() != first.fault_times()


def test_they_are_of_every_kind_where_the_wall_may_be_broken_and_cut_lines_elsewhere():
    assert set(drawn_faults(TWO_HOURS, 60, seed=1, consent=True).faults) == set(FAULTS)
    assert set(drawn_faults(TWO_HOURS, 60, seed=1, consent=False).faults) == {"cut"}


@pytest.mark.parametrize(("minutes", "number"), [(3, 3), (3, 0), (3, -1), (0.1, 2), (120, 68)])
def test_more_than_there_is_room_for_are_refused(minutes, number):
    with pytest.raises(ConfigError, match="have room for 1 to"):
        drawn_faults(replace(TWO_HOURS, minutes=minutes), number, seed=1, consent=True)


def test_faults_are_named_or_random():
    with pytest.raises(ConfigError, match="either named or random"):
        drawn_faults(replace(TWO_HOURS, faults=("cut",)), 1, seed=1, consent=True)


def test_the_report_tells_the_seed():
    told = outcome(drawn_faults(TWO_HOURS, 2, seed=4711, consent=True), Measured())
    named = outcome(TWO_HOURS, Measured())

    assert json.loads(as_json(told))["seed"] == 4711
    assert any("seed of the random faults" in line and "4711" in line for line in as_text(told))
    assert not any("seed" in line for line in as_text(named))
