"""Every test of the store runs on one Redis, and on a Cluster."""

import pytest
import pytest_asyncio

from tests.servers import three_masters
from wall.store import open_store


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def cluster_url(tmp_path_factory):
    """One Cluster for the whole run."""
    async with three_masters(tmp_path_factory.mktemp("cluster")) as nodes:
        yield f"redis+cluster://{nodes[0].address},{nodes[1].address}"


@pytest.fixture(params=["one", "cluster"])
def redis_url(request):
    """The address of the servers of this test."""
    return (
        request.getfixturevalue("redis_server").url
        if request.param == "one"
        else request.getfixturevalue("cluster_url")
    )


@pytest_asyncio.fixture
async def store(redis_url):
    store = open_store(redis_url)
    yield store
    await store.database.close()
