"""Faults of random kinds at random moments, drawn from a seed so that a rehearsal can be run again."""

import random
from dataclasses import replace

from wall.dress_rehearsal.plan import FAULTS, FIRST_FAULT, LAST_FAULT, OURS, Plan
from wall.errors import ConfigError

LEAST_GAP_SECONDS = 60.0
"""So long between two faults: one is over, and some of what follows is timed, before the next."""
SEEDS = 1_000_000


def drawn_faults(plan: Plan, number: int, *, seed: int, consent: bool) -> Plan:
    """Return a plan with so many random faults; with `consent` of kinds that break the wall, too.

    The same plan, number, seed and consent give the same faults. Raises ConfigError in words.
    """
    if plan.faults:
        raise ConfigError("Faults are either named or random: give --fault or --random-faults.")
    window = (LAST_FAULT - FIRST_FAULT) * plan.seconds
    most = int(window // LEAST_GAP_SECONDS) + 1
    if not 1 <= number <= most:
        raise ConfigError(f"{plan.minutes:g} minutes have room for 1 to {most} random faults, a minute apart.")
    chance = random.Random(seed)
    spare = window - (number - 1) * LEAST_GAP_SECONDS
    starts = sorted(chance.uniform(0, spare) for _ in range(number))
    first = FIRST_FAULT * plan.seconds
    return replace(
        plan,
        faults=tuple(chance.choice(FAULTS if consent else OURS) for _ in range(number)),
        fault_at=tuple(first + start + index * LEAST_GAP_SECONDS for index, start in enumerate(starts)),
        seed=seed,
    )
