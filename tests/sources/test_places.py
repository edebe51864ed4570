import pytest

from wall.errors import SourceError
from wall.sources.base import Health
from wall.sources.places import Places, wait_seconds

DOWN = SourceError("a.example cannot be reached.")
REFUSED = SourceError("b.example does not let us in.", permanent=True)


def test_all_well_is_healthy_and_told_once():
    places = Places(["a.example", "b.example"])

    assert places.went_well("a.example") == [Health("healthy", "Reading a.example.")]
    assert places.went_well("b.example") == [Health("healthy", "Reading a.example and b.example.")]
    assert places.went_well("a.example") == []


def test_one_failing_is_degraded_until_it_is_back():
    places = Places(["a.example", "b.example"])
    places.went_well("b.example")

    assert places.went_wrong("a.example", DOWN) == [
        Health("degraded", "a.example cannot be reached. Still there: b.example.")
    ]
    assert places.went_wrong("a.example", DOWN) == []
    assert places.went_well("a.example")[0].state == "healthy"


def test_all_failing_is_failing():
    places = Places(["a.example"])

    assert places.went_wrong("a.example", DOWN) == [Health("failing", "a.example cannot be reached.")]


def test_all_refusing_for_good_ends_it():
    places = Places(["a.example", "b.example"])
    places.went_wrong("b.example", REFUSED)
    places.went_wrong("a.example", DOWN)

    with pytest.raises(SourceError, match="does not let us in") as error:
        places.went_wrong("a.example", REFUSED)

    assert error.value.permanent


def test_waiting_grows_up_to_a_minute_and_heeds_what_was_asked_for():
    assert 0 <= wait_seconds(1) <= 2
    assert 0 <= wait_seconds(10_000) <= 60
    assert wait_seconds(1, SourceError("Later.", retry_after=300)) == 300


def test_a_place_that_keeps_something_from_us_is_degraded_not_failing():
    places = Places(["a.example"])

    assert places.fell_short("a.example", "It shows half.") == [
        Health("degraded", "Reading a.example.", ("It shows half.",))
    ]
    assert places.fell_short("a.example", "It shows half.") == []
    assert places.went_well("a.example") == [Health("healthy", "Reading a.example.")]


def test_what_a_place_keeps_from_us_is_told_beside_another_s_trouble():
    places = Places(["a.example", "b.example", "c.example"])
    places.fell_short("a.example", "It shows half.")

    (health,) = places.went_wrong("b.example", SourceError("It is away."))

    assert health == Health("degraded", "It is away. Still there: a.example and c.example.", ("It shows half.",))


def test_trouble_of_a_place_is_told_rather_than_what_it_kept_from_us():
    places = Places(["a.example"])
    places.fell_short("a.example", "It shows half.")

    assert places.went_wrong("a.example", SourceError("It is away.")) == [Health("failing", "It is away.")]
