import pytest_asyncio

from tests.web.site import Site


@pytest_asyncio.fixture
async def served(redis_server, tmp_path):
    """The whole application on a real socket."""
    async with Site(tmp_path, redis_server.url).listening() as site:
        yield site
