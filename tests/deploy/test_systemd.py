"""The units are as systemd wants them, and leave a process little to do harm with."""

import re
import shutil
import subprocess

import pytest

from tests.deploy.files import DEPLOY
from wall.cli import parser

UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
PROGRAM = "/opt/backchannel/bin/backchannel"
MOST_EXPOSED = "15"
"""Tenths; systemd calls everything below 20 ok, and an unhardened service has 96."""

pytestmark = pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="There is no systemd-analyze here.")


def placed(unit, folder):
    """Copy a unit to where the program it starts need not be, and return its path; of a template, one instance."""
    path = folder / unit.name.replace("@", "@8001")
    path.write_text(unit.read_text().replace(PROGRAM, "/bin/true"))
    return path


@needs_systemd
def test_systemd_finds_nothing_wrong(unit, tmp_path):
    told = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(placed(unit, tmp_path))], capture_output=True, text=True
    )

    assert unit.name.partition("@")[0] not in told.stderr
    assert told.returncode == 0, told.stderr


@needs_systemd
def test_systemd_finds_little_exposed(unit, tmp_path):
    command = ["systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSED}", "--no-pager"]

    told = subprocess.run([*command, str(placed(unit, tmp_path))], capture_output=True, text=True)
    open_one = tmp_path / "open.service"
    open_one.write_text("[Service]\nExecStart=/bin/true\n")
    control = subprocess.run([*command, str(open_one)], capture_output=True, text=True)

    assert told.returncode == 0, told.stdout[-300:]
    assert control.returncode != 0


def test_the_command_that_a_unit_starts_is_understood(unit):
    command = re.search(rf"^ExecStart={PROGRAM} (.*)$", unit.read_text(), re.MULTILINE)[1]

    assert parser().parse_args(command.replace("%i", "8001").split()).command in ("serve", "web", "ingest")


def test_a_unit_says_when_it_is_ready_and_is_watched(unit):
    text = unit.read_text()

    assert "Type=notify\n" in text
    assert "NotifyAccess=main\n" in text
    assert int(re.search(r"WatchdogSec=(\d+)", text)[1]) >= 30
    assert "Restart=always\n" in text
