"""What we are built on is not older than the versions in which holes that matter here were closed."""

import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

PROJECT = tomllib.loads((Path(__file__).resolve().parents[2] / "pyproject.toml").read_text(encoding="utf-8"))[
    "project"
]
# The last version with a hole: its size or code runs in a decoder, a Host header moves a path, a form or a viewer holds us up.
LAST_WITH_A_HOLE = {"pillow": "12.9", "starlette": "1.0.0", "python-multipart": "0.0.26", "uvicorn": "0.52.0"}
WANTED = {one.name: one for one in map(Requirement, PROJECT["dependencies"])}


@pytest.mark.parametrize("name", LAST_WITH_A_HOLE)
def test_no_version_with_a_known_hole_is_taken(name):
    """The version that is installed, which is the control, is taken."""
    assert not WANTED[name].specifier.contains(LAST_WITH_A_HOLE[name])
    assert WANTED[name].specifier.contains(version(name))
    assert Version(version(name)) > Version(LAST_WITH_A_HOLE[name])
