"""A rehearsal as an organiser starts it, on a wall that `backchannel serve` runs."""

import asyncio
import json
import os
import signal
import sys

import pytest
import pytest_asyncio

from tests.program import ROOT, Program, running
from tests.waiting import until
from wall.core.rehearsing import PREFIX
from wall.dress_rehearsal import here
from wall.dress_rehearsal.plan import Plan
from wall.errors import ConfigError
from wall.store.keys import EVENT_SLUGS


async def rehearse(program, *arguments):
    """Run one, and return its exit status, what it reports, and what it said meanwhile."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "wall", "rehearse", program.url, "--data-dir", str(program.data_dir), "--json"),
        *arguments,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, beside = await process.communicate()
    return process.returncode, json.loads(said or b"{}"), beside.decode()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def program(tmp_path_factory):
    program = Program(tmp_path_factory.mktemp("rehearsed"))
    async with running(program):
        yield program


@pytest.mark.thorough
async def test_a_day_with_a_raid_a_panic_and_cut_lines_is_rehearsed_and_nothing_is_left(program):
    status, told, beside = await rehearse(
        program, "--minutes", "0.1", "--viewers", "8", "--raid", "--panic", "--random-faults", "1", "--seed", "7"
    )

    figures = {one["name"]: one["value"] for one in told["figures"]}
    assert (told["seed"], [one["fault"] for one in told["faults"]]) == (7, ["cut"])
    assert figures["viewers"] == 8, beside
    assert figures["posts of the raid"] == 60
    assert figures["posts that were let through"] > 0
    assert figures["times that viewers came back"] >= 8
    for name in ("updates lost", "updates repeated", "shown without approval", "viewers left behind"):
        assert figures[name] == 0, (name, told)
    assert (status == 0) == told["ready"]
    async with program.store() as store:
        assert await store.rehearsals.running() is None
        left = await store.database.command("SMEMBERS", EVENT_SLUGS)
        assert [slug for slug in left if slug.decode().startswith(PREFIX)] == []
        assert await store.people.all() == []
    assert list(program.data_dir.glob(f"{PREFIX}*")) == []


@pytest.mark.thorough
async def test_a_wall_that_takes_nothing_in_is_not_ready(program):
    """The control: with its ingest worker held up, a rehearsal must say so."""
    workers = [process.pid for process in program.parts("ingest")]
    for pid in workers:
        os.kill(pid, signal.SIGSTOP)
    try:
        status, told, _ = await asyncio.wait_for(
            rehearse(program, "--minutes", "0.05", "--viewers", "2", "--patience", "2"), 60
        )
    finally:
        for pid in workers:
            os.kill(pid, signal.SIGCONT)

    assert (status, told["ready"]) == (1, False)
    assert any("not taken in" in reason for reason in told["because"])


async def test_the_parts_of_a_wall_are_known_by_its_folder(program, tmp_path):
    assert here.part(program.data_dir, "web") == [process.pid for process in program.parts("web")]
    assert here.redis(program.data_dir) == [process.pid for process in program.parts("redis")]
    assert here.memory(program.data_dir).keys() == {"web", "ingest"}
    assert here.part(tmp_path / "elsewhere", "web") == here.redis(tmp_path / "elsewhere") == []
    with pytest.raises(ConfigError, match="kill-web needs"):
        here.able(tmp_path / "elsewhere", Plan(faults=("kill-web",)).faults)


async def test_a_part_that_is_killed_is_another_one_soon(program):
    before = here.part(program.data_dir, "web")

    await here.break_(program.data_dir, "kill-web")

    await until(lambda: set(here.part(program.data_dir, "web")) - set(before))
