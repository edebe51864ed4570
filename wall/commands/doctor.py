"""`backchannel doctor`: whether a venue is fit for a wall, check by check."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict

from wall.commands import say
from wall.config import Config
from wall.doctor.examination import Examination
from wall.doctor.finding import Finding, fit
from wall.errors import ConfigError
from wall.store import open_store
from wall.store.server import running_url


async def doctor(config: Config, options: argparse.Namespace) -> int:
    """Examine the venue, print what was found, and say by the exit status whether anything is wrong."""
    url = (options.url or config.public_url).rstrip("/")
    if url and not url.startswith(("https://", "http://")):
        raise ConfigError(f"“{url}” is no address; it is like https://wall.example.org.")
    address = redis_url(config)
    store = open_store(address) if address else None
    try:
        findings = await Examination(config=config, store=store, url=url).findings()
    finally:
        if store:
            await store.database.close()
    say(*(as_json(findings) if options.json else as_text(findings)))
    return 0 if fit(findings) else 1


def redis_url(config: Config) -> str:
    """Return where Redis is; empty where it is a private one that does not run."""
    try:
        return config.redis_url or running_url(config.data_dir / "redis")
    except ConfigError:
        return ""


def as_json(findings: Sequence[Finding]) -> list[str]:
    return [json.dumps({"fit": fit(findings), "findings": [asdict(one) for one in findings]}, ensure_ascii=False)]


def as_text(findings: Sequence[Finding]) -> list[str]:
    """Return a line for each finding, with what to do below it, and the sum at the end."""
    lines = []
    for one in findings:
        lines.append(f"{one.verdict:8} {one.name}: {one.found}")
        if one.todo:
            lines.append(f"{'':8} → {one.todo}")
    wrong = sum(one.verdict == "wrong" for one in findings)
    care = sum(one.verdict == "careful" for one in findings)
    return [*lines, "", f"{len(findings)} checks: {wrong} wrong, {care} to be careful about."]
