from dataclasses import replace

import pytest

from wall.core.post import Picture
from wall.core.sponsors import MOST, Sponsor, Sponsors
from wall.errors import InvalidInput, NotFound


def sponsor(name, tier="", **fields):
    return Sponsor(id=name.lower(), name=name, tier=tier, **fields)


def sponsors(*names):
    found = Sponsors()
    for name, tier in names:
        found = found.added(sponsor(name, tier))
    return found


ALL = sponsors(("Halyard", "Gold"), ("Lantern", "Silver"), ("Birch", "Gold"))


def test_tiers_stand_in_the_order_of_their_first_sponsors():
    assert {tier: [one.name for one in all] for tier, all in ALL.tiers.items()} == {
        "Gold": ["Halyard", "Birch"], "Silver": ["Lantern"],
    }  # fmt: skip


def test_one_is_moved_up_and_the_first_stays():
    raised = ALL.raised("birch")

    assert [one.name for one in raised.all] == ["Halyard", "Birch", "Lantern"]
    assert raised.raised("halyard") == raised


def test_one_is_changed_in_its_place_and_tidied():
    changed = ALL.changed(replace(ALL.one("lantern"), name=" Lanterns ", tier="Gold"))

    assert [(one.id, one.name, one.tier) for one in changed.all][1] == ("lantern", "Lanterns", "Gold")
    assert [one.name for one in changed.all] == ["Halyard", "Lanterns", "Birch"]


def test_one_is_not_changed_to_no_name_nor_when_it_is_gone():
    with pytest.raises(InvalidInput):
        ALL.changed(replace(ALL.one("lantern"), name=" "))
    with pytest.raises(NotFound):
        ALL.changed(sponsor("gone"))


def test_one_is_taken_out_and_again_is_as_good():
    assert [one.name for one in ALL.without("lantern").without("lantern").all] == ["Halyard", "Birch"]


def test_one_that_is_gone_cannot_be_moved():
    with pytest.raises(NotFound):
        ALL.raised("gone")


def test_a_name_is_needed_and_tidied():
    assert Sponsors().added(sponsor(" A\u202e  B ")).all[0].name == "A B"
    with pytest.raises(InvalidInput) as refused:
        Sponsors().added(sponsor("\u200b "))
    assert refused.value.field == "name"


def test_there_is_a_most():
    full = sponsors(*((f"S{number}", "") for number in range(MOST)))

    with pytest.raises(InvalidInput):
        full.added(sponsor("One more"))


@pytest.mark.parametrize(("every", "seconds", "field"), [(-1, 10, "every"), (201, 10, "every"), (5, 4, "seconds")])
def test_a_pace_that_cannot_be_kept_is_refused(every, seconds, field):
    with pytest.raises(InvalidInput) as refused:
        ALL.paced(every, seconds)

    assert refused.value.field == field


def test_a_pace_is_kept_and_pictures_are_known():
    with_logo = ALL.paced(0, 60).added(sponsor("Pellicle", logo=Picture("pic", 10, 10)))

    assert (with_logo.every, with_logo.seconds, with_logo.pictures) == (0, 60, {"pic"})
