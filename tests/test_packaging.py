"""What is built holds what is run: assets as in the tree, scripts and recordings, and nothing that does not belong."""

import tarfile
from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling import build

from wall.assets import folder

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "wall"
SET_UP = ("tests", "docs", "handbook", "bench", ".ci")
"""What `make test` and `make docs` want besides the program."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        place = tmp_path_factory.mktemp("wheel")
        with ZipFile(place / build.build_wheel(str(place))) as wheel:
            yield wheel


def files(place):
    """Return the files of a folder that git keeps."""
    return {
        path.relative_to(place).as_posix()
        for path in place.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.mark.parametrize("name", ["static", "templates"])
def test_the_assets_in_the_wheel_are_those_of_the_tree(wheel, name):
    packed = {one.removeprefix(f"wall/{name}/") for one in wheel.namelist() if one.startswith(f"wall/{name}/")}

    assert packed == files(ROOT / name)
    assert all(wheel.read(f"wall/{name}/{one}") == (ROOT / name / one).read_bytes() for one in packed)


def test_no_asset_is_a_python_file(wheel):
    assets = [one for one in wheel.namelist() if one.startswith(("wall/static/", "wall/templates/"))]

    assert not [one for one in assets if one.endswith(".py")]


def test_every_file_of_the_package_is_in_the_wheel(wheel):
    expected = {f"wall/{one}" for one in files(PACKAGE)}

    assert expected <= set(wheel.namelist())
    assert {Path(one).suffix for one in expected} >= {".py", ".lua"}


def test_the_rehearsal_is_in_the_wheel(wheel):
    assert [one for one in wheel.namelist() if one.startswith("wall/rehearsal/script/")]


def test_only_the_package_is_in_the_wheel(wheel):
    assert {one.split("/")[0] for one in wheel.namelist() if ".dist-info" not in one} == {"wall"}


def test_the_command_is_called_backchannel(wheel):
    entry_points = next(one for one in wheel.namelist() if one.endswith("entry_points.txt"))

    assert "backchannel = wall.cli:main" in wheel.read(entry_points).decode()


def test_the_sources_can_be_packed_with_all_that_the_wheel_needs(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)

    with tarfile.open(tmp_path / build.build_sdist(str(tmp_path))) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}

    assert {f"wall/{one}" for one in files(PACKAGE)} <= names
    assert {f"static/{one}" for one in files(ROOT / "static")} <= names
    assert {f"{place}/{one}" for place in SET_UP for one in files(ROOT / place)} <= names
    assert {"pyproject.toml", "LICENSE", "Makefile", "package.json", "CONTRIBUTING.md"} <= names
    assert not [name for name in names if name.endswith(".pyc") or name.startswith(".git/")]


@pytest.mark.parametrize("name", ["static", "templates"])
def test_a_checkout_finds_its_assets(name):
    assert folder(name) == ROOT / name
