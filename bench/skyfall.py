"""A Jetstream that sends a made-up network at a steady pace, run as a program of its own by bench/firehose.py and bench/burst.py."""

import argparse
import asyncio
import json
import random
import time
from collections.abc import Iterator

from websockets.asyncio.server import ServerConnection, serve

from bench.statuses import TALK

TICKS = 100  # a second
PEOPLE = 500
WORDS = {
    "en": TALK.split(),
    "ja": ["今日は", "とても", "良い", "天気", "ですね", "コーヒー", "🎉", "会場", "楽しい"],
    "pt": ["café", "não", "você", "amanhã", "conferência", "também", "é", "ótimo", "música"],
}
SHARES = {"en": 60, "ja": 25, "pt": 15}


def did(number: int) -> str:
    digits = "".join("abcdefghijklmnopqrstuvwxyz"[int(digit)] for digit in f"{number:024}")
    return f"did:plc:{digits}"


def events(seed: int, matching: float) -> Iterator[dict[str, object]]:
    """Yield what happens: posts, every tenth with a hashtag or a link, deletes, and now and then an account's change."""
    dice = random.Random(seed)
    number = 0
    while True:
        number += 1
        who = did(dice.randrange(PEOPLE))
        kind = dice.random()
        if kind < 0.005:
            yield {"did": who, "kind": "identity", "identity": {"did": who, "seq": number}}
            continue
        commit: dict[str, object] = {
            "rev": "3n2u6rxqtls2g",
            "operation": "delete" if kind < 0.08 else "create",
            "collection": "app.bsky.feed.post",
            "rkey": f"3{seed}x{number}",
        }
        if kind >= 0.08:
            commit |= {"record": record(dice, dice.random() < matching), "cid": f"bafyrei{seed}x{number:020}"}
        yield {"did": who, "kind": "commit", "commit": commit}


def record(dice: random.Random, wanted: bool) -> dict[str, object]:
    (language,) = dice.choices(list(SHARES), weights=list(SHARES.values()))
    text = " ".join(dice.choices(WORDS[language], k=dice.randint(4, 30)))
    facets = []
    tag = "PyConDE" if wanted else dice.choice(["cats", "art", "猫", "música"]) if dice.random() < 0.1 else ""
    if tag:
        text += f" #{tag}"
        end = len(text.encode())
        facets.append(
            facet(end - len(tag.encode()) - 1, end, {"$type": "app.bsky.richtext.facet#tag", "tag": tag})
        )
    elif dice.random() < 0.2:
        facets.append(facet(0, 4, {"$type": "app.bsky.richtext.facet#link", "uri": "https://example.org/a/b"}))
    content: dict[str, object] = {
        "$type": "app.bsky.feed.post",
        "createdAt": "2026-06-12T09:30:00.000Z",
        "langs": [language],
        "text": text,
    }
    if facets:
        content["facets"] = facets
    if dice.random() < 0.5:
        parent = {"cid": "bafyrei" + "q" * 52, "uri": f"at://{did(1)}/app.bsky.feed.post/3abcdefghijk2"}
        content["reply"] = {"parent": parent, "root": parent}
    return content


def facet(start: int, end: int, feature: dict[str, str]) -> dict[str, object]:
    return {"features": [feature], "index": {"byteStart": start, "byteEnd": end}}


async def pour(
    socket: ServerConnection, rate: int, seconds: float, matching: float, seed: int, *, stay: bool
) -> None:
    """Send so many events a second for so long, and close, unless told to stay."""
    frames = [
        json.dumps(event | {"time_us": time.time_ns() // 1000}, ensure_ascii=False)
        for event, _ in zip(events(seed, matching), range(int(rate * seconds)), strict=False)
    ]
    begun = time.perf_counter()
    each = rate // TICKS
    for tick in range(int(seconds * TICKS)):
        for frame in frames[tick * each : (tick + 1) * each]:
            await socket.send(frame)
        await asyncio.sleep(max(0.0, begun + (tick + 1) / TICKS - time.perf_counter()))
    await (socket.wait_closed() if stay else socket.close())


async def run(options: argparse.Namespace) -> None:
    seeds = iter(range(1, 1_000_000))

    async def pour_next(socket: ServerConnection) -> None:
        await pour(
            socket, options.rate, options.seconds, options.matching / options.rate, next(seeds), stay=options.stay
        )

    async with serve(pour_next, "127.0.0.1", options.port, compression=None):
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--rate", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--matching", type=float, default=10.0)
    parser.add_argument("--stay", action="store_true", help="leave the line open once all is sent")
    asyncio.run(run(parser.parse_args()))
