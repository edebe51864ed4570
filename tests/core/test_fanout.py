from itertools import chain

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from wall.core.fanout import Audience, Owed, Turns, owed
from wall.core.feed import Cursor


def at(offset, epoch="e"):
    return Cursor(epoch, offset)


@pytest.mark.parametrize(
    ("cursor", "position", "tip", "due"),
    [
        (None, at(5), at(7), Owed.NOTHING),
        (at(5), at(5), at(7), Owed.NOTHING),
        (at(3), at(5), at(7), Owed.UPDATES),
        (at(6), at(5), at(7), Owed.AHEAD),
        (at(7), at(5), at(7), Owed.AHEAD),
        (at(8), at(5), at(7), Owed.RESYNC),
        (at(5, "other"), at(5), at(7), Owed.RESYNC),
        (at(0), at(120), at(120), Owed.RESYNC),
        (at(2, "new"), at(5, "old"), at(2, "new"), Owed.AHEAD),
    ],
)
def test_what_a_viewer_is_owed_when_it_comes(cursor, position, tip, due):
    assert owed(cursor, position, tip, kept=100) is due


def swept(audience, target, *, size=2):
    """The chunks of one sweep."""
    audience.begin(target)
    chunks = []
    while audience.sweeping:
        chunk = audience.chunk(size)
        audience.written(chunk, [], now=0.0)
        chunks.append(chunk)
    return chunks


def seated(*viewers):
    audience = Audience(at(0))
    for viewer in viewers:
        audience.seat(viewer)
    return audience


def test_a_sweep_comes_to_everybody_once_in_chunks():
    chunks = swept(seated("a", "b", "c", "d", "e"), at(1))

    assert [len(chunk) for chunk in chunks] == [2, 2, 1]
    assert sorted(chain(*chunks)) == ["a", "b", "c", "d", "e"]


def test_a_sweep_over_nobody_is_over_at_once():
    assert swept(Audience(at(0)), at(1)) == [[]]


def test_who_comes_during_a_sweep_is_not_in_it():
    audience = seated("a", "b", "c")
    audience.begin(at(1))
    audience.written(audience.chunk(2), [], now=0.0)

    audience.seat("late")

    assert "late" not in audience.chunk(9)


def test_who_left_is_not_written_to():
    audience = seated("a", "b", "c")

    audience.leave("b")

    assert len(audience) == 2
    assert sorted(chain(*swept(audience, at(1)))) == ["a", "c"]


def test_who_is_ahead_is_caught_up_by_itself_at_the_next_sweep():
    audience = seated("a")
    audience.seat_ahead("b", at(2))

    assert audience.begin(at(3)) == [("b", at(2))]
    assert audience.chunk(9) == ["a"]


def test_who_is_ahead_of_a_sweep_waits_for_a_longer_one():
    audience = Audience(at(0))
    audience.seat_ahead("b", at(5))

    assert audience.begin(at(3)) == []
    audience.written(audience.chunk(9), [], now=0.0)
    assert audience.begin(at(5)) == [("b", at(5))]


def test_who_lags_is_left_out_until_it_has_taken_what_it_was_sent():
    audience = seated("a", "b")
    audience.begin(at(1))
    audience.written(audience.chunk(9), ["b"], now=10.0)

    assert swept(audience, at(2)) == [["a"]]
    assert audience.caught("b") == at(1)
    assert audience.caught("b") is None


@pytest.mark.parametrize(("now", "overdue"), [(15.0, []), (20.0, []), (20.1, ["b"])])
def test_who_takes_nothing_for_too_long_is_overdue(now, overdue):
    audience = seated("a", "b")
    audience.begin(at(1))
    audience.written(audience.chunk(9), ["b"], now=10.0)

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
    """A feed of numbers, a sweep that may stop anywhere, and viewers that come, lag, catch up and go."""

    def __init__(self):
        super().__init__()
        self.audience = Audience(at(0))
        self.tip = 0
        self.has = {}
        self.began = {}
        self.held = set()
        self.number = 0

    def bring(self, viewer, start, end):
        """Give a viewer the updates between, as a write would; whether it took them all at once."""
        self.has[viewer] += range(start + 1, end + 1)
        return viewer not in self.held

    def place(self, viewer, cursor):
        if cursor == self.audience.position or self.bring(viewer, cursor.offset, self.audience.position.offset):
            self.audience.seat(viewer)
        else:
            self.audience.lag(viewer, now=0.0)

    @rule()
    def publish(self):
        self.tip += 1

    @rule(data=st.data())
    def come(self, data):
        start = data.draw(st.integers(0, self.tip))
        viewer, self.number = self.number, self.number + 1
        self.has[viewer], self.began[viewer] = [], start
        due = owed(at(start), self.audience.position, at(self.tip), kept=10_000)
        if due is Owed.AHEAD:
            self.audience.seat_ahead(viewer, at(start))
        else:
            self.place(viewer, at(start))

    @precondition(lambda self: not self.audience.sweeping and self.audience.position.offset < self.tip)
    @rule(data=st.data())
    def begin(self, data):
        self.sweep_to(data.draw(st.integers(self.audience.position.offset + 1, self.tip)))

    def sweep_to(self, target):
        for viewer, cursor in self.audience.begin(at(target)):
            self.place(viewer, cursor)

    @precondition(lambda self: self.audience.sweeping)
    @rule(size=st.integers(1, 3))
    def sweep(self, size):
        start, end = self.audience.origin.offset, self.audience.position.offset
        chunk = self.audience.chunk(size)
        late = [viewer for viewer in chunk if not self.bring(viewer, start, end)]
        self.audience.written(chunk, late, now=0.0)

    @precondition(lambda self: self.has)
    @rule(data=st.data())
    def stop_reading(self, data):
        self.held.add(data.draw(st.sampled_from(sorted(self.has))))

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def read_on(self, data):
        viewer = data.draw(st.sampled_from(sorted(self.held)))
        self.held.discard(viewer)
        if cursor := self.audience.caught(viewer):
            self.place(viewer, cursor)

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
    def updates_come_in_order_without_hole_or_repeat(self):
        for viewer, updates in self.has.items():
            start = self.began[viewer]
            assert updates == list(range(start + 1, start + 1 + len(updates)))

    def teardown(self):
        for viewer in list(self.held):
            self.held.discard(viewer)
            if cursor := self.audience.caught(viewer):
                self.place(viewer, cursor)
        while self.audience.sweeping:
            self.sweep(3)
        if self.audience.position.offset < self.tip:
            self.sweep_to(self.tip)
            while self.audience.sweeping:
                self.sweep(3)
        for viewer, updates in self.has.items():
            assert updates == list(range(self.began[viewer] + 1, self.tip + 1))


TestEveryViewerGetsEachUpdateOnce = EveryViewerGetsEachUpdateOnce.TestCase
TestEveryViewerGetsEachUpdateOnce.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
