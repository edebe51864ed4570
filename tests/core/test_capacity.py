"""What a day asks for, held against the tables that it is computed from."""

import argparse
import re
from dataclasses import fields
from pathlib import Path

import pytest

from wall.commands.plan import plan as said
from wall.config import Config
from wall.core.capacity import FIGURES, SCALE, Day, Plan, plan, web_cores
from wall.errors import ConfigError

ROOT = Path(__file__).resolve().parent.parent.parent
OF_ONE = {"burst_seconds", "return_seconds", "web_megabytes"}
TOTALS = [field.name for field in fields(Plan) if field.name not in OF_ONE]
UNITS = {"µs": 1, "ms": 1000, "kB": 1000, "KB": 1}


def hall(**changes):
    return Day(**{"viewers": 20_000, "posts_per_hour": 3000, **changes})


def test_a_hall_of_twenty_thousand_needs_one_process_and_one_to_spare():
    asked = plan(hall())

    assert (asked.web_processes, asked.ingest_workers, asked.machines) == (2, 2, 1)
    assert asked.megabits == pytest.approx(187, abs=1)


def test_a_hundred_thousand_are_what_the_sums_on_paper_say():
    """docs/scale.md: five processes, 1.1 cores and more than one machine's line, for a post a second."""
    day = hall(viewers=100_000, posts_per_hour=3600)
    asked = plan(day)

    assert asked.web_processes == 5 + 1
    assert asked.machines == 2
    assert asked.megabits == pytest.approx(1120, abs=1)
    assert web_cores(day, 0) == pytest.approx(1.1 * 1.09, rel=0.1)


@pytest.mark.parametrize("more", [{"viewers": 200_000}, {"posts_per_hour": 300_000}, {"hours": 80.0}])
def test_more_of_anything_asks_for_no_less_of_anything(more):
    little, much = plan(hall()), plan(hall(**more))

    assert all(getattr(little, name) <= getattr(much, name) for name in TOTALS)
    assert little != much


def test_viewers_of_many_events_are_told_less():
    assert plan(hall(events=10)).megabits == pytest.approx(plan(hall()).megabits / 10)


@pytest.mark.parametrize(
    "figure", [one for one in FIGURES if one.source.startswith(SCALE)], ids=lambda one: one.what
)
def test_what_is_taken_from_the_table_stands_in_it(figure):
    letter = figure.source.removeprefix(f"{SCALE}, ")
    row = next(
        line
        for line in (ROOT / SCALE).read_text(encoding="utf-8").splitlines()
        if line.startswith(f"| {letter} |")
    )

    found = [float(number) * UNITS[unit] for number, unit in re.findall(r"([\d.]+) (µs|ms|kB|KB)", row)]

    assert figure.value in found


@pytest.mark.parametrize("figure", FIGURES, ids=lambda one: one.what)
def test_each_figure_has_a_source_that_is_there(figure):
    assert (ROOT / figure.source.partition(",")[0]).is_file()


async def test_the_command_says_it_with_what_it_assumes(capsys):
    day = {"viewers": 20_000, "posts_per_hour": 3000.0, "events": 1, "hours": 8.0}

    assert await said(Config(), argparse.Namespace(**day)) == 0

    text = capsys.readouterr().out
    assert text.startswith("20,000 viewers and 3,000 posts an hour, 1 event:\n")
    assert "187 Mbit/s" in text
    assert "docs/scale.md, D" in text
    with pytest.raises(ConfigError, match="one or more"):
        await said(Config(), argparse.Namespace(**{**day, "events": 0}))
