from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from tests.cast import NOW
from wall.core.remote import CALL_LASTS, SPREAD_SECONDS, Press, fresh, in_words, shown, told
from wall.core.scenes import Direction, Show

ids = count(1)
JOIN = Show(scene="join", seconds=30)


def a_press(kind, *, after=0, **fields):
    id = fields.pop("id", f"press-{next(ids)}")
    at = NOW + timedelta(seconds=after)
    return Press(id=id, kind=kind, at=at, by="mia", by_name="Mia", **fields)


def after(*presses):
    direction = Direction()
    for press in presses:
        direction = told(direction, press)
    return direction


def test_what_is_told_says_who_pressed_what_and_since_when():
    direction = after(a_press("hold", id="press-a"))

    assert direction == Direction(held=True, since=NOW, by="mia", by_name="Mia", id="press-a")


def test_the_same_press_again_changes_nothing():
    press, call = a_press("turn", turns=1), a_press("identify")

    assert after(press, press).turn == 1
    assert told(after(call, a_press("hold")), call).calls[0].id == call.id


def test_turns_are_counted_whoever_presses():
    assert after(a_press("turn", turns=3), a_press("turn", turns=-1), a_press("turn", turns=1)).turn == 3


@pytest.mark.parametrize("press", [a_press("show", show=JOIN), a_press("turn", turns=1)], ids=["show", "turn"])
def test_what_is_to_be_shown_ends_blank_and_frozen_but_not_held(press):
    direction = after(a_press("blank"), a_press("freeze"), a_press("hold"), press)

    assert (direction.blank, direction.frozen, direction.held) == (False, False, True)


def test_next_ends_what_was_shown_out_of_turn():
    assert after(a_press("show", show=JOIN), a_press("turn", turns=1)).show is None


def test_what_is_shown_out_of_turn_lasts_as_long_as_its_scene():
    direction = after(a_press("show", show=JOIN), a_press("freeze", after=20))

    assert shown(direction, NOW + timedelta(seconds=29)) == replace(JOIN, at=NOW)
    assert shown(direction, NOW + timedelta(seconds=30)) is None


def test_what_is_over_does_not_come_back_by_being_held():
    assert after(a_press("show", show=JOIN), a_press("hold", after=31)).show is None


def test_what_is_held_stays_until_somebody_says_to_go_on():
    held = after(a_press("show", show=JOIN), a_press("hold", after=10))

    assert shown(held, NOW + timedelta(hours=5)) == replace(JOIN, at=NOW)
    assert told(held, a_press("go on", after=11)).show is None


@pytest.mark.parametrize(("on", "off", "field"), [("freeze", "thaw", "frozen"), ("blank", "light", "blank")])
def test_a_state_is_begun_and_ended(on, off, field):
    assert getattr(after(a_press(on)), field)
    assert not getattr(after(a_press(on), a_press(off)), field)


def test_back_to_normal_ends_everything_and_keeps_the_count_of_turns():
    call = a_press("identify")
    direction = after(
        a_press("turn", turns=4), a_press("hold"), a_press("blank"), call, a_press("normal", id="press-n")
    )

    assert (direction.turn, direction.id, direction.by_name) == (4, "press-n", "Mia")
    assert (direction.show, direction.held, direction.blank) == (None, False, False)
    assert [one.id for one in direction.calls] == [call.id]


def test_a_call_is_no_state_and_the_newest_of_each_kind_is_kept():
    hold = a_press("hold")
    direction = after(hold, a_press("identify"), a_press("reload"), a_press("identify", id="newest", after=1))

    assert (direction.id, direction.since) == (hold.id, NOW)
    assert [one.kind for one in fresh(direction, NOW)] == ["reload", "identify"]
    assert fresh(direction, NOW)[1].id == "newest"


def test_a_call_of_long_ago_is_done_by_nobody():
    assert fresh(after(a_press("reload")), NOW + CALL_LASTS) == ()


def test_several_screens_do_not_load_anew_in_the_same_second():
    assert after(a_press("reload", several=True)).calls[0].within == SPREAD_SECONDS
    assert after(a_press("reload")).calls[0].within == 0


@pytest.mark.parametrize(
    ("press", "words"),
    [
        (a_press("turn", turns=1), "next"),
        (a_press("turn", turns=-3), "back, 3 times"),
        (a_press("normal"), "back to normal"),
    ],
)
def test_a_press_in_words(press, words):
    assert in_words(press) == words
