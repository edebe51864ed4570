"""Dashboard and alerts ask for numbers that the program tells, with labels and values that they have."""

import json
import re
import shutil
import subprocess
from itertools import chain

import pytest

from tests.deploy.files import DEPLOY, read
from wall.core.measures import Measures, Spread, Tally
from wall.core.route_class import FIRST, NONE, OF_EVENT
from wall.ingest.health import followed
from wall.vitals import vitals
from wall.web.kept_metrics import Kept

FOLDER = DEPLOY / "monitoring"
DASHBOARD = json.loads((FOLDER / "dashboard.json").read_text(encoding="utf-8"))
RULES = [rule for group in read("monitoring/alerts.yml")[0]["groups"] for rule in group["rules"]]
OF_PROMETHEUS = {"up"}
WORDS = {"job", "instance", "le"}
needs_promtool = pytest.mark.skipif(
    not shutil.which("promtool"), reason="There is no promtool here; it comes with Debian's package prometheus."
)


def labels_by_name():
    """Return the labels of every number that any process tells, as Prometheus names them."""
    told = {}
    for one in [*Measures().all(), *vitals(), *Kept().all(), followed(0)]:
        ends = ("_bucket", "_sum", "_count") if isinstance(one, Spread) else ("",)
        told |= {one.name + end: set(one.labels) for end in ends}
    return told


def panels():
    rows = DASHBOARD["panels"]
    return [panel for row in rows for panel in [row, *row.get("panels", [])] if panel["type"] != "row"]


def asked():
    """Return every question to Prometheus, of alerts and panels."""
    yield from (rule["expr"] for rule in RULES)
    yield from chain.from_iterable((target["expr"] for target in panel["targets"]) for panel in panels())


@pytest.mark.parametrize("question", list(asked()))
def test_what_is_asked_for_is_told(question):
    told = labels_by_name()
    names = set(re.findall(r"\b(?:wall_\w+|up)\b", question))
    matched = re.findall(r"\b(wall_\w+)\{([^}]*)\}", question)

    assert names
    assert names <= told.keys() | OF_PROMETHEUS
    for name, matchers in matched:
        assert set(re.findall(r"(\w+)\s*(?:=~|!=|=)", matchers)) <= told[name] | WORDS
    for label in re.findall(r"\b(?:by|without) \(([^)]*)\)", question):
        grouped = {one.strip() for one in label.split(",")}
        assert grouped <= WORDS.union(*(told[name] for name in names & told.keys()))


def test_a_class_of_requests_that_is_asked_for_is_one():
    classes = {*FIRST.values(), *OF_EVENT.values(), "audience", "stream", NONE}

    assert {one for text in asked() for one in re.findall(r'class="([^"]*)"', text)} <= classes


def test_numbers_that_grow_are_asked_for_their_growth():
    growing = [one.name for one in Measures().all() if isinstance(one, Tally) and one.kind == "counter"]

    for question in asked():
        for name in growing:
            assert not re.search(rf"(?<!rate\()(?<!increase\()\b{name}\b", question), question


def test_every_alert_says_what_it_means_and_what_to_do():
    for rule in RULES:
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert {"summary", "action"} <= rule["annotations"].keys()
        assert rule["alert"].startswith("Wall")


def test_the_dashboard_can_be_taken_in_anywhere():
    boxes = [panel["gridPos"] for panel in DASHBOARD["panels"]]

    assert DASHBOARD["id"] is None
    assert all(panel["datasource"] == {"type": "prometheus", "uid": "${source}"} for panel in panels())
    assert all(panel["title"] and panel["description"] for panel in panels())
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])
    assert all(box["x"] + box["w"] <= 24 for box in boxes)


@needs_promtool
def test_promtool_understands_the_configuration_and_the_alerts():
    told = subprocess.run(
        ["promtool", "check", "config", "prometheus.yml"], cwd=FOLDER, capture_output=True, text=True
    )

    assert told.returncode == 0, told.stderr


@needs_promtool
def test_alerts_come_when_they_should_and_not_before():
    told = subprocess.run(
        ["promtool", "test", "rules", "alerts_test.yml"], cwd=FOLDER, capture_output=True, text=True
    )

    assert told.returncode == 0, told.stderr
