from itertools import chain

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from wall.core.fanout import Audience, Turns
from wall.core.feed import Cursor


def at(offset, epoch="e"):
    return Cursor(epoch, offset)


def brought(audience, tip, *, size=2):
    """The places and chunks of the turns that bring everybody to the tip."""
    turns = []
    while audience.owed_at(tip):
        start, chunk = audience.take(size)
        audience.seat(chunk, tip)
        turns.append((start, sorted(chunk)))
    return turns


def seated(*viewers):
    audience = Audience()
    audience.seat(list(viewers), at(0))
    return audience


def test_turns_come_to_everybody_once_in_chunks():
    turns = brought(seated("a", "b", "c", "d", "e"), at(1))

    assert [(start, len(chunk)) for start, chunk in turns] == [(at(0), 2), (at(0), 2), (at(0), 1)]
    assert sorted(chain(*(chunk for _, chunk in turns))) == ["a", "b", "c", "d", "e"]


def test_where_everybody_is_at_the_tip_nobody_is_owed_anything():
    assert not Audience().owed_at(at(1))
    assert not seated("a").owed_at(at(0))


def test_those_whose_turn_has_not_come_are_brought_to_where_the_tip_is_by_then():
    audience = seated("a", "b", "c")
    _, chunk = audience.take(1)
    audience.seat(chunk, at(1))

    assert brought(audience, at(3), size=9) == [(at(0), ["a", "b"]), (at(1), ["c"])]


def test_who_comes_meanwhile_waits_until_those_further_behind_were_served():
    audience = seated("a", "b")

    audience.seat(["late"], at(1))

    assert brought(audience, at(2), size=9) == [(at(0), ["a", "b"]), (at(1), ["late"])]


def test_who_is_brought_only_part_of_the_way_comes_before_those_further_on():
    audience = seated("a")
    audience.seat(["b"], at(9))
    _, chunk = audience.take(1)

    audience.seat(chunk, at(5))

    assert brought(audience, at(10), size=9) == [(at(5), ["a"]), (at(9), ["b"])]


def test_those_of_another_history_come_first():
    audience = seated("a")

    audience.seat(["b"], at(0, "new"))

    assert brought(audience, at(1, "new"), size=9) == [(at(0), ["a"]), (at(0, "new"), ["b"])]


def test_a_beat_is_owed_to_all_who_hear_nothing_else():
    audience = seated("a", "b", "c")
    audience.beat()
    start, chunk = audience.take(2)
    audience.seat(chunk, at(0))

    assert start == at(0)
    assert brought(audience, at(1), size=9) == [(at(0), ["a"]), (at(0), ["b", "c"])]
    assert not audience.owed_at(at(1))


def test_those_who_are_at_one_place_again_are_one_cohort_again():
    audience = seated("a", "b", "c", "d")
    for tip in (1, 2, 3):
        _, chunk = audience.take(1)
        audience.seat(chunk, at(tip))

    brought(audience, at(4))

    assert len(audience.cohorts) == 1


def test_who_left_is_not_written_to():
    audience = seated("a", "b", "c")

    audience.leave("b")

    assert len(audience) == 2
    assert sorted(audience.everyone()) == ["a", "c"]
    assert brought(audience, at(1), size=9) == [(at(0), ["a", "c"])]


def test_who_lags_is_left_out_until_it_has_taken_what_it_was_sent():
    audience = seated("a", "b")
    audience.leave("b")
    audience.lag("c", at(1), now=10.0)

    assert brought(audience, at(2)) == [(at(0), ["a"])]
    assert sorted(audience.everyone()) == ["a", "c"]
    assert audience.caught("c") == at(1)
    assert audience.caught("c") is None


@pytest.mark.parametrize(("now", "overdue"), [(15.0, []), (20.0, []), (20.1, ["b"])])
def test_who_takes_nothing_for_too_long_is_overdue(now, overdue):
    audience = seated("a")
    audience.lag("b", at(1), now=10.0)

    assert audience.overdue(now=now, patience=10.0) == overdue


