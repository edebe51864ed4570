"""The settings: one frozen value, read once from the environment (`WALL_…`) and the command line.

Events, sources and rules are not settings; organisers edit them in the browser.
"""

import os
import shlex
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from wall.errors import ConfigError

PREFIX = "WALL_"
SCHEMES = (
    "redis://",
    "rediss://",
    "unix://",
    "redis+sentinel://",
    "rediss+sentinel://",
    "redis+cluster://",
    "rediss+cluster://",
)
LOGS = ("text", "json")
LONGEST_NUMBER = 9  # digits
KEY_BYTES = 32
URL_SAFE = str.maketrans("+/", "-_")


def setting(default: Any, help: str, *, secret: bool = False) -> Any:
    return field(default=default, metadata={"help": help, "secret": secret})


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Every setting, with its default. `origins` tells where each came from."""

    data_dir: Path = setting(Path("data"), "Folder for the private Redis and the pictures.")
    redis_url: str = setting(
        "",
        "A Redis of your own instead of the private one: redis://, rediss:// or unix://, "
        "redis+sentinel://host:port,host:port/service or redis+cluster://host:port,host:port.",
        secret=True,
    )
    redis_replicas: int = setting(0, "Replicas of that Redis that must have a decision before it is confirmed.")
    host: str = setting("127.0.0.1", "Address to listen on; 0.0.0.0 lets other machines in.")
    port: int = setting(8000, "Port to listen on.")
    public_url: str = setting("", "Address people use, such as https://wall.example.org; needed behind a proxy.")
    trusted_proxies: str = setting("127.0.0.1", "Addresses of proxies whose X-Forwarded-… headers are believed.")
    insecure_lan: bool = setting(False, "Let moderators and organisers in over plain http from other machines.")
    private_addresses: bool = setting(False, "Let sources and pictures be fetched from private addresses.")
    max_streams: int = setting(20000, "Live connections that one process accepts.")
    max_streams_per_address: int = setting(
        2000, "Live connections from one address (an IPv6 /64 is one); a venue shares one."
    )
    max_backlog: int = setting(256 * 1024, "Bytes a viewer may be behind; beyond that it fetches the wall anew.")
    kept_updates: int = setting(1000, "Newest updates told one by one to a viewer who comes back.")
    way_back: bool = setting(
        False, "Keep the way back to the version before: migrate nothing that it could not read."
    )
    classifier: str = setting("", "Program of your own that looks at pictures; see docs/pictures.md.")
    mail_url: str = setting(
        "",
        "Mail server for links to who takes part, warnings to staff: smtp://name:password@mail.example.org:587, or smtps://.",
        secret=True,
    )
    mail_from: str = setting("", "Address that such mail comes from.")
    oidc_issuer: str = setting(
        "", "Where people may sign in, to take part and on the staff: the issuer of OpenID Connect (https://)."
    )
    oidc_client: str = setting(
        "",
        "Client id of this wall there; "
        "its redirects are …/join/signed-in of each event and /sign-in/elsewhere/back.",
    )
    oidc_secret: str = setting(
        "", "Client secret of this wall there; leave it empty for a public client.", secret=True
    )
    two_to_erase: bool = setting(
        False, "Erase an event only once a second organiser or owner says so within a day."
    )
    bridges: str = setting(
        "brid.gy mostr.pub momostr.pink", "Domains of bridges that are believed what a post was copied from."
    )
    back_channel_key: str = setting(
        "",
        "Key that private threads are kept under, 32 bytes in base64; without one there are none. "
        "Several, parted by spaces: the first seals, all open.",
        secret=True,
    )
    log: str = setting("text", "How the log is written: text for people, or json, an object on each line.")
    ingest_port: int = setting(
        0, "Port on which an ingest worker answers /healthz, /readyz and /metrics, at WALL_HOST; 0 is none."
    )
    traces: str = setting(
        "", "Where traces go: a collector of OpenTelemetry (OTLP over http); needs backchannel[otel]."
    )
    origins: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def back_channel_keys(self) -> tuple[bytes, ...]:
        return tuple(urlsafe_b64decode(pad(text)) for text in self.back_channel_key.split())

    @property
    def secrets(self) -> list[str]:
        """The values that nobody may see."""
        return [getattr(self, entry.name) for entry in settings() if entry.metadata["secret"]]

    @property
    def picture_dir(self) -> Path:
        return self.data_dir / "pictures"


def settings() -> list[Any]:
    """Return the dataclass fields that are settings, for documentation and `backchannel check`."""
    return [entry for entry in fields(Config) if "help" in entry.metadata]


def load(environment: Mapping[str, str], **overrides: Any) -> Config:
    """Return the settings from the environment, then from the command line (overrides that are not None).

    `WALL_NAME_FILE` reads a setting from a file. Raises ConfigError on an unknown, unreadable or invalid one.
    """
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    known = {entry.name: entry for entry in settings()}
    for variable, text in environment.items():
        if not variable.startswith(PREFIX):
            continue
        name = variable.removeprefix(PREFIX).lower()
        if name not in known and name.removesuffix("_file") in known:
            name, text = name.removesuffix("_file"), read_file(variable, text)
        if name not in known:
            raise ConfigError(f"{variable} is not a setting; `backchannel check` lists them all.")
        values[name] = convert(variable, text, type(known[name].default))
        origins[name] = variable
    for name, value in overrides.items():
        if value is not None:
            values[name] = value
            origins[name] = "command line"
    return validated(Config(**values, origins=origins))


def environment(config: Config) -> dict[str, str]:
    """Return the variables from which `load` makes the same settings again."""
    values = {entry.name: getattr(config, entry.name) for entry in settings()}
    return {
        PREFIX + name.upper(): ("yes" if value else "no") if isinstance(value, bool) else str(value)
        for name, value in values.items()
    }


def others_environment() -> dict[str, str]:
    """Return our environment as other programs are given it: without our settings, some of which are secrets."""
    return {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}


def read_file(variable: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ConfigError(f"{variable} names {path}, which cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{variable} names {path}, which cannot be read: it is not UTF-8.") from error


def convert(variable: str, text: str, kind: type) -> Any:
    if kind is bool:
        if text.lower() in ("1", "true", "yes", "on"):
            return True
        if text.lower() in ("0", "false", "no", "off", ""):
            return False
        raise ConfigError(f"{variable} is “{text}”; it takes yes or no.")
    if kind is int:
        if not text.isascii() or not text.isdigit() or len(text) > LONGEST_NUMBER:
            raise ConfigError(f"{variable} is “{text}”; it takes a whole number.")
        return int(text)
    return Path(text) if issubclass(kind, Path) else text


def validated(config: Config) -> Config:
    if not 0 <= config.port <= 65535:
        raise ConfigError(f"Port {config.port} does not exist; take one from 1 to 65535.")
    if not 0 <= config.ingest_port <= 65535:
        raise ConfigError(
            f"WALL_INGEST_PORT is {config.ingest_port}, which does not exist; take one from 1 to 65535."
        )
    if config.log not in LOGS:
        raise ConfigError(f"WALL_LOG is “{config.log}”; it takes {' or '.join(LOGS)}.")
    if config.traces and not config.traces.startswith(("https://", "http://")):
        raise ConfigError("WALL_TRACES must start with https:// (or http://).")
    if config.redis_url and not config.redis_url.startswith(SCHEMES):
        raise ConfigError(f"WALL_REDIS_URL must start with {', '.join(SCHEMES)}.")
    if config.redis_replicas and not config.redis_url:
        raise ConfigError("WALL_REDIS_REPLICAS needs a WALL_REDIS_URL; the private Redis has no replicas.")
    if bool(config.mail_url) != bool(config.mail_from):
        raise ConfigError("WALL_MAIL_URL and WALL_MAIL_FROM belong together; set both or neither.")
    if config.mail_url and not is_mail_server(config.mail_url):
        raise ConfigError("WALL_MAIL_URL must be like smtp://name:password@mail.example.org:587, or smtps://.")
    if config.mail_url and not config.public_url:
        raise ConfigError("WALL_MAIL_URL needs a WALL_PUBLIC_URL: that is where the links in letters lead.")
    if bool(config.oidc_issuer) != bool(config.oidc_client):
        raise ConfigError("WALL_OIDC_ISSUER and WALL_OIDC_CLIENT belong together; set both or neither.")
    if config.oidc_issuer and not config.oidc_issuer.startswith(("https://", "http://")):
        raise ConfigError("WALL_OIDC_ISSUER must start with https:// (or http://).")
    try:
        shlex.split(config.classifier)
    except ValueError as error:
        raise ConfigError(f"WALL_CLASSIFIER is no command: {error}.") from error
    check_keys(config)
    if config.public_url and not config.public_url.startswith(("https://", "http://")):
        raise ConfigError("WALL_PUBLIC_URL must start with https:// (or http://).")
    return replace(config, public_url=config.public_url.rstrip("/"))


def check_keys(config: Config) -> None:
    try:
        sound = all(len(key) == KEY_BYTES for key in config.back_channel_keys)
    except ValueError:
        sound = False
    if not sound:
        raise ConfigError(
            "WALL_BACK_CHANNEL_KEY takes 32 bytes in base64; make them by `openssl rand -base64 32`."
        )


def pad(text: str) -> bytes:
    """Return base64 of either alphabet, with or without its padding, as the URL-safe one with it."""
    return text.translate(URL_SAFE).rstrip("=").encode() + b"=" * (-len(text.rstrip("=")) % 4)


def is_mail_server(url: str) -> bool:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    return parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and port != 0
