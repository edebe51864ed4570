"""Rounds of random trouble for a whole wall, and whether anybody lost anything by it; see bench/README.md.

python -m bench.chaos --rounds 5 --seed 7
"""

import argparse
import asyncio
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from bench.chaos.house import House, house
from bench.chaos.tally import WRONGS
from bench.figures import machine, table


async def main() -> int:
    options = parsed()
    dice = random.Random(options.seed)
    print(f"Seed {options.seed}.", flush=True)
    total: Counter[str] = Counter()
    rows = []
    with tempfile.TemporaryDirectory(prefix="bench-chaos-") as folder:
        async with house(
            Path(folder), dice, viewers=options.viewers, naive=options.control, chromium=options.chromium
        ) as place:
            for number in range(1, options.rounds + 1):
                wrong = await one_round(place, options.seconds, last=number == options.rounds)
                total += wrong
                rows.append([f"{number}", *(str(wrong[kind]) for kind in WRONGS)])
                print("  ".join(rows[-1]), flush=True)
            print(report(place, rows))
            seen = True
            if options.control and options.chromium:
                seen = await place.is_seen()
                print(
                    f"A removal that the browser could not hear of was {'found' if seen else 'not found'} on its screen."
                )
    if options.control:
        return 0 if total["lost"] and seen else 1
    return 1 if total.total() else 0


async def one_round(place: House, seconds: float, *, last: bool) -> Counter[str]:
    """Let a wall live through some trouble, then hold what everybody has against what is kept."""
    copy = await place.copy()
    async with place.at_work():
        await place.trouble.for_a_while(seconds)
    await place.settle()
    wrong = await place.wrong()
    if not last and place.dice.random() < 0.5:
        await place.put_back(copy)
        await place.settle()
        wrong += await place.wrong()
    return wrong


def report(place: House, rows: list[list[str]]) -> str:
    moderators = place.moderators
    done = ", ".join(f"{what} {number}" for what, number in sorted(place.trouble.done.items()))
    viewers = place.viewers
    return "\n".join(
        [
            "",
            table(["round", *WRONGS], rows),
            "",
            f"Trouble: {done}.",
            f"{moderators.told:,} decisions confirmed, {moderators.refused:,} refused because somebody was faster, "
            f"{moderators.repeated:,} sent again; {place.submitted:,} posts handed in, {len(place.sent):,} of a source.",
            f"{len(viewers)} viewers on {sum(one.connections for one in viewers):,} connections took "
            f"{sum(one.witness.told for one in viewers):,} updates one by one, and {sum(one.witness.resyncs for one in viewers):,} "
            "resyncs."
            if viewers
            else f"{len(place.naive)} readers who never look for what they missed.",
            f"{machine()}.",
        ]
    )


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.chaos", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=15.0, help="of trouble in each round")
    parser.add_argument("--viewers", type=int, default=20, help="how many watch, a sixth of them as screens")
    parser.add_argument("--seed", type=int, default=20260612)
    parser.add_argument("--chromium", action="store_true", help="a real browser is one of the screens, too")
    parser.add_argument(
        "--control",
        action="store_true",
        help="readers who never look for what they missed in the place of viewers: they must lose some",
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
