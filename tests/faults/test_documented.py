"""docs/faults.md: each guarantee and each promise has its row, and every test that is named is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
LETTERS = {1: "bc", 5: "b", 6: "bc", 9: "b", 10: "b", 11: "b", 13: "b"}
GUARANTEES = [f"G{number}{letter}" for number in range(1, 21) for letter in ("", *LETTERS.get(number, ""))]
ROWS = re.findall(r"^\| (G\w+) \|(.*)\|$", PAGE, re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/.-]+\.(?:py|js))?(?:::)?(test_\w+)?`")


def named():
    """Yield every test that is named, with its file: the one before it, where it stands alone."""
    for guarantee, row in ROWS:
        file = None
        for path, name in NAMED.findall(row):
            file = path or file
            if file and (path or name):
                yield pytest.param(file, name, id=f"{guarantee} {name or path}")


def test_each_guarantee_has_its_row_with_all_that_belongs_there():
    assert [guarantee for guarantee, _ in ROWS] == GUARANTEES
    for guarantee, row in ROWS:
        cells = [cell.strip() for cell in row.split("|")]
        assert len(cells) == 4, guarantee
        assert all(cells), guarantee


def test_each_promise_has_its_row():
    assert re.findall(r"^\| (\d+) ", PAGE, re.MULTILINE) == [f"{number}" for number in range(1, 11)]


def is_there(path, name):
    file = ROOT / path
    return file.exists() and (not name or f"def {name}(" in file.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("path", "name"), list(named()))
def test_a_test_that_is_named_is_there(path, name):
    assert is_there(path, name)


def test_a_test_that_is_not_there_is_found_out():
    """The control."""
    assert len(list(named())) > 2 * len(GUARANTEES)
    assert not is_there("tests/faults/test_nothing.py", "")
    assert not is_there("tests/faults/test_disk.py", "test_nothing")
