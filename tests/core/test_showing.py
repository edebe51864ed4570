from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import NOW
from wall.core.feed import Cursor
from wall.core.people import Screen
from wall.core.showing import LATELY, Showing, seen_in, witnesses

HALL = Screen(id="hall", name="Main hall", created_at=NOW, seen_at=NOW)
WANTED, TIP = Cursor("Vq3k", 7), Cursor("Vq3k", 9)
LATER = NOW + timedelta(seconds=30)


def a_showing(cursor="Vq3k:7", *, device="beamer", **fields):
    return Showing(screen="hall", device=device, cursor=cursor, reached_at=NOW, seen_at=NOW, **fields)


@pytest.mark.parametrize(
    ("cursor", "painted"),
    [
        ("Vq3k:6", False),
        ("Vq3k:7", True),
        ("Vq3k:9", True),
        ("Old1:900", False),
        ("nonsense", False),
    ],
)
def test_a_screen_has_painted_what_its_cursor_says(cursor, painted):
    assert a_showing(cursor).painted(WANTED, TIP) is painted


def test_a_screen_of_the_present_history_has_painted_all_of_an_earlier_one():
    assert a_showing("Vq3k:1").painted(Cursor("Old1", 900), TIP)


def test_a_screen_that_is_behind_is_silent_since_it_spoke_last():
    (witness,) = witnesses([HALL], [a_showing("Vq3k:6")], WANTED, TIP, now=LATER)

    assert witness.painted_at is None
    assert witness.heard_at == NOW


def test_a_link_that_is_open_on_two_devices_has_confirmed_once_both_have():
    beamer = a_showing("Vq3k:8")
    laptop = replace(a_showing("Vq3k:6", device="laptop"), seen_at=NOW - timedelta(seconds=12))

    (behind,) = witnesses([HALL], [beamer, laptop], WANTED, TIP, now=LATER)
    (done,) = witnesses([HALL], [beamer, replace(laptop, cursor="Vq3k:7")], WANTED, TIP, now=LATER)

    assert (behind.painted_at, behind.heard_at) == (None, NOW - timedelta(seconds=12))
    assert done.painted_at == NOW


def test_a_link_that_was_taken_back_is_no_witness():
    assert witnesses([], [a_showing()], WANTED, TIP, now=LATER) == []


def test_a_screen_not_heard_of_for_long_is_no_witness():
    assert witnesses([HALL], [a_showing()], WANTED, TIP, now=NOW + LATELY) == []


def test_a_screen_that_was_closed_is_no_witness():
    assert witnesses([HALL], [a_showing("Vq3k:6", left=True)], WANTED, TIP, now=LATER) == []


def test_a_screen_that_was_opened_and_never_spoke_is_silent_since_then():
    (witness,) = witnesses([HALL], [], WANTED, TIP, now=LATER)

    assert (witness.painted_at, witness.heard_at) == (None, NOW)


def test_a_screen_that_was_never_opened_is_no_witness():
    assert witnesses([replace(HALL, seen_at=None)], [], WANTED, TIP, now=LATER) == []


def test_a_screen_that_was_opened_again_after_it_was_closed_is_a_witness():
    closed = a_showing("Vq3k:6", left=True)
    opened = replace(HALL, seen_at=NOW + timedelta(seconds=1))

    (witness,) = witnesses([opened], [closed], WANTED, TIP, now=LATER)

    assert witness.painted_at is None


class TestWhatAnAudienceSees:
    FOYER = Screen(id="foyer", name="Foyer", created_at=NOW - timedelta(days=1), room="Foyer")
    DEPOT = Screen(id="depot", name="Depot", created_at=NOW, room="Depot")
    SCREENS = (FOYER, HALL, DEPOT)

    def name(self, room, *ids, now=NOW, **fields):
        showings = [replace(a_showing(**fields), screen=id) for id in ids]
        found = seen_in(room, self.SCREENS, showings, now=now)
        return found and found[0].name

    def test_is_on_the_screen_of_its_room(self):
        assert self.name("depot", "foyer", "hall", "depot") == "Depot"

    def test_may_be_on_one_of_which_nobody_said_where_it_stands_and_on_no_other(self):
        assert self.name("Depot", "foyer", "hall") == "Main hall"
        assert self.name("Depot", "foyer") is None

    def test_is_anywhere_for_no_room(self):
        assert self.name("", "foyer", "depot") == "Foyer"
        assert self.name("", "foyer", "hall") == "Main hall"

    def test_is_unknown_while_no_screen_speaks(self):
        assert self.name("Depot") is None
        assert self.name("Depot", "depot", now=LATER) is None
        assert self.name("Depot", "depot", left=True) is None