def test_screens_have_their_turn_before_all_viewers():
    turns = Turns()
    turns.add("viewers of a", first=False)
    turns.add("viewers of b", first=False)
    turns.add("screen", first=True)
    turns.add("viewers of a", first=False)

    assert [turns.next() for _ in range(4)] == ["screen", "viewers of a", "viewers of b", None]
    assert not turns


class EveryViewerGetsEachUpdateOnce(RuleBasedStateMachine):
    """A feed of numbers, turns that may go part of the way, and viewers that come, lag, catch up and go."""

    def __init__(self):
        super().__init__()
        self.audience = Audience()
        self.tip = 0
        self.has = {}
        self.began = {}
        self.heard = {}
        self.beats = 0
        self.held = set()
        self.number = 0

    def bring(self, viewer, start, end):
        """Give a viewer the updates between, as a write would; whether it took them all at once."""
        self.has[viewer] += range(start + 1, end + 1)
        self.heard[viewer] = self.beats
        return viewer not in self.held

    def place(self, viewer, start):
        if self.bring(viewer, start, self.tip):
            self.audience.seat([viewer], at(self.tip))
        else:
            self.audience.lag(viewer, at(self.tip), now=0.0)

    @rule()
    def publish(self):
        self.tip += 1

    @rule()
    def beat(self):
        self.audience.beat()
        self.beats += 1

    @rule(data=st.data())
    def come(self, data):
        start = data.draw(st.integers(0, self.tip))
        viewer, self.number = self.number, self.number + 1
        self.has[viewer], self.began[viewer] = [], start
        self.place(viewer, start)

    @precondition(lambda self: self.audience.owed_at(at(self.tip)))
    @rule(size=st.integers(1, 3), data=st.data())
    def turn(self, size, data):
        start, chunk = self.audience.take(size)
        self.write(chunk, start.offset, data.draw(st.integers(min(start.offset + 1, self.tip), self.tip)))

    def write(self, chunk, start, end):
        taken = [viewer for viewer in chunk if self.bring(viewer, start, end)]
        for viewer in set(chunk) - set(taken):
            self.audience.lag(viewer, at(end), now=0.0)
        self.audience.seat(taken, at(end))

    @precondition(lambda self: self.has)
    @rule(data=st.data())
    def stop_reading(self, data):
        self.held.add(data.draw(st.sampled_from(sorted(self.has))))

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def read_on(self, data):
        self.catch_up(data.draw(st.sampled_from(sorted(self.held))))

    def catch_up(self, viewer):
        self.held.discard(viewer)
        if cursor := self.audience.caught(viewer):
            self.place(viewer, cursor.offset)

    @precondition(lambda self: self.has)
    @rule(data=st.data())
    def go(self, data):
        viewer = data.draw(st.sampled_from(sorted(self.has)))
        self.audience.leave(viewer)
        self.held.discard(viewer)
        del self.has[viewer]

    @invariant()
    def nobody_is_lost_or_listed_twice(self):
        assert sorted(self.audience.everyone()) == sorted(self.has)
        assert len(self.audience) == len(self.has)

    @invariant()
    def those_furthest_behind_come_first(self):
        offsets = [cohort.cursor.offset for cohort in self.audience.cohorts]
        assert offsets == sorted(offsets)

    @invariant()
    def updates_come_in_order_without_hole_or_repeat(self):
        for viewer, updates in self.has.items():
            start = self.began[viewer]
            assert updates == list(range(start + 1, start + 1 + len(updates)))

    def teardown(self):
        for viewer in list(self.held):
            self.catch_up(viewer)
        while self.audience.owed_at(at(self.tip)):
            start, chunk = self.audience.take(3)
            self.write(chunk, start.offset, self.tip)
        for viewer, updates in self.has.items():
            assert updates == list(range(self.began[viewer] + 1, self.tip + 1))
            assert self.heard[viewer] == self.beats


TestEveryViewerGetsEachUpdateOnce = EveryViewerGetsEachUpdateOnce.TestCase
TestEveryViewerGetsEachUpdateOnce.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
