import json
from dataclasses import replace

import pytest

from tests.cast import NOW
from wall.dress_rehearsal.measured import Measured, percentile
from wall.dress_rehearsal.outcome import outcome, shown
from wall.dress_rehearsal.plan import Plan
from wall.dress_rehearsal.told import as_json, as_page, as_text

PLAN = Plan(panic=True)


def good():
    return Measured(
        viewers=2, expected=10, taken_in=10, approved=10, seen_by_all=10,
        posted=[(float(at), 0.1) for at in range(50)], removed=[(5.0, 0.1)], confirmed=[(5.0, 0.02)],
        redis=[(5.0, 0.01)], curtains=[(9.0, 0.1), (9.0, 0.2)], memory={"web": 100_000_000},
    )  # fmt: skip


def test_where_everything_came_to_everybody_in_time_the_wall_is_ready():
    ended = outcome(PLAN, good())

    assert (ended.ready, ended.because) == (True, [])
    assert as_text(ended)[-1] == "Ready."


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"taken_in": 9}, "posts that were not taken in: 1"),
        ({"seen_by_all": 9}, "posts somebody did not see: 1"),
        ({"lost": 1}, "updates lost: 1"),
        ({"repeated": 2}, "updates repeated: 2"),
        ({"leaked": 1}, "shown without approval: 1"),
        ({"behind": 1}, "viewers left behind: 1"),
        ({"unconfirmed": 1}, "decisions never confirmed: 1"),
        ({"back": [2.0, 40.0]}, "until viewers are back: 40 s"),
        ({"posted": [(1.0, 3.0)]}, "from the decision to viewers, p99: 3,000 ms"),
        ({"removed": [(1.0, 1.5)]}, "from the removal to viewers, p99: 1,500 ms"),
        ({"confirmed": [(1.0, 1.5)]}, "decision confirmed, p99: 1,500 ms"),
        ({"redis": [(1.0, 0.5)]}, "Redis confirms a write, p99: 500 ms"),
        ({"curtains": [(1.0, 0.1), (1.0, 1.2)]}, "from panic to viewers: 1,200 ms"),
        ({"curtains": [(1.0, 0.1)]}, "did not reach every viewer"),
        ({"memory": {"web": 2_000_000_000}}, "memory of a web process: 2,000 MB"),
        ({"approved": 0, "seen_by_all": 0}, "nothing was rehearsed"),
        ({"posted": []}, "rehearse for longer"),
        ({"troubles": ["The desk was refused: 403"]}, "The desk was refused: 403"),
    ],
)
def test_each_thing_that_went_wrong_is_a_reason(changed, words):
    ended = outcome(PLAN, replace(good(), **changed))

    assert not ended.ready
    assert len(ended.because) == 1
    assert words in ended.because[0]
    assert as_text(ended)[-1] == f"  – {ended.because[0]}"


def test_a_fault_explains_times_and_nothing_else():
    slow = replace(good(), posted=[(10.0, 0.1), (41.0, 9.0)], faults=[(40.0, "kill-web")])

    assert outcome(PLAN, slow).ready
    assert not outcome(PLAN, replace(slow, faults=[(80.0, "kill-web")])).ready
    assert not outcome(PLAN, replace(slow, lost=1)).ready


def test_the_report_is_for_programs_and_a_page_without_anything_from_elsewhere():
    ended = outcome(PLAN, replace(good(), lost=1, troubles=["<b>Oh</b>"], faults=[(3.0, "cut")]))

    told = json.loads(as_json(ended))
    page = as_page(ended, base="https://wall.example", at=NOW)

    assert (told["ready"], len(told["because"])) == (False, 2)
    assert {"name": "updates lost", "value": 1, "at_most": 0, "unit": "", "met": False} in told["figures"]
    assert "Not ready, because" in page
    assert "&lt;b&gt;Oh" in page
    assert "src=" not in page
    assert "url(" not in page


def test_figures_are_said_as_people_read_them():
    assert [shown(0.25, "s"), shown(40.0, "s"), shown(5e6, "B"), shown(1200, ""), shown(None, "s")] == [
        "250 ms", "40 s", "5 MB", "1,200", "not measured",
    ]  # fmt: skip
    assert percentile([], 99) is None
    assert percentile([*range(1, 101)], 99) == 99
    assert percentile([3.0], 50) == 3.0
