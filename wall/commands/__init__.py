"""What each command does, in a module of its own: a process starts with what it needs and no more."""

from datetime import UTC, datetime, timedelta

from wall.config import Config
from wall.core.people import Link
from wall.errors import ConfigError
from wall.store import Store

LINK_LASTS = timedelta(hours=24)


async def setup_link(store: Store, base: str) -> str:
    token = await store.people.make_link(Link(kind="setup", expires_at=now() + LINK_LASTS), now=now())
    return f"{base}/setup#{token}"


def base_url(config: Config, port: int) -> str:
    """Return the address people use; on every address of a machine, that is its own name for itself."""
    if config.public_url:
        return config.public_url
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(config.host, config.host)  # noqa: S104 - compared, not bound
    return f"http://{host}:{port}"


def required_url(config: Config) -> str:
    if not config.redis_url:
        raise ConfigError("WALL_REDIS_URL is not set; `backchannel serve` runs a private Redis by itself.")
    return config.redis_url


def now() -> datetime:
    return datetime.now(UTC)


def say(*lines: str) -> None:
    """Print for a person, at once, also when the output is a file or a pipe."""
    print("\n".join(lines), flush=True)
