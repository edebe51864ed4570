"""Ballots a second: kept and counted by the store, and by the whole application, beside a bare HSET of the same ballots.

All three write to one Redis that syncs every write, in turn, with as many on their way at once. See README.md.
"""

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from bench.figures import machine, ratios, spread, table
from wall.config import Config
from wall.core.ballot import ballot
from wall.core.event import Event
from wall.core.poll import Poll
from wall.core.poll_results import recount
from wall.core.tickets import make_ticket
from wall.store import Store
from wall.store.server import PrivateRedis
from wall.web.app import create_app

SLUG = "polls"
OPTIONS = ("Soup", "Rice", "Bread", "Fruit")
FLOOR, KEPT, ASKED = "HSET alone", "kept and counted", "the whole application"

Cast = Callable[[str, int, str], Awaitable[None]]
"""Casts a ballot in a poll: the poll, who, and their choice."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="rounds, contestants in turn (9)")
    parser.add_argument("--voters", type=int, default=2000, help="ballots a round and contestant (2000)")
    parser.add_argument("--at-once", type=int, default=64, help="how many are on their way at a time (64)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="backchannel-bench-") as folder:
        asyncio.run(bench(Path(folder), options.rounds, options.voters, options.at_once))


async def bench(folder: Path, rounds: int, voters: int, at_once: int) -> None:
    server = PrivateRedis(folder / "redis")
    await server.start()
    core = {sorted(os.sched_getaffinity(0))[0]}
    os.sched_setaffinity(0, core)
    os.sched_setaffinity(int((folder / "redis" / "redis.pid").read_text()), core)
    app = create_app(Config(data_dir=folder), redis_url=server.url)
    try:
        async with app.router.lifespan_context(app) as services:
            store: Store = services["store"]
            await store.events.create(Event(slug=SLUG, title="Polls", hashtags=("Polls",), keys=("polls",)))
            phones = await phones_of(app, services, store, voters)
            contest = Contest(store, phones, voters, at_once)
            for number in range(rounds):
                await contest.round(number)
            contest.report()
    finally:
        await server.stop()


class Contest:
    """Every contestant is given the same ballots, each in a poll of its own."""

    def __init__(self, store: Store, ask: Cast, voters: int, at_once: int) -> None:
        self.store = store
        self.voters = voters
        self.turns = asyncio.Semaphore(at_once)
        self.contestants: dict[str, Cast] = {FLOOR: self.hset, KEPT: self.keep, ASKED: ask}
        self.rates: dict[str, list[float]] = {name: [] for name in self.contestants}

    async def round(self, number: int) -> None:
        for place, (name, cast) in enumerate(self.contestants.items()):
            poll = await self.opened(f"r{number}c{place}")
            began = time.perf_counter()
            await asyncio.gather(*(self.one(cast, poll, voter) for voter in range(self.voters)))
            self.rates[name].append(self.voters / (time.perf_counter() - began))
            if name != FLOOR:
                await self.check(poll)

    async def one(self, cast: Cast, poll: str, voter: int) -> None:
        async with self.turns:
            await cast(poll, voter, str(voter % len(OPTIONS)))

    async def opened(self, id: str) -> str:
        now = datetime.now(UTC)
        poll = Poll(id=id, kind="single", question="Lunch?", options=OPTIONS, status="open", created_at=now)
        await self.store.polls.delete(SLUG, id, now=now)
        await self.store.polls.add(SLUG, poll, now=now)
        return id

    async def hset(self, poll: str, voter: int, choice: str) -> None:
        await self.store.database.command("HSET", f"wall:{{{SLUG}}}:floor:{poll}", voter, choice)

    async def keep(self, poll: str, voter: int, choice: str) -> None:
        await self.store.polls.cast(SLUG, poll, str(voter), lambda stands: ballot(stands, [choice]))

    async def check(self, poll: str) -> None:
        """Stop where the count is not exact: then its speed means nothing."""
        counted = (await self.store.polls.counted(SLUG, [poll]))[poll]
        ballots = await self.store.polls.ballots(SLUG, poll)
        if counted.voters != self.voters or counted.tally != recount(ballots):
            raise SystemExit(f"{counted.voters} of {self.voters} ballots were counted, as {counted.tally}.")

    def report(self) -> None:
        floor = self.rates[FLOOR]
        rows = [[name, spread(ratios(rates, floor), 2), spread(rates)] for name, rates in self.rates.items()]
        print(table(["ballots", "of the floor", "a second"], rows))
        print(f"\n{machine()}")


async def phones_of(app: Starlette, services: MutableMapping[str, Any], store: Store, voters: int) -> Cast:
    """Return what votes as phones do that came by a screen's code, each from an address of its own."""
    ticket = make_ticket(await store.screens.secret(SLUG), SLUG, now=datetime.now(UTC))
    cookies = {}
    for voter in range(voters):
        _, headers = await request(
            app, services, "GET", f"/{SLUG}/polls", query=f"k={ticket}", address=address(voter)
        )
        cookies[voter] = "; ".join(value.split(";")[0] for name, value in headers if name == "set-cookie")

    async def ask(poll: str, voter: int, choice: str) -> None:
        status, _ = await request(
            app,
            services,
            "POST",
            f"/{SLUG}/polls/{poll}",
            cookie=cookies[voter],
            body=f"choice={choice}",
            address=address(voter),
        )
        if status != 303:
            raise SystemExit(f"A ballot was answered with {status}.")

    return ask


def address(voter: int) -> str:
    return f"10.{voter >> 16 & 255}.{voter >> 8 & 255}.{voter & 255}"


async def request(
    app: Starlette,
    services: MutableMapping[str, Any],
    method: str,
    path: str,
    *,
    query: str = "",
    cookie: str = "",
    body: str = "",
    address: str = "127.0.0.1",
) -> tuple[int, list[tuple[str, str]]]:
    """Ask the application itself; returns the status and the headers."""
    headers = {
        "host": "127.0.0.1",
        "accept": "text/html",
        "cookie": cookie,
        "sec-fetch-site": "same-origin",
        "content-type": "application/x-www-form-urlencoded",
        "content-length": str(len(body)),
    }
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": (address, 50000),
        "server": ("127.0.0.1", 80),
        "state": dict(services),
    }
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body.encode(), "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start = sent[0]
    return start["status"], [(name.decode(), value.decode()) for name, value in start["headers"]]


if __name__ == "__main__":
    main()
