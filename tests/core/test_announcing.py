from datetime import timedelta

import pytest

from tests.cast import NOW
from wall.core.announcing import PASSES, PLACES, announcement, holding
from wall.errors import InvalidInput

MINUTE = timedelta(minutes=1)


def announced(text="Lunch is served", **fields):
    fields = {
        "id": "a1",
        "starts": None,
        "until": None,
        "places": PLACES,
        "pinned": False,
        "by_name": "Mia",
    } | fields
    return announcement(text, now=NOW, **fields)


def test_an_announcement_holds_from_its_beginning_until_its_end():
    one = announced(starts=NOW + MINUTE, until=NOW + 2 * MINUTE)

    assert [one.holds(NOW + minutes * MINUTE) for minutes in range(4)] == [False, True, False, False]


def test_a_passing_one_ends_by_itself_and_a_pinned_one_does_not():
    assert announced().until == NOW + PASSES
    assert announced(pinned=True).until is None


def test_each_place_is_told_what_is_for_it_the_pinned_first_then_the_newest():
    old = announced("old", id="old", places=("live",))
    new = announced("new", id="new", starts=NOW + MINUTE)
    pinned = announced("pinned", id="pinned", pinned=True, places=("live",))

    found = {place: [one.id for one in holding([old, new, pinned], place, NOW + MINUTE)] for place in PLACES}

    assert found == {"screens": ["new"], "live": ["pinned", "new", "old"], "stage": ["new"]}


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("text", {"text": "\u200b"}),
        ("text", {"text": "a" * 281}),
        ("text", {"text": "a" * 20_001}),
        ("places", {"places": ()}),
        ("until", {"until": NOW}),
        ("until", {"starts": NOW + 2 * MINUTE, "until": NOW + MINUTE}),
        ("starts", {"starts": NOW + timedelta(days=61)}),
    ],
)
def test_what_cannot_be_announced_is_said_beside_its_field(field, wrong):
    with pytest.raises(InvalidInput) as refused:
        announced(**wrong)

    assert refused.value.field == field
