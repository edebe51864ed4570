"""What the viewers' benchmark makes of its runs: ratios, table, goals and sums."""

import pytest

from bench.goals import judged
from bench.results import CPU, FLOOR, Results, Run
from bench.scale import Inputs, sums

KEYS = ("cpu_us_per_deliv", "last_p50_ms", "hs_cpu_us", "hs_p99_ms", "rss_kb_per_conn")
NOTHING_LOST = dict.fromkeys(("missing", "timeouts", "dead", "fail"), 0.0)


def run(name, value, *, round=0, viewers=10_000, case="single", **others):
    return Run(name, viewers, case, round, dict.fromkeys(KEYS, value) | NOTHING_LOST | others)


def results(*runs):
    return Results("a machine", {FLOOR: "floor (C)", "ours": "ours"}, {}, list(runs))


def test_a_ratio_is_to_the_floor_of_the_same_round():
    measured = results(
        run(FLOOR, 10, round=0), run("ours", 12, round=0), run("ours", 30, round=1), run(FLOOR, 20, round=1)
    )

    assert measured.ratios("ours", 10_000, CPU) == [pytest.approx(1.2), pytest.approx(1.5)]


def test_a_round_whose_floor_failed_gives_no_ratio():
    measured = results(run(FLOOR, 10, round=0), run("ours", 12, round=0), run("ours", 30, round=1))

    assert measured.ratios("ours", 10_000, CPU) == [pytest.approx(1.2)]


def test_the_table_shows_ratios_with_their_spread_and_counts_what_was_lost():
    measured = results(
        run(FLOOR, 10),
        run(FLOOR, 10, round=1),
        run("ours", 11, missing=3.0),
        run("ours", 13, round=1),
    )

    *_, floor, ours = measured.table(10_000).splitlines()
    assert "10.0 µs" in floor
    assert "1.20 × (1.10–1.30)" in ours
    assert ours.rstrip("| ").endswith("3")


def test_what_was_saved_is_loaded_again(tmp_path):
    measured = results(run(FLOOR, 10), run("ours", 12))

    measured.save(tmp_path / "results.json")

    assert Results.load(tmp_path / "results.json") == measured


def test_a_goal_is_judged_where_it_was_measured_and_no_other():
    measured = results(run(FLOOR, 10), run("ours", 11))

    lines = judged(measured)

    assert "CPU a delivery, times the floor, at 10,000: 1.10 of at most 1.15, reached" in lines
    assert "last viewer of 10,000, times the floor, at 10,000: 1.10 of at most 1.2, reached" in lines
    assert not [line for line in lines if "nchan" in line or "bursts" in line]


def test_a_goal_that_is_not_reached_is_said_loudly():
    measured = results(run(FLOOR, 10), run("ours", 20))

    assert "CPU a delivery, times the floor, at 10,000: 2.00 of at most 1.15, MISSED" in judged(measured)


def test_the_sums_of_scale_come_from_what_was_measured():
    measured = results(
        run("ours", 10, mb=120_000 * 1000 / 2**20, posts=10.0), run("ours", 2, case="bursts"), run(FLOOR, 9)
    )

    inputs = Inputs.of(measured)

    assert inputs.frame == pytest.approx(1000)
    rows = {row[0]: row[2:] for row in sums(inputs)}
    assert rows["web processes"] == ["1", "5", "50"]
    assert rows["cores, for a post a second"] == ["0.10", "1.00", "10.00"]
    assert rows["Mbit/s, for a post a second"] == ["80", "800", "8,000"]
