"""The end of a delay, by itself or by somebody."""

from datetime import timedelta

from tests.cast import NOW, a_post
from wall.core.delay import release, stop
from wall.core.moderation import Standing, Status, public_update

LATER = NOW + timedelta(seconds=30)


def delayed():
    return Standing(post=a_post(), status=Status.WAITING, due=LATER)


def test_a_post_whose_time_has_come_is_on_the_wall_and_no_person_decided_it():
    after = release(delayed(), LATER)

    assert (after.status, after.approved_at, after.due, after.by_rule) == (Status.APPROVED, LATER, None, True)
    assert public_update(delayed(), after) == "posted"


def test_a_post_that_is_stopped_waits_and_says_why():
    after = stop(delayed(), "The mode changed.")

    assert (after.status, after.due, after.reason) == (Status.WAITING, None, "The mode changed.")
    assert public_update(delayed(), after) is None
