import pytest

from wall.errors import ConfigError
from wall.store.address import servers
from wall.store.cluster import Cluster


def test_a_plain_address_is_one_redis():
    one = servers("rediss://wall:secret@redis.example:6380/2")

    options = one.redis.connection_pool.connection_kwargs
    assert (options["host"], options["port"], options["db"]) == ("redis.example", 6380, 2)
    assert (options["username"], options["password"]) == ("wall", "secret")


def test_sentinels_are_parted_by_commas_and_name_a_service():
    one = servers("redis+sentinel://wall:s%40fe@one.example,[::1]:26380/main?db=1&sentinel_password=guard")

    asked = [sentinel.connection_pool.connection_kwargs for sentinel in one.sentinel.sentinels]
    assert [(options["host"], options["port"]) for options in asked] == [("one.example", 26379), ("::1", 26380)]
    assert [options["password"] for options in asked] == ["guard", "guard"]
    pool = one.redis.connection_pool
    assert (pool.service_name, pool.connection_kwargs["password"], pool.connection_kwargs["db"]) == (
        "main",
        "s@fe",
        1,
    )


def test_a_cluster_is_some_of_its_nodes():
    cluster = servers("rediss+cluster://:secret@one.example:7000,two.example")

    assert isinstance(cluster, Cluster)
    assert cluster.seeds == [("one.example", 7000), ("two.example", 6379)]
    assert cluster.options["password"] == "secret"


@pytest.mark.parametrize(
    "url",
    [
        "http://redis.example",
        "redis://redis.example:port",
        "redis+sentinel://one.example:26379",
        "redis+sentinel:///main",
        "redis+cluster://one.example:7000,",
        "redis+cluster://one.example:99999",
        "redis+proxy://one.example",
    ],
)
def test_what_is_no_address_is_refused_in_words(url):
    with pytest.raises(ConfigError, match="WALL_REDIS_URL"):
        servers(url)
