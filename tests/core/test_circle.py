from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import NOW
from tests.core.test_proposal import ANA, BEN, MEMBERS
from wall.core.circle import BROWSER_KEPT, Browser, CircleRule, check_leaving, check_removable, present
from wall.errors import InvalidInput


@pytest.mark.parametrize(
    ("quorum", "voters", "enough"), [(50, 3, 2), (50, 4, 2), (1, 10, 1), (100, 7, 7), (34, 3, 2)]
)
def test_a_quorum_is_rounded_up(quorum, voters, enough):
    assert CircleRule(quorum=quorum).enough(voters) == enough


def test_a_browser_is_good_for_half_a_year_after_the_last_visit():
    browser = Browser(member="a", words="Firefox", created_at=NOW, seen_at=NOW)

    assert browser.good(NOW + BROWSER_KEPT - timedelta(days=1))
    assert not browser.good(NOW + BROWSER_KEPT)


@pytest.mark.parametrize(
    ("member", "members"),
    [(replace(ANA, office=True), MEMBERS), (replace(ANA, left_at=NOW), MEMBERS), (ANA, [ANA, BEN])],
    ids=["an organiser", "gone already", "the last ones"],
)
def test_some_places_are_safe(member, members):
    with pytest.raises(InvalidInput):
        check_removable(member, members)


def test_an_organiser_does_not_leave_and_others_may():
    check_leaving(ANA)
    with pytest.raises(InvalidInput):
        check_leaving(replace(ANA, office=True))


def test_who_left_is_no_member():
    assert present([BEN, replace(ANA, left_at=NOW)]) == [BEN]
