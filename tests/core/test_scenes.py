from dataclasses import replace

import msgspec
import pytest

from wall.core.scenes import (
    MOST_SCENES,
    USUAL,
    Direction,
    Scene,
    SceneList,
    Show,
    added,
    changed,
    checked_list,
    checked_scene,
    one,
    placed,
    stamp,
    without,
)
from wall.errors import ChangedMeanwhile, InvalidInput, NotFound


def scene(id, **fields):
    return Scene(id=id, kind="wall", **fields)


def listed(ids):
    return SceneList(id="hall", name="Hall", scenes=tuple(map(scene, ids)))


def order(scenes):
    return "".join(one.id for one in scenes.scenes)


def test_what_a_screen_usually_runs_can_be_kept():
    assert checked_list(USUAL) == USUAL


@pytest.mark.parametrize(
    "fields", [{"seconds": 2}, {"seconds": 3601}, {"transition": "spin"}, {"priority": 3}], ids=str
)
def test_a_scene_that_cannot_be_shown_is_refused_naming_the_field(fields):
    with pytest.raises(InvalidInput) as refused:
        checked_scene(scene("a", **fields))

    assert refused.value.field == next(iter(fields))


def test_a_list_is_called_by_a_name_in_one_line():
    assert checked_list(replace(listed("a"), name=" Main\n hall ")).name == "Main hall"


@pytest.mark.parametrize("name", ["", " \n", "\u202e"])
def test_a_list_without_a_name_is_refused(name):
    with pytest.raises(InvalidInput) as refused:
        checked_list(replace(listed("a"), name=name))

    assert refused.value.field == "name"


def test_a_list_has_only_so_many_scenes_each_with_an_id_of_its_own():
    with pytest.raises(InvalidInput, match=str(MOST_SCENES)):
        checked_list(listed(map(str, range(MOST_SCENES + 1))))
    with pytest.raises(InvalidInput, match="same id"):
        checked_list(listed("aa"))


@pytest.mark.parametrize(
    ("id", "before", "after"),
    [("a", None, "bca"), ("c", "a", "cab"), ("b", "c", "abc"), ("b", "gone", "abc"), ("b", "b", "abc")],
)
def test_a_scene_is_put_before_another_or_at_the_end(id, before, after):
    assert order(placed(listed("abc"), id, before=before)) == after


def test_a_scene_is_added_at_the_end_and_taken_out():
    assert order(added(listed("ab"), scene("c"))) == "abc"
    assert order(without(listed("abc"), "b")) == "ac"
    assert order(without(listed("abc"), "gone")) == "abc"


def test_a_scene_that_somebody_took_out_cannot_be_moved_or_read():
    with pytest.raises(NotFound):
        placed(listed("abc"), "gone", before=None)
    with pytest.raises(NotFound):
        one(listed("abc"), "gone")


def test_who_changes_what_another_changed_meanwhile_is_told():
    seen = stamp(scene("b"))
    first = changed(listed("abc"), scene("b", seconds=30), seen=seen)

    with pytest.raises(ChangedMeanwhile):
        changed(first, scene("b", seconds=40), seen=seen)

    assert one(first, "b").seconds == 30
    assert order(first) == "abc"


@pytest.mark.parametrize(
    "value", [listed("abc"), Direction(), Direction(show=Show(post="p"), held=True, turn=-2, by="mia")], ids=str
)
def test_scenes_and_directions_are_kept_as_json(value):
    assert msgspec.json.decode(msgspec.json.encode(value), type=type(value)) == value


def test_what_an_older_program_kept_is_read():
    assert msgspec.json.decode(b'{"id":"a","kind":"wall","later":1}', type=Scene) == scene("a")
