from datetime import timedelta

import pytest

from tests.cast import NOW
from wall.core.programme import Session, Speaking
from wall.core.stage import MOST_MESSAGES, Stage, StageMessage
from wall.errors import InvalidInput, NotFound


def a_message(id="m1"):
    return StageMessage(id=id, text="5 minutes", by_name="Mia", at=NOW)


def test_a_message_sent_twice_is_there_once():
    stage = Stage().told(a_message())

    assert stage.told(a_message()) == stage


def test_the_newest_message_is_first_and_the_oldest_makes_room():
    stage = Stage()

    for number in range(MOST_MESSAGES + 1):
        stage = stage.told(a_message(f"m{number}"))

    assert [one.id for one in stage.messages] == ["m4", "m3", "m2", "m1"]


def test_a_message_is_seen_the_first_time_it_was_painted():
    stage = Stage().told(a_message()).seen(("m1",), at=NOW)

    again = stage.seen(("m1", "m9"), at=NOW + timedelta(minutes=1))

    assert stage.messages[0].seen_at == NOW
    assert again == stage


def test_a_message_can_be_taken_away_once():
    stage = Stage().told(a_message()).without("m1")

    assert stage.messages == ()
    with pytest.raises(NotFound):
        stage.without("m1")


def test_a_session_ends_when_the_desk_says_or_at_no_told_time():
    at = NOW + timedelta(minutes=20)

    stage = Stage().ending(at, now=NOW)

    assert stage.ends_at == at
    assert stage.ending(at, now=NOW) == stage
    assert stage.ending(None, now=NOW).ends_at is None


@pytest.mark.parametrize("hours", [-13, 13])
def test_a_session_that_ends_on_another_day_is_a_slip(hours):
    with pytest.raises(InvalidInput):
        Stage().ending(NOW + timedelta(hours=hours), now=NOW)


def theirs(starts, ends):
    """The time of a session that begins and ends so many minutes from now."""
    begins, ends_at = NOW + timedelta(minutes=starts), NOW + timedelta(minutes=ends)
    return Speaking(session=Session(id="s", title="Maps", starts=begins), ends_at=ends_at)


class TestUntilWhenTheySpeak:
    STAGE = Stage(ends_at=NOW + timedelta(minutes=5))

    def until(self, session, *, now=0, stage=STAGE):
        at = stage.until(session, NOW + timedelta(minutes=now))
        return at and (at - NOW) / timedelta(minutes=1)

    def test_is_said_by_the_programme_unless_the_desk_says_so(self):
        assert self.until(theirs(-30, 15), stage=Stage()) == 15
        assert self.until(theirs(-30, 15)) == 5
        assert self.until(None) == 5
        assert self.until(None, stage=Stage()) is None

    def test_is_said_by_the_desk_of_one_session_and_not_of_those_after_it(self):
        assert self.until(theirs(-30, 3), now=6) == 5
        assert self.until(theirs(4, 30), now=6) == 5
        assert self.until(theirs(5, 30), now=6) == 30

    def test_is_no_longer_said_by_a_desk_whose_word_is_over_for_long(self):
        assert self.until(None, now=24) == 5
        assert self.until(None, now=25) is None


def test_every_change_makes_a_new_version():
    stage = Stage().told(a_message()).seen(("m1",), at=NOW).ending(NOW, now=NOW).without("m1")

    assert stage.version == 4
