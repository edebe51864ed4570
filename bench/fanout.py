"""How many viewers one core serves, held against the least that a kernel asks and against other servers.

    export PERF_KIT=… PERF_PEERS=…                                   # see bench/kit.py and bench/peers.py
    python -m bench.fanout --save results.json                       # everybody who is installed
    python -m bench.fanout --only floor,ours --viewers 10000 --rounds 5
    python -m bench.fanout --show results.json --draw docs/img       # the table and the drawings again

Everybody runs in turn within a round, and only the ratios to the floor of the same round count. Our posts take the whole
road, through the store's script and the hub; the others' come by a bare PUBLISH.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from bench.charts import draw
from bench.figures import machine
from bench.goals import judged
from bench.kit import FRAME_BYTES, Contender, Room, room
from bench.peers import PEERS, Missing, contenders
from bench.results import Results, Run

CASES = {
    "single": ("-b", "10"),
    "bursts": ("-b", "4", "--burst", "10"),
    "storm": ("-b", "0", "--window", "20000"),
}
VIEWERS = "1000,5000,10000,19000"


def main() -> None:
    options = parser().parse_args()
    if options.show:
        results = Results.load(options.show)
    else:
        with room() as place:
            results = measured(place, options)
    show(results)
    if options.draw:
        for path in draw(results, options.draw):
            print(f"drawn: {path}")


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bench.fanout", description="Viewers on one core, beside floor and peers."
    )
    parser.add_argument("--only", type=names, default=list(PEERS), help=f"some of {','.join(PEERS)} (all)")
    parser.add_argument("--viewers", default=VIEWERS, help="numbers of viewers (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds (%(default)s)")
    parser.add_argument("--save", type=Path, help="file for all that was counted, written after every round")
    parser.add_argument("--show", type=Path, help="measure nothing; take what such a file holds")
    parser.add_argument("--draw", type=Path, help="folder for the drawings")
    return parser


def names(words: str) -> list[str]:
    if unknown := set(words.split(",")) - set(PEERS):
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)} is none of {', '.join(PEERS)}")
    return words.split(",")


def measured(place: Room, options: argparse.Namespace) -> Results:
    """Run everybody in turn, as often and for as many viewers as was asked."""
    found = {name: one for name, one in contenders(place).items() if name in options.only}
    here = {name: one for name, one in found.items() if isinstance(one, Contender)}
    results = Results(
        machine(),
        titles={name: one.title for name, one in here.items()},
        skipped={name: str(one) for name, one in found.items() if isinstance(one, Missing)},
    )
    for name, why in results.skipped.items():
        print(f"without {name}: {why}")
    for viewers in map(int, options.viewers.split(",")):
        for round in range(options.rounds):
            turn(place, here, results, viewers, round)
            results.machine = machine()
            if options.save:
                results.save(options.save)
    return results


def turn(place: Room, here: dict[str, Contender], results: Results, viewers: int, round: int) -> None:
    """Run one round of every case; every other round in reverse, so that nobody always follows the same one."""
    order: Sequence[str] = list(here) if round % 2 == 0 else list(reversed(here))
    for case, arguments in CASES.items():
        for name in order:
            one = here[name]
            if viewers > (one.most_in_bursts if case == "bursts" else one.most):
                continue
            counted = place.count(one, viewers, arguments)
            if counted is None:
                print(f"{one.title}, {viewers:,} viewers, {case}, round {round + 1}: no result", flush=True)
            else:
                results.runs.append(Run(name, viewers, case, round, counted))
    print(f"{viewers:,} viewers: round {round + 1} is done", flush=True)


def show(results: Results) -> None:
    print(f"\n{results.machine}; frames of about {FRAME_BYTES} bytes; times the floor of the same round")
    for viewers in results.numbers:
        print(f"\n{results.table(viewers)}")
    print()
    for line in judged(results):
        print(line)


if __name__ == "__main__":
    main()
