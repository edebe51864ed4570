"""What we are built on is no version with a hole that matters here, and each file of it is the one that was looked at."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
TOML = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = TOML["project"]
# The last version with a hole: its size or code runs in a decoder, a Host header moves a path, a form or a viewer holds us up.
LAST_WITH_A_HOLE = {"pillow": "12.9", "starlette": "1.0.0", "python-multipart": "0.0.26", "uvicorn": "0.52.0"}
WANTED = {one.name: one for one in map(Requirement, PROJECT["dependencies"])}
INSTALLED_WITH = (
    *PROJECT["dependencies"],
    *PROJECT["optional-dependencies"]["otel"],
    *TOML["build-system"]["requires"],
)
PINS = (ROOT / "deploy" / "requirements.txt").read_text(encoding="utf-8")


def pins():
    """Return which versions of each component are pinned (one for each range of Pythons), with their hashes."""
    found = {}
    for pin in re.split(r"\n(?=\S)", PINS.strip()):
        line, *hashes = pin.replace("\\\n", "\n").splitlines()
        requirement = Requirement(line)
        (version,) = requirement.specifier
        found.setdefault(canonicalize_name(requirement.name), {})[version.version] = [
            one.strip() for one in hashes
        ]
    return found


@pytest.mark.parametrize("name", LAST_WITH_A_HOLE)
def test_no_version_with_a_known_hole_is_taken(name):
    """The version that is installed, which is the control, is taken."""
    assert not WANTED[name].specifier.contains(LAST_WITH_A_HOLE[name])
    assert WANTED[name].specifier.contains(version(name))
    assert Version(version(name)) > Version(LAST_WITH_A_HOLE[name])


@pytest.mark.parametrize("wanted", [Requirement(one) for one in INSTALLED_WITH], ids=str)
def test_what_the_image_installs_is_pinned_to_versions_that_may_be_taken(wanted):
    versions = pins()[canonicalize_name(wanted.name)]

    assert [one for one in versions if not wanted.specifier.contains(one)] == []


def test_every_pin_says_which_files_it_may_be_and_none_where_from():
    for name, versions in pins().items():
        for which, hashes in versions.items():
            assert hashes, f"{name} {which}"
            assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", one) for one in hashes)
    assert "//" not in PINS


def test_no_pin_is_an_older_one_than_a_hole():
    assert [
        name
        for name, last in LAST_WITH_A_HOLE.items()
        if any(Version(one) <= Version(last) for one in pins()[name])
    ] == []
