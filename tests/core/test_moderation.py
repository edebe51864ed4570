"""What audiences are told of a change."""

from dataclasses import replace

from tests.cast import a_post
from wall.core.moderation import Standing, Status, public_update


def standing(status, **fields):
    return Standing(post=a_post(), status=status, **fields)


def test_a_change_nobody_can_see_is_told_to_nobody():
    before = standing(Status.APPROVED)

    assert public_update(before, replace(before, version=2)) is None
    assert public_update(None, standing(Status.WAITING)) is None
    assert public_update(None, standing(Status.APPROVED)) == "posted"
