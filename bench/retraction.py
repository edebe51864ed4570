"""How long a removal takes until the last of several screens has confirmed that it painted without the post."""

import argparse
import asyncio
import json
import secrets
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from playwright.async_api import Browser

from bench.figures import machine, percentile, table
from bench.screen import Screen, browser, screen
from bench.served import SLUG, Wall, posts, served
from wall.core.feed import Cursor
from wall.core.moderation import Status
from wall.core.post import Post

ANSWER_SECONDS = 20.0
LOOK_SECONDS = 0.002
REST_SECONDS = 0.1
WARM_UP = 5

Times = dict[str, list[float]]
"""What was measured → milliseconds, one a removal."""


def main() -> None:
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="backchannel-bench-", dir=options.folder) as folder:
        asyncio.run(bench(Path(folder), options))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--screens", type=int, default=3, help="screens, each a page of Chromium (3)")
    parser.add_argument("--removals", type=int, default=50, help="posts shown and removed again (50)")
    parser.add_argument("--folder", type=Path, help="where the data is kept meanwhile (the temporary folder)")
    return parser.parse_args()


async def bench(folder: Path, options: argparse.Namespace) -> None:
    times: Times = {"confirmed → painted": [], "confirmed → acknowledged": [], "pressed → acknowledged": []}
    times |= {"decision": [], "page alone → painted": [], "page alone → second frame": []}
    async with (
        served(folder / "data") as wall,
        browser() as chromium,
        halls(chromium, wall, options.screens) as pages,
    ):
        source = posts(secrets.randbits(20))
        for number in range(options.removals + WARM_UP):
            measured = await removal(wall, pages, next(source))
            if number >= WARM_UP:
                for name, value in measured.items():
                    times[name].append(value)
    report(times, options)


@asynccontextmanager
async def halls(chromium: Browser, wall: Wall, number: int) -> AsyncIterator[list[Screen]]:
    """Open so many screens, each by a link and in a browser of its own."""
    async with AsyncExitStack() as stack:
        pages = []
        for index in range(number):
            _, token = await wall.store.screens.open(SLUG, f"Hall {index + 1}", now=datetime.now(UTC))
            hall = replace(wall, screen=token)
            pages.append(await stack.enter_async_context(screen(chromium, hall)))
        yield pages


async def removal(wall: Wall, pages: list[Screen], post: Post) -> dict[str, float]:
    """Show a post on every screen, remove it as a desk does, and wait for every screen's word. In milliseconds."""
    shown = [page.wait_for(post.id) for page in pages]
    await asyncio.sleep(REST_SECONDS)
    await wall.submit(post, Status.APPROVED)
    await asyncio.gather(*shown)
    await asyncio.sleep(REST_SECONDS)
    gone = [page.wait_until_gone(post.id) for page in pages]
    await asyncio.sleep(REST_SECONDS)
    pressed = time.time() * 1e3
    await decide(wall, post)
    confirmed = time.time() * 1e3
    acknowledged = await last_word(wall, post, len(pages))
    painted = max(await asyncio.gather(*gone))
    alone, alone_confirmed = await pages[0].remove_alone()
    return {
        "decision": confirmed - pressed,
        "confirmed → painted": painted - confirmed,
        "confirmed → acknowledged": acknowledged - confirmed,
        "pressed → acknowledged": acknowledged - pressed,
        "page alone → painted": alone,
        "page alone → second frame": alone_confirmed,
    }


async def decide(wall: Wall, post: Post) -> None:
    """Send the removal by HTTP, as a desk does, and wait for its answer, which is on disk."""
    form = {"id": secrets.token_hex(8), "post": post.id, "kind": "remove", "version": 1, "hash": post.content_hash}
    body = json.dumps(form).encode()
    reader, writer = await asyncio.open_connection("127.0.0.1", wall.port)
    writer.write(
        f"POST /{SLUG}/moderate/decisions HTTP/1.1\r\nHost: 127.0.0.1:{wall.port}\r\nOrigin: {wall.base}\r\n"
        f"Cookie: session={wall.moderator}\r\nContent-Type: application/json\r\nConnection: close\r\n"
        f"Content-Length: {len(body)}\r\n\r\n".encode()
        + body
    )
    async with asyncio.timeout(ANSWER_SECONDS):
        status = await reader.readline()
    writer.close()
    if b" 200 " not in status:
        raise SystemExit(f"A removal was refused: {status.decode().strip()}")


async def last_word(wall: Wall, post: Post, screens: int) -> float:
    """Return when the last screen's word was in the store, in milliseconds of the epoch, as the web process noted it."""
    tip = await wall.store.feeds.tip(SLUG, "public")
    wanted = Cursor(tip.epoch, (await wall.store.posts.told(SLUG, [post.id]))[0])
    async with asyncio.timeout(ANSWER_SECONDS):
        while True:
            showings = [one for one in await wall.store.showings.all(SLUG) if one.painted(wanted, tip)]
            if len(showings) == screens:
                return max(one.reached_at.timestamp() for one in showings) * 1e3
            await asyncio.sleep(LOOK_SECONDS)


MEASURED = (
    "decision",
    "confirmed → painted",
    "page alone → painted",
    "confirmed → acknowledged",
    "page alone → second frame",
    "pressed → acknowledged",
)


def report(times: Times, options: argparse.Namespace) -> None:
    print(f"retraction; {machine()}")
    print(f"{options.removals} removals, the last of {options.screens} screens; milliseconds\n")
    rows = [[name, *(f"{percentile(times[name], percent):.1f}" for percent in (50, 95, 100))] for name in MEASURED]
    print(table(["milliseconds", "p50", "p95", "max"], rows))


if __name__ == "__main__":
    main()
