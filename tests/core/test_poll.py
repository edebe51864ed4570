from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import NOW
from tests.polls import a_poll
from wall.core.poll import MOST_OPTIONS, checked, duplicate, edited, in_order, moved, unveiled
from wall.errors import ChangedMeanwhile, InvalidInput

OPEN = moved(a_poll(), "open", now=NOW)
CLOSED = moved(OPEN, "closed", now=NOW)


@pytest.mark.parametrize(
    ("poll", "seen_by"),
    [
        (a_poll(), set()),
        (OPEN, {"voter", "screen"}),
        (CLOSED, {"everybody", "voter", "screen"}),
        (replace(OPEN, hidden=True), set()),
        (replace(CLOSED, hidden=True), set()),
    ],
)
def test_results_are_hidden_until_voted_or_closed_and_while_somebody_hides_them(poll, seen_by):
    assert {eyes for eyes in ("everybody", "voter", "screen") if poll.shows_results(eyes)} == seen_by


def test_the_audience_knows_of_open_polls_and_of_closed_ones_whose_results_are_shown():
    polls = [a_poll(), OPEN, replace(OPEN, hidden=True), CLOSED, replace(CLOSED, hidden=True)]

    assert [poll.listed for poll in polls] == [False, True, True, True, False]


def test_a_poll_is_opened_closed_and_opened_again_each_with_a_version_of_its_own():
    again = moved(CLOSED, "open", now=NOW)

    assert [poll.version for poll in (a_poll(), OPEN, CLOSED, again)] == [1, 2, 3, 4]
    assert (CLOSED.closed_at, again.closed_at) == (NOW, None)


def test_closing_twice_changes_nothing():
    assert moved(CLOSED, "closed", now=NOW + timedelta(hours=1)) == CLOSED
    assert unveiled(OPEN, hidden=False) == OPEN


@pytest.mark.parametrize(("poll", "status"), [(a_poll(), "closed"), (OPEN, "draft"), (CLOSED, "draft")])
def test_no_poll_goes_back_to_a_draft_or_is_closed_before_it_was_open(poll, status):
    with pytest.raises(ChangedMeanwhile):
        moved(poll, status, now=NOW)


def test_what_is_asked_stays_once_a_poll_was_open():
    with pytest.raises(ChangedMeanwhile, match="Duplicate"):
        edited(OPEN, a_poll(question="Another?"), seen=2)


def test_a_draft_that_somebody_else_changed_is_not_written_over():
    with pytest.raises(ChangedMeanwhile):
        edited(replace(a_poll(), version=3), a_poll(question="Another?"), seen=2)


def test_an_edited_draft_keeps_its_id_and_gets_a_version():
    after = edited(a_poll(), a_poll(id="other", question="Another?"), seen=1)

    assert (after.id, after.question, after.version) == ("lunch", "Another?", 2)


def test_a_duplicate_is_a_draft_that_asks_the_same():
    again = duplicate(replace(CLOSED, hidden=True), id="new", now=NOW)

    assert (again.question, again.status, again.hidden, again.closed_at) == (CLOSED.question, "draft", False, None)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"question": " \u202e "}, "question"),
        ({"kind": "duel"}, "kind"),
        ({"options": ("One",)}, "options"),
        ({"options": tuple(map(str, range(MOST_OPTIONS + 1)))}, "options"),
        ({"options": ("Tea", "tea")}, "options"),
        ({"kind": "several", "most": 1}, "most"),
        ({"kind": "several", "most": 4}, "most"),
        ({"kind": "scale", "points": 1}, "points"),
        ({"kind": "scale", "points": 12}, "points"),
    ],
)
def test_a_poll_that_cannot_be_used_says_which_field(fields, field):
    with pytest.raises(InvalidInput) as refused:
        checked(a_poll(**fields))

    assert refused.value.field == field


def test_what_a_kind_does_not_ask_for_is_not_kept():
    scale = checked(a_poll(kind="scale", points=7, low=" Never\n", high="Always"))
    words = checked(a_poll(kind="words", low="Never"))

    assert (scale.options, scale.points, scale.low) == ((), 7, "Never")
    assert (words.options, words.low) == ((), "")
    assert checked(a_poll(options=(" Soup ", "", "Rice"))).options == ("Soup", "Rice")


def test_the_audience_meets_open_polls_first_each_the_newest_first():
    def at(id, poll, minutes):
        return replace(poll, id=id, opened_at=NOW + timedelta(minutes=minutes))

    polls = [at("closed", CLOSED, 9), at("early", OPEN, 1), at("late", OPEN, 2)]

    assert [poll.id for poll in in_order(polls)] == ["late", "early", "closed"]
