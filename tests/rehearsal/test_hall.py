from datetime import timedelta

import pytest

from tests.cast import NOW
from wall.core.options import restored
from wall.core.scenes import checked_list
from wall.rehearsal.hall import clock, lists, sessions, sponsors
from wall.rehearsal.programme import ROOM, programme
from wall.web.scenes import KINDS

DOORS = programme()[0].start


@pytest.mark.parametrize("scenes", lists(), ids=lambda scenes: scenes.id)
def test_the_lists_are_such_as_an_organiser_could_make(scenes):
    assert checked_list(scenes) == scenes
    assert {scene.kind for scene in scenes.scenes} <= KINDS.keys()
    for scene in scenes.scenes:
        assert restored(KINDS[scene.kind].options, scene.options) is not None


def test_the_lists_show_what_scenes_can_do():
    shown = {scene.kind for scenes in lists() for scene in scenes.scenes}

    assert shown >= {"wall", "questions", "trends", "programme", "numbers", "people", "join", "sponsors"}


def test_the_sponsors_are_those_of_the_conference():
    assert tuple(one.name for one in sponsors().all) == ROOM["sponsors"]
    assert list(sponsors().tiers) == ["Gold", "Silver"]


def test_the_programme_runs_as_fast_as_the_recording():
    reached = clock([0, 10, 20, 30], NOW, begin=10, speed=2, pause=100)

    assert [reached(DOORS + second) - NOW for second in (0, 10, 20, 40)] == [
        timedelta(seconds=seconds) for seconds in (-5, 0, 5, 15)
    ]


def test_where_nobody_writes_for_long_it_does_not_wait_either():
    reached = clock([0, 10_000, 10_010], NOW, begin=0, speed=1, pause=12)

    assert reached(DOORS + 5_000) - NOW == timedelta(seconds=12)
    assert reached(DOORS + 10_010) - NOW == timedelta(seconds=22)


def test_each_session_has_its_time_and_the_night_is_none():
    found = sessions(clock([], NOW, begin=0, speed=20, pause=10_000))

    opening = next(one for one in found if one.id == "opening")
    assert (opening.room, opening.ends - opening.starts) == ("Depot", timedelta(minutes=1))
    assert "night" not in {one.id for one in found}
    assert all(one.starts <= one.ends for one in found)
