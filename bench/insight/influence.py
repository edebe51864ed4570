"""How well those who are listened to, and those who stay unhappy, come first at invented events: precision at ten.

    python -m bench.insight.influence
    python -m bench.insight.influence --arrivals rsconf2018_arrivals.jsonl

Held against an order by followers. With the arrivals of a real conference (pseudonyms and acts, no words) it prints who
leads there, and where its most busy account stands.
"""

import argparse
import json
from collections import Counter
from pathlib import Path
from statistics import median

from bench.figures import table
from bench.insight.network import Network
from bench.insight.seeded import BOT, NOW, RING, Seeded, seeded
from wall.core.influence import influences
from wall.core.triage import triage

TOP = 10


def by_followers(names: list[str], event: Seeded) -> list[str]:
    return sorted(names, key=lambda name: -event.followers[name])


def precision(order: list[str], right: set[str]) -> float:
    return len(set(order[:TOP]) & right) / TOP


def told(values: list[float]) -> str:
    return f"{median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def invented(rounds: int) -> None:
    events = [seeded(number) for number in range(rounds)]
    found = [influences(event.network.ledger()) for event in events]
    orders = [[one.author for one in some] for some in found]
    cases = [[turn.case.post for turn in triage(event.cases, now=NOW)] for event in events]
    both = list(zip(events, orders, cases, strict=True))
    rows = [
        [
            "listened to",
            told([precision(order, event.known) for event, order, _turns in both]),
            told([precision(by_followers(order, event), event.known) for event, order, _turns in both]),
        ],
        [
            "unhappy for hours",
            told([precision(turns, event.lasting) for event, _order, turns in both]),
            told([precision(by_followers(turns, event), event.lasting) for event, _order, turns in both]),
        ],
    ]
    print(table([f"precision at {TOP}, {rounds} events", "ours", "by followers"], rows))
    noisy = {one.band for some in found for one in some if one.author in (BOT, *RING)}
    print(f"\nBands of the bot and of the ring, all events: {', '.join(sorted(noisy))}.")


def real(path: Path) -> None:
    network, posts = Network(), {}
    acts = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for act in acts:
        if act["kind"] != "boost":
            posts[act["id"]] = network.post(act["author"], language=act["lang"] or "")
            if act["reply_to_author"]:
                network.answer(act["author"], to=act["reply_to_author"])
    for act in acts:
        if act["kind"] == "boost" and act["boost_of_author"]:
            post = posts.get(act["boost_of"])
            if post is None:
                post = posts[act["boost_of"]] = network.post(act["boost_of_author"])
            network.passed_on(post, act["author"])
    busiest, number = Counter(act["author"] for act in acts if act["kind"] != "boost").most_common(1)[0]
    found = influences(network.ledger(), vetted={act["author"] for act in acts})
    places = {one.author: place for place, one in enumerate(found, start=1)}
    rows = [[one.author, one.band, str(one.people), str(one.connectors), str(one.h)] for one in found[:TOP]]
    print(table(["", "band", "taken up by", "connectors", "h"], rows))
    one = found[places[busiest] - 1]
    print(
        f"\nThe busiest, {busiest}: {number} posts, taken up by {one.people}, {one.band}, {places[busiest]} of {len(found)}."
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=20, help="invented events (20)")
    options.add_argument("--arrivals", type=Path, help="a real conference")
    chosen = options.parse_args()
    if chosen.arrivals:
        real(chosen.arrivals)
    else:
        invented(chosen.rounds)


if __name__ == "__main__":
    main()
