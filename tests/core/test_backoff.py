from random import Random

from wall.core.backoff import delay


def test_the_wait_grows_with_each_failure_and_never_past_its_bound():
    random = Random(1).random

    waits = [max(delay(failures, random, longest=8.0) for _ in range(300)) for failures in range(10)]

    assert waits[0] <= 0.25 < waits[2] < waits[4] <= 4.0
    assert 7.0 < max(waits) <= 8.0


def test_the_wait_is_drawn_anew_each_time():
    random = Random(1).random

    assert len({delay(5, random, longest=60.0) for _ in range(20)}) == 20
