"""The image: what goes into it suffices, and it keeps to the rules that a linter of such files would check."""

import re
import shutil
import subprocess
import sys
from zipfile import ZipFile

import pytest

from tests.deploy.files import DEPLOY, ROOT, read

BUILD = "from hatchling.build import build_wheel; print(build_wheel('.'))"


@pytest.fixture(scope="module")
def stages():
    """The instructions of each stage, as (name, words)."""
    text = (DEPLOY / "container/Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.split(None, 1) for line in text.splitlines() if line.strip() and not line.startswith("#")]
    stages = []
    for name, words in lines:
        if name == "FROM":
            stages.append([])
        if stages:
            stages[-1].append((name, words))
    return stages


def copied(stage):
    """Return what of the sources goes into a stage."""
    lines = [words.split() for name, words in stage if name == "COPY" and not words.startswith("--from")]
    return [source for line in lines for source in line[:-1]]


def test_what_is_copied_suffices_to_build_and_start(stages, tmp_path):
    for source in copied(stages[0]):
        there = tmp_path / "source" / source
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, there, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / source, there)

    built = subprocess.run(
        [sys.executable, "-c", BUILD], cwd=tmp_path / "source", capture_output=True, text=True, check=True
    )
    with ZipFile(tmp_path / "source" / built.stdout.split()[-1]) as wheel:
        wheel.extractall(tmp_path / "installed")
    started = subprocess.run(
        [sys.executable, "-c", "import wall.cli; from wall.assets import folder; print(folder('templates'))"],
        cwd=tmp_path / "installed",
        capture_output=True,
        text=True,
        check=True,
    )

    assert started.stdout.strip() == str(tmp_path / "installed/wall/templates")


def test_what_is_copied_is_not_ignored(stages):
    lines = (DEPLOY / "container/Dockerfile.dockerignore").read_text().splitlines()

    assert "*" in lines
    assert {line[1:] for line in lines if line.startswith("!")} == set(copied(stages[0]))


def test_nobody_is_root_and_nothing_is_fetched_by_the_way(stages):
    last = stages[-1]
    instructions = [name for stage in stages for name, _ in stage]

    assert [words for name, words in last if name == "USER"] == ["10001:10001"]
    assert "ADD" not in instructions
    assert not [
        words for stage in stages for name, words in stage if name == "RUN" and re.search("curl|wget|sudo", words)
    ]
    assert not [words for name, words in last if name == "RUN" and "pip" in words]


def test_signals_reach_the_program_itself(stages):
    commands = dict(stages[-1])

    assert commands["ENTRYPOINT"] == '["backchannel"]'
    assert commands["CMD"].startswith("[")
    assert "HEALTHCHECK" in commands


def test_every_base_has_a_version(stages):
    assert all(re.fullmatch(r"python:\$\{PYTHON\}-slim-bookworm( AS build)?", stage[0][1]) for stage in stages)


def test_the_image_holds_no_secret(stages):
    assert not [
        words for name, words in stages[-1] if name == "ENV" and re.search("(?i)password|secret|_key=", words)
    ]


def test_what_compose_starts_is_there():
    (compose,) = read("container/compose.yaml")
    services = compose["services"]

    assert [name.partition("-")[0] for name in services] == [
        "caddy", *["web"] * 2, *["ingest"] * 2, *["redis"] * 3, *["sentinel"] * 3,
    ]  # fmt: skip
    for service in services.values():
        assert set(service["networks"]) <= set(compose["networks"])
        assert set(service.get("secrets", [])) <= set(compose["secrets"])
        assert {volume.partition(":")[0] for volume in service["volumes"]} <= set(compose["volumes"])
        assert {one["source"] for one in service.get("configs", [])} <= set(compose["configs"])
    for file in compose["configs"].values():
        assert (DEPLOY / "container" / file["file"]).is_file()


def test_redis_is_reached_from_inside_alone():
    (compose,) = read("container/compose.yaml")
    keepers = [one for name, one in compose["services"].items() if name.startswith(("redis", "sentinel"))]

    assert compose["networks"]["inside"]["internal"] is True
    assert all(one["networks"] == ["inside"] and "ports" not in one for one in keepers)


def test_secrets_are_drawn_once_and_kept(tmp_path):
    script = shutil.copy(DEPLOY / "container/make-secrets", tmp_path / "make-secrets")

    def drawn():
        subprocess.run([script], check=True)
        return {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}

    first = drawn()

    assert first == drawn()
    assert len(first["redis_password"]) == 64
    assert first["redis_url"].startswith(f"redis+sentinel://:{first['redis_password']}@sentinel-1:26379,")
    assert len(first["back_channel_key"]) == 44
