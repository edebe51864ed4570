"""The manifests fit each other, and every pod keeps to Kubernetes' own restricted profile."""

import pytest

from tests.deploy.files import DEPLOY, read
from wall.web.routes import routes

(KUSTOMIZATION,) = read("kubernetes/kustomization.yaml")
OBJECTS = [one for file in KUSTOMIZATION["resources"] for one in read(f"kubernetes/{file}")]
WORKLOADS = [one for one in OBJECTS if one["kind"] in ("Deployment", "StatefulSet")]
CONTAINERS = [(one, box) for one in WORKLOADS for box in one["spec"]["template"]["spec"]["containers"]]


def named(one):
    return one["metadata"]["name"]


def each(rows):
    return pytest.mark.parametrize("row", rows, ids=lambda row: f"{named(row[0])}-{row[1]['name']}")


def test_every_file_is_used():
    there = {path.name for path in (DEPLOY / "kubernetes").iterdir()}
    generated = {file for one in KUSTOMIZATION["configMapGenerator"] for file in one.get("files", [])}

    assert there == {*KUSTOMIZATION["resources"], *generated, "kustomization.yaml"}


@pytest.mark.parametrize("workload", WORKLOADS, ids=named)
def test_a_workload_is_found_by_its_labels_and_may_not_leave_all_at_once(workload):
    labels = workload["spec"]["template"]["metadata"]["labels"]
    budgets = [one["spec"]["selector"]["matchLabels"] for one in OBJECTS if one["kind"] == "PodDisruptionBudget"]

    assert workload["spec"]["selector"]["matchLabels"] == labels
    assert labels in budgets
    assert workload["spec"]["replicas"] >= 2


@each(CONTAINERS)
def test_a_container_has_no_rights(row):
    workload, container = row
    pod = workload["spec"]["template"]["spec"]

    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert container["resources"]["limits"]["memory"]


@each(CONTAINERS)
def test_what_a_container_mounts_and_asks_for_is_there(row):
    workload, container = row
    pod = workload["spec"]["template"]["spec"]
    volumes = {one["name"] for one in pod["volumes"]}
    volumes |= {named(one) for one in workload["spec"].get("volumeClaimTemplates", [])}
    maps = {one["name"] for one in KUSTOMIZATION["configMapGenerator"]}
    asked = {one["configMapRef"]["name"] for one in container.get("envFrom", [])}
    asked |= {one["configMap"]["name"] for one in pod["volumes"] if "configMap" in one}

    assert {one["name"] for one in container["volumeMounts"]} <= volumes
    assert asked <= maps


@each([row for row in CONTAINERS if named(row[0]) in ("web", "ingest")])
def test_probes_ask_addresses_that_answer_at_ports_that_are_open(row):
    _, container = row
    ports = {one["name"] for one in container["ports"]}
    paths = {getattr(route, "path", "") for route in routes()}
    probes = {name: container[name]["httpGet"] for name in ("startupProbe", "livenessProbe", "readinessProbe")}

    assert {probe["port"] for probe in probes.values()} <= ports
    assert [probe["path"] for probe in probes.values()] == ["/healthz", "/healthz", "/readyz"]
    assert {"/healthz", "/readyz"} <= paths


def test_a_pod_has_time_to_drain():
    (web,) = [one["spec"]["template"]["spec"] for one in WORKLOADS if named(one) == "web"]
    before = int(web["containers"][0]["lifecycle"]["preStop"]["exec"]["command"][1])

    assert web["terminationGracePeriodSeconds"] > before + 5
