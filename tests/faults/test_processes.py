import random
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from httpx2 import AsyncClient, HTTPError

from tests.cast import a_post
from tests.faults.deciders import Deciders
from tests.program import Program, alive, running
from tests.servers import Server
from tests.servers import running as redis_running
from tests.waiting import until
from wall.core.audit import Filter
from wall.core.event import Event
from wall.core.moderation import Verdict
from wall.store.submission import Submission

EVENT = Event(slug="hall", title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def standing(tmp_path_factory):
    """A program that runs on, for the tests that leave it as they found it."""
    async with running(Program(tmp_path_factory.mktemp("standing"))) as program:
        yield program


@pytest.mark.thorough
async def test_killed_hard_it_leaves_nothing_running(program):
    await program.start()
    family = program.family
    assert {process.part for process in family} >= {"web", "ingest", "redis"}

    await program.kill()

    await until(lambda: not alive(family))


@pytest.mark.thorough
async def test_killed_hard_while_it_starts_it_leaves_nothing_running(program):
    await program.run()
    await until(lambda: {"ingest", "redis"} <= {process.part for process in program.family})
    family = program.family

    await program.kill()

    await until(lambda: not alive(family))


@pytest.mark.thorough
async def test_ctrl_c_stops_everything_it_started(program):
    await program.start()
    family = program.family

    status = await program.interrupt()

    assert status == 0
    assert alive(family) == []
    assert "Traceback" not in program.said


@pytest.mark.thorough
@pytest.mark.asyncio(loop_scope="module")
async def test_a_second_one_in_the_same_folder_says_so_and_leaves_the_first_alone(standing, tmp_path):
    second = Program(tmp_path)
    second.data_dir = standing.data_dir

    await second.run()
    status = await second.ended()

    assert status == 2
    assert second.said == (
        f"Another backchannel runs on {standing.data_dir}/redis; stop it, or give --data-dir another folder.\n"
    )
    assert await is_ready(standing)


@pytest.mark.thorough
@pytest.mark.asyncio(loop_scope="module")
async def test_a_port_that_is_taken_is_named_in_one_sentence(standing, tmp_path):
    second = Program(tmp_path, port=standing.port)

    await second.run()
    status = await second.ended()

    assert status == 2
    assert second.said == (
        f"Nothing can listen on 127.0.0.1:{standing.port} (Address already in use). Give another one with --port.\n"
    )
    assert await is_ready(standing)


async def test_a_setting_that_does_not_exist_is_named_in_one_sentence(program):
    program.settings["WALL_HOTS"] = "0.0.0.0"

    await program.run()
    status = await program.ended()

    assert status == 2
    assert program.said == "WALL_HOTS is not a setting; `backchannel check` lists them all.\n"
    assert not program.data_dir.exists()


@pytest.mark.thorough
async def test_over_a_redis_of_ones_own_it_starts_in_a_folder_that_is_not_there_yet(program, tmp_path):
    redis = Server(tmp_path)
    program.settings["WALL_REDIS_URL"] = f"redis://{redis.address}"

    async with redis_running(redis), running(program):
        assert program.setup_link == (program.data_dir / "setup-link").read_text(encoding="utf-8").strip()


@pytest.mark.thorough
async def test_stopped_and_started_again_it_still_has_its_events_and_posts(program):
    post = a_post()
    async with running(program), program.store() as store:
        await store.events.create(EVENT)
        await store.posts.submit(EVENT.slug, [Submission(post, Verdict())], now=datetime.now(UTC))

    async with running(program), program.store() as store:
        assert [event.title for event in await store.events.all()] == ["PyCon Example"]
        assert (await store.posts.get(EVENT.slug, post.id)).post == post


@pytest.mark.thorough
@pytest.mark.parametrize("part", ["web", "ingest"])
@pytest.mark.asyncio(loop_scope="module")
async def test_a_part_that_is_killed_is_started_again(standing, part):
    await standing.kill_part(part)

    await until(lambda: is_ready(standing))


@pytest.mark.thorough
@pytest.mark.asyncio(loop_scope="module")
async def test_a_redis_killed_again_and_again_comes_back_each_time(standing):
    for _ in range(4):
        await standing.kill_part("redis")
        await until(lambda: is_ready(standing))


async def test_every_confirmed_decision_outlives_the_death_of_everything(program):
    """G1: three moderators decide, everything is killed at once at a random moment, and nothing they were told is lost."""
    dice = random.Random(7)
    await program.start()
    async with program.store() as store:
        await store.events.create(EVENT)
        posts = [a_post(f"Post {number} #PyConEx") for number in range(400)]
        await store.posts.submit(
            EVENT.slug, [Submission(post, Verdict()) for post in posts], now=datetime.now(UTC)
        )
        deciders = await Deciders.signed_in(program, store, EVENT.slug, ("Mia", "Max", "Ida"))

    confirmed = {}
    for _ in range(3):
        async with deciders.at_work(posts, confirmed, per_second=20):
            await more(confirmed, dice.randint(15, 45))
            await program.kill_all()
        await program.start()

    async with program.store() as store:
        standings = await store.posts.get_all(EVENT.slug, list(confirmed))
        decided = [one for post in posts if (one := await store.posts.get(EVENT.slug, post.id)).decision]
        entries, _ = await store.audit.page(EVENT.slug, Filter(), limit=10_000)
    # Neither without the other: what is decided stands in the log, and only that, each once.
    assert sorted(one.post for one in entries) == sorted(one.post.id for one in decided)
    assert {standing.post.id: standing.status.value for standing in standings} == confirmed
    await program.stop()


async def more(confirmed, number):
    """Wait until so many more decisions are confirmed."""
    enough = len(confirmed) + number
    await until(lambda: len(confirmed) >= enough)


async def is_ready(program):
    """Tell whether it takes writes, and its hub is caught up."""
    async with AsyncClient(timeout=5, trust_env=False) as client:
        try:
            return (await client.get(f"{program.url}/readyz")).status_code == 200
        except HTTPError:
            return False
