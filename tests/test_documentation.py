"""What is written down by hand is so; what the code writes is held by tests/handbook."""

import re
from pathlib import Path
from typing import get_args

from wall.core.measures import Measures
from wall.core.moderation import UpdateKind
from wall.core.webhook import ALWAYS, CHOICES
from wall.ingest.health import followed
from wall.vitals import vitals
from wall.web.frames import Close
from wall.web.kept_metrics import Kept
from wall.web.routes import routes

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
STREAM = (ROOT / "docs" / "stream.md").read_text(encoding="utf-8")


def test_every_close_code_is_documented_and_says_whether_to_come_back():
    documented = {int(code) for code in re.findall(r"^\| (4\d{3}) \|", STREAM, re.MULTILINE)}

    assert documented == set(Close)
    assert all(4000 <= code <= 4999 for code in Close)


def test_every_road_of_the_stream_is_documented():
    for path in ("/stream", "/stream.sse", "/feed", "/posts"):
        assert any(getattr(route, "path", "") == f"/{{slug}}{path}" for route in routes())
        assert f"/{{event}}{path}" in STREAM


def test_every_kind_of_update_is_documented():
    documented = set(re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| (`.+?) \|", STREAM, re.MULTILINE))))

    assert {*get_args(UpdateKind), *CHOICES, ALWAYS, "void", "curtained"} <= documented


def test_every_page_that_the_readme_links_is_there():
    for link in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / link).exists(), link


def test_every_metric_is_documented_and_no_other():
    documented = set(re.findall(r"^\| `(wall_\w+)` \|", OPERATIONS, re.MULTILINE))

    everything = [*Measures().all(), *vitals(), *Kept().all(), followed(0)]
    assert documented == {measure.name for measure in everything}
