import json

import pytest

from tests.cast import a_post
from tests.dress_rehearsal.exported import export
from wall.dress_rehearsal.plan import Plan, checked
from wall.dress_rehearsal.recording import RAID_POSTS, arrivals, day, is_raid, played
from wall.errors import ConfigError
from wall.sources.replay import parse_line


def posts(lines):
    return [line for line in lines if line["op"] == "post"]


def test_an_invented_day_is_cut_to_its_busiest_stretch():
    lines = day(None)

    short = played(lines, Plan(minutes=1, speed=60))

    assert all(0 <= line["at"] < 3600 for line in short)
    assert len(posts(short)) > 2 * len(posts(lines)) * 3600 / lines[-1]["at"]
    assert all("#rehearsal" in line["text"].lower() for line in posts(short))


def test_every_line_can_be_replayed():
    for line in played(day(None), Plan(minutes=1, speed=60, raid=True)):
        parse_line(json.dumps(line))


def test_nothing_is_changed_before_it_is_there():
    there = set()
    for line in played(day(None), Plan(minutes=2, speed=300)):
        if line["op"] == "post":
            there.add(line["id"])
        assert line["id"] in there


def test_a_raid_comes_in_the_midst_and_is_known():
    plan = Plan(minutes=1, speed=10, raid=True)

    raid = [line for line in played(day(None), plan) if is_raid(f"replay:{line['id']}")]

    assert len(raid) == RAID_POSTS
    assert all(300 <= line["at"] < 400 for line in raid)


def test_times_alone_are_a_day_and_what_was_passed_on_is_left_out(tmp_path):
    seconds = [{"t": 5.0, "author": "u1", "kind": "post"}, {"t": 6.0, "author": "u2", "kind": "boost"}]
    (tmp_path / "day.jsonl").write_text("".join(json.dumps(line) + "\n" for line in seconds))
    (tmp_path / "day.txt").write_text("0\n1500\n")

    assert [(line["at"], line["author"]["id"]) for line in arrivals(tmp_path / "day.jsonl")] == [(5.0, "guest:u1")]
    assert [line["at"] for line in arrivals(tmp_path / "day.txt")] == [0.0, 1.5]


async def test_an_export_is_a_day(store, event, tmp_path):
    await export(store, event, [a_post("Hello #PyConEx"), a_post("Again #PyConEx")], tmp_path / "day.zip")

    lines = played(day(tmp_path / "day.zip"), Plan(minutes=1))

    assert sorted(line["text"] for line in lines) == ["Again #PyConEx #rehearsal", "Hello #PyConEx #rehearsal"]


@pytest.mark.parametrize("name", ["none.txt", "words.txt", "words.zip", "empty.txt"])
def test_what_is_no_day_is_refused_in_a_sentence(tmp_path, name):
    (tmp_path / "words.txt").write_text("what is this\n")
    (tmp_path / "words.zip").write_text("what is this\n")
    (tmp_path / "empty.txt").write_text("")

    with pytest.raises(ConfigError, match=name):
        day(tmp_path / name)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"minutes": 0}, "up to 240 minutes"),
        ({"speed": 5000}, "1000 times as fast"),
        ({"viewers": 100_000}, "1 to 5,000 viewers"),
        ({"faults": ("kill-web",)}, "--break-this-wall"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(changed, words):
    with pytest.raises(ConfigError, match=words):
        checked(Plan(**changed), consent=False)


def test_with_consent_the_wall_may_be_broken_and_viewers_may_be_cut_without():
    assert checked(Plan(faults=("kill-web",)), consent=True).faults == ("kill-web",)
    assert checked(Plan(faults=("cut",)), consent=False).faults == ("cut",)


def test_faults_are_spread_with_quiet_at_both_ends():
    times = [at for at, _ in Plan(minutes=10, faults=("cut", "cut", "cut")).fault_times()]

    assert times == sorted(times)
    assert times[0] >= 0.2 * 600
    assert times[-1] <= 0.8 * 600
