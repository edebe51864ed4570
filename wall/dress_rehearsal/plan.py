"""What is rehearsed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from wall.errors import ConfigError

Fault = Literal["kill-web", "kill-ingest", "stall-redis", "cut"]
FAULTS: tuple[Fault, ...] = get_args(Fault)
OURS: tuple[Fault, ...] = ("cut",)
"""Faults of the rehearsal's own viewers; the others break the wall that everybody uses."""
MOST_VIEWERS = 5000
MOST_MINUTES = 240.0
FASTEST = 1000.0
LONGEST_PATIENCE = 600.0
FIRST_FAULT, LAST_FAULT = 0.25, 0.8
RAID_AT, PANIC_AT = 0.5, 0.12


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """So many minutes of a day that goes by `speed` times as fast, for so many viewers.

    At the end everybody has `patience` seconds to have all of it. Faults come evenly, or at the seconds of `fault_at`,
    drawn from a `seed`.
    """

    minutes: float = 3.0
    speed: float = 60.0
    viewers: int = 100
    faults: Sequence[Fault] = ()
    fault_at: Sequence[float] = ()
    seed: int | None = None
    raid: bool = False
    panic: bool = False
    patience: float = 60.0

    @property
    def seconds(self) -> float:
        return self.minutes * 60

    def fault_times(self) -> list[tuple[float, Fault]]:
        """Return after how many seconds each fault comes, with quiet before the first and after the last."""
        if self.fault_at:
            return list(zip(self.fault_at, self.faults, strict=True))
        step = (LAST_FAULT - FIRST_FAULT) / max(1, len(self.faults))
        return [((FIRST_FAULT + step * number) * self.seconds, fault) for number, fault in enumerate(self.faults)]


def checked(plan: Plan, *, consent: bool) -> Plan:
    """Return a plan that can be rehearsed; raises ConfigError in words."""
    if not 0 < plan.minutes <= MOST_MINUTES:
        raise ConfigError(f"A rehearsal takes up to {MOST_MINUTES:.0f} minutes.")
    if not 0 < plan.speed <= FASTEST:
        raise ConfigError(f"A rehearsal is up to {FASTEST:.0f} times as fast as the day was.")
    if not 0 < plan.patience <= LONGEST_PATIENCE:
        raise ConfigError(f"Patience is up to {LONGEST_PATIENCE:.0f} seconds.")
    if not 1 <= plan.viewers <= MOST_VIEWERS:
        raise ConfigError(f"A rehearsal has 1 to {MOST_VIEWERS:,} viewers; run several for more.")
    if breaking := [fault for fault in plan.faults if fault not in OURS and not consent]:
        raise ConfigError(
            f"{', '.join(breaking)} breaks the wall that everybody here uses; say that it may by --break-this-wall."
        )
    return plan
