"""What is written down is so: settings, commands and close codes."""

import re
from pathlib import Path

import pytest

from wall.cli import parser
from wall.config import settings
from wall.core.measures import Measures
from wall.ingest.health import FOLLOWED
from wall.vitals import vitals
from wall.web import kept_metrics
from wall.web.frames import Close
from wall.web.routes import routes

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
STREAM = (ROOT / "docs" / "stream.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("entry", settings(), ids=lambda entry: entry.name)
def test_every_setting_is_in_the_readme_with_its_default_and_help(entry):
    line = next(line for line in README.splitlines() if line.startswith(f"| `WALL_{entry.name.upper()}`"))

    default = {"": "", "False": "no"}.get(str(entry.default), f"`{entry.default}`")
    assert [cell.strip() for cell in line.split("|")[2:4]] == [default, entry.metadata["help"]]


def test_the_readme_names_no_setting_that_is_none():
    documented = set(re.findall(r"\| `WALL_(\w+)` \|", README))

    assert documented == {entry.name.upper() for entry in settings()}


def test_every_command_is_in_the_readme():
    commands = next(action for action in parser()._actions if action.choices and "serve" in action.choices).choices

    for command in commands:
        assert f"`backchannel {command}`" in README, command


def test_every_close_code_is_documented_and_says_whether_to_come_back():
    documented = {int(code) for code in re.findall(r"^\| (4\d{3}) \|", STREAM, re.MULTILINE)}

    assert documented == set(Close)
    assert all(4000 <= code <= 4999 for code in Close)


def test_every_road_of_the_stream_is_documented():
    for path in ("/stream", "/stream.sse", "/feed", "/posts"):
        assert any(getattr(route, "path", "") == f"/{{slug}}{path}" for route in routes())
        assert f"/{{event}}{path}" in STREAM


def test_every_page_that_is_linked_is_there():
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name} links to {link}"


def test_every_metric_is_documented_and_no_other():
    documented = set(re.findall(r"^\| `(wall_\w+)` \|", OPERATIONS, re.MULTILINE))

    kept = {kept_metrics.STATES, kept_metrics.LAGS, kept_metrics.WAITING}
    kept |= {name for name, _ in kept_metrics.COUNTED.values()}
    assert documented == {measure.name for measure in [*Measures().all(), *vitals()]} | kept | {FOLLOWED}
