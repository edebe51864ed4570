"""docs/threats.md names every threat and, for each, tests that are there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOC = (ROOT / "docs" / "threats.md").read_text(encoding="utf-8")
ROWS = {
    cells[1].strip(): cells
    for line in DOC.splitlines()
    if (cells := line.split("|"))[1:2] and cells[1].strip()[:1] == "T"
}
NAMED = re.compile(r"`((?:tests|bench)/[\w/]+(?:\.py)?)(?:::(\w+))?`")
THREATS = [f"T{number}" for number in range(1, 56)]


@pytest.mark.parametrize("threat", THREATS)
def test_a_threat_has_a_row_with_what_tries_it_and_a_control(threat):
    _, _, what, defence, tests, control, _ = ROWS[threat]

    assert all(cell.strip() for cell in (what, defence, tests, control))
    assert NAMED.search(tests)
    assert NAMED.search(control) or len(control.split()) > 2


def test_no_row_is_of_a_threat_that_is_not_listed():
    assert [name for name in ROWS if re.fullmatch(r"T\d+", name)] == THREATS


def test_every_test_that_is_named_is_there():
    assert [f"{path}::{name}" for path, name in NAMED.findall(DOC) if not is_there(path, name)] == []


def is_there(path, name):
    place = ROOT / path
    if not name or not place.is_file():
        return place.exists() and not name
    tree = ast.parse(place.read_text(encoding="utf-8"))
    return any(getattr(node, "name", None) == name for node in ast.walk(tree))


def test_a_test_that_is_not_there_is_missed():
    """The control."""
    assert not is_there("tests/attacks/test_table.py", "test_of_nothing")
    assert not is_there("tests/attacks/test_nothing.py", "")
    assert is_there("tests/attacks/test_table.py", "test_a_test_that_is_not_there_is_missed")
