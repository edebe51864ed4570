"""docs/security.md says of each requirement of OWASP ASVS 5.0, levels 1 and 2, how it stands, and names files that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOC = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
STANDINGS = ("met", "not met", "operator", "none")
# How far each section's numbers of levels 1 and 2 go; they begin at 1, but those of level 3, which come last, are left out.
LAST = {
    "1": (2, 9, 11, 3, 2),
    "2": (3, 3, 4, 1),
    "3": (0, 2, 4, 6, 5, 0, 2),
    "4": (3, 1, 2, 4),
    "5": (1, 3, 2, 3),
    "6": (3, 12, 4, 4, 5, 3, 0, 4),
    "7": (3, 4, 2, 5, 2, 2),
    "8": (2, 3, 1, 1),
    "9": (3, 4),
    "10": (2, 2, 4, 11, 5, 2, 3),
    "11": (2, 3, 3, 4, 1, 1),
    "12": (3, 2, 4),
    "13": (1, 5, 2, 5),
    "14": (2, 4, 3),
    "15": (3, 3, 7),
    "16": (1, 5, 4, 3, 3),
    "17": (1, 4, 2),
}
REQUIREMENTS = [
    f"{chapter}.{section}.{number}"
    for chapter, sections in LAST.items()
    for section, last in enumerate(sections, 1)
    for number in range(1, last + 1)
]
ROW = re.compile(r"^\| (\d+\.\d+\.\d+[\d., –]*) \| ([a-z ]+) \| (.+) \|$", re.MULTILINE)


def meant(cell):
    """Return the numbers that a cell stands for: `1.2.1, 1.2.6–1.2.8` are four."""
    for part in cell.split(", "):
        first, _, last = part.partition("–")
        section, _, number = first.rpartition(".")
        for one in range(int(number), int((last or first).rpartition(".")[2]) + 1):
            yield f"{section}.{one}"


def test_each_requirement_is_told_of_once():
    told = [number for cell, _, _ in ROW.findall(DOC) for number in meant(cell)]

    assert len(REQUIREMENTS) == 253
    assert [number for number in REQUIREMENTS if told.count(number) != 1] == []
    assert [number for number in told if number not in REQUIREMENTS] == []


def test_each_stands_in_one_of_four_ways():
    assert [(cell, standing) for cell, standing, _ in ROW.findall(DOC) if standing not in STANDINGS] == []


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:wall|static|tests|deploy|bench)/[\w/.-]+)`", DOC))))
def test_each_file_that_is_named_is_there(path):
    assert (ROOT / path).exists()
