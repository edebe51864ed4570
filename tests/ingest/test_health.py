import asyncio

import httpx2
import pytest

from tests.cast import NOW
from tests.waiting import until
from wall.errors import ConfigError
from wall.ingest import Health, Worker
from wall.ingest.health import READY_SECONDS, STUCK_SECONDS
from wall.ingest.times import Times
from wall.store import open_store


def worker_on(store):
    times = Times(look=0.01)
    return Worker(store, None, None, now=lambda: NOW, random=lambda: 0.5, times=times)


@pytest.fixture
async def worker(store):
    return worker_on(store)


@pytest.fixture
async def asked(worker):
    health = Health(worker, worker.store.database.measures.all)
    async with health.listening("127.0.0.1", 0) as port, httpx2.AsyncClient(trust_env=False) as client:

        async def asked(path):
            answer = await client.get(f"http://127.0.0.1:{port}{path}")
            return answer.status_code, answer.text

        yield asked


async def test_a_worker_is_ready_once_it_looked_after_its_sources(worker, asked):
    before = await asked("/readyz")
    running = asyncio.create_task(worker.run())
    await until(lambda: worker.looked_at > 0)
    after = await asked("/readyz")
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    assert before == (503, "The worker does not reach Redis.\n")
    assert after == (200, "ready\n")


async def test_a_worker_without_redis_is_alive_and_not_ready(tmp_path):
    store = open_store(f"unix://{tmp_path}/none")
    worker = worker_on(store)
    health = Health(worker, list)
    running = asyncio.create_task(worker.run())
    turned = worker.turned_at
    await until(lambda: worker.turned_at > turned)

    assert (health.answer("/healthz", None)[0], health.answer("/readyz", None)[0]) == (200, 503)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await store.database.close()


async def test_a_worker_that_hangs_is_not_alive(worker, asked):
    worker.turned_at -= STUCK_SECONDS

    assert await asked("/healthz") == (503, "The worker hangs.\n")


async def test_a_worker_that_looked_long_ago_is_not_ready(worker, asked):
    worker.looked_at = asyncio.get_running_loop().time() - READY_SECONDS

    assert (await asked("/readyz"))[0] == 503


async def test_it_tells_its_numbers_to_its_own_network_alone(worker, asked):
    status, numbers = await asked("/metrics")

    assert status == 200
    assert "\nwall_ingest_sources 0\n" in numbers
    assert "wall_process_memory_bytes" in numbers
    assert Health(worker, list).answer("/metrics", "198.41.0.4")[0] == 403


async def test_it_tells_nothing_else(asked):
    assert (await asked("/"))[0] == 404


@pytest.mark.parametrize(
    "said", [b"GET /healthz\r\n", b"\xff" * 20_000, b"POST /healthz HTTP/1.1\r\n\r\n", b"\r\n\r\n"]
)
async def test_who_talks_nonsense_is_let_go_and_others_are_answered(worker, said):
    health = Health(worker, list)
    async with health.listening("127.0.0.1", 0) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(said)
        writer.write_eof()
        told = await reader.read()
        writer.close()

    assert told[:12] in (b"", b"HTTP/1.1 404")


async def test_a_port_that_is_taken_is_told_in_words(worker):
    health = Health(worker, list)
    async with health.listening("127.0.0.1", 0) as port:
        with pytest.raises(ConfigError, match="WALL_INGEST_PORT"):
            async with health.listening("127.0.0.1", port):
                pass
