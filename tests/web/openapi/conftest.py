import pytest

from tests.web.openapi.running import Running


@pytest.fixture(scope="module")
def running(redis_server, tmp_path_factory):
    running = Running(tmp_path_factory.mktemp("api"), redis_server.url)
    yield running
    running.stop()
