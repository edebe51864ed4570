"""The reference says what the code says: settings, commands, metrics, addresses, frames, codes, kinds, forms."""

import re
from pathlib import Path

import pytest
from cogapp import Cog

from handbook.reference.addresses import every_address, rows
from handbook.reference.commands import commands, every_command
from handbook.reference.forms import every_scene, every_source
from handbook.reference.metrics import every_metric
from handbook.reference.settings import every_setting
from handbook.reference.stream import every_close_code, every_frame
from handbook.reference.table import table
from wall.config import settings
from wall.core.measures import Measures
from wall.sources.registry import KINDS as SOURCES
from wall.web.frames import Close
from wall.web.routes import routes
from wall.web.scenes import KINDS as SCENES

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = [path for path in sorted((ROOT / "docs").rglob("*.md")) if "[[[cog" in path.read_text(encoding="utf-8")]
STALE = 5


def checked(path):
    return Cog().main(["cog", "--check", "--verbosity=0", str(path)])


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_what_the_code_writes_is_written(path, monkeypatch):
    monkeypatch.chdir(ROOT)

    assert checked(path) == 0, f"{path.name} is not what the code says any more; run `make reference`."


def test_a_page_that_is_stale_is_found(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    page = tmp_path / "settings.md"
    text = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    page.write_text(text.replace("WALL_PORT", "WALL_DOOR"), encoding="utf-8")

    assert checked(page) == STALE


def test_every_part_of_the_reference_is_written_by_the_code():
    assert {path for path in WRITTEN if path.parent.name == "reference"} == set(
        (ROOT / "docs" / "reference").glob("*.md")
    )


def test_every_address_says_what_it_does():
    silent = [path for route in routes() for _how, path, about in rows(route) if not about]

    assert silent == [], "Give what answers there a docstring of one sentence."


def test_nothing_is_left_out():
    written = every_address()
    assert all(f"`{route.path}" in written for route in routes())
    assert all(f"`WALL_{one.name.upper()}`" in every_setting() for one in settings())
    assert all(f"## backchannel {name}\n" in every_command() for name in commands())
    assert all(f"`{one.name}`" in every_metric() for one in Measures().all())
    assert all(f"| {int(code)} |" in every_close_code() for code in Close)
    assert all(f"Kind `{kind}`" in every_source() for kind in SOURCES)
    assert all(f"Kind `{kind}`" in every_scene() for kind in SCENES)
    assert re.findall(r'"type":"(\w+)"', every_frame()) == ["hello", "updates", "beat", "resync", "close"]


def test_no_option_of_a_command_is_without_words():
    silent = re.findall(r"^\| `(--?[^`]+)` \|\s*\|$", every_command(), re.MULTILINE)

    assert silent == [], "Give the option a help."


def test_a_bar_or_a_line_in_a_cell_is_no_edge():
    assert table(("a",), [("x|y\nz <b>",)]) == "\n| a |\n| --- |\n| x\\|y z &lt;b> |\n"
