"""WALL_REDIS_URL: what may stand in it, and the servers that it names."""

from urllib.parse import SplitResult, unquote, urlsplit

from redis.asyncio.connection import parse_url

from wall.errors import ConfigError
from wall.store.cluster import Cluster
from wall.store.servers import Address, OneServer, client, named_by_sentinel

REDIS_PORT = 6379
SENTINEL_PORT = 26379


def servers(url: str) -> OneServer | Cluster:
    """Return the servers at an address; nothing is connected yet. Raises ConfigError when it cannot be one.

    * redis://user:password@host:port/0, rediss://… with TLS, unix:///path
    * redis+sentinel://user:password@host:port,host:port/service, for the sentinels ?sentinel_password=…
    * redis+cluster://user:password@host:port,host:port, some nodes of a Cluster; also rediss+…

    Options of redis-py's connections may follow as ?name=value.
    """
    try:
        parts = urlsplit(url)
        scheme, _, kind = parts.scheme.partition("+")
        if not kind:
            return OneServer(client(parse_url(url)))
        options = dict(parse_url(f"{scheme}://{credentials(parts)}-?{parts.query}"))
        del options["host"]
        if kind == "cluster":
            return Cluster(addresses(parts, REDIS_PORT), options)
        service = unquote(parts.path.strip("/"))
        if kind != "sentinel" or not service:
            raise ValueError(
                "after the sentinels comes the name of the service: redis+sentinel://host:port/service"
            )
        return named_by_sentinel(addresses(parts, SENTINEL_PORT), service, options)
    except ValueError as error:
        raise ConfigError(f"WALL_REDIS_URL cannot be used: {error}") from error


def credentials(parts: SplitResult) -> str:
    name, at, _ = parts.netloc.rpartition("@")
    return name + at


def addresses(parts: SplitResult, port: int) -> list[Address]:
    """Return the hosts of an address, which commas part."""
    hosts = [urlsplit(f"//{host}") for host in parts.netloc.rpartition("@")[2].split(",")]
    if not all(host.hostname for host in hosts):
        raise ValueError("a host is missing")
    return [(str(host.hostname), host.port or port) for host in hosts]
