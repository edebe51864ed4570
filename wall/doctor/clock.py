"""Whether the clocks of the machines agree."""

from dataclasses import dataclass

from wall.doctor.finding import Finding, careful, ok, wrong

CAREFUL_SECONDS = 2.0
WRONG_SECONDS = 30.0
TODO = "Let every machine of the wall set its clock by itself: timedatectl set-ntp true, or chrony."


@dataclass(frozen=True, slots=True)
class Skew:
    """How many seconds another clock is ahead of ours, give or take; None for one that could not be asked.

    `needed` is of those without which something is amiss anyway, and so said elsewhere.
    """

    of: str
    seconds: float | None
    give_or_take: float = 0.0


def clock(skew: Skew) -> Finding:
    """Judge one clock against ours. One that nobody can ask is no fault: a venue may be offline."""
    name = f"clock against {skew.of}"
    if skew.seconds is None:
        return ok(name, "It could not be asked from here, so nothing was compared.")
    away = max(0.0, abs(skew.seconds) - skew.give_or_take)
    side = "ahead of" if skew.seconds > 0 else "behind"
    if away > WRONG_SECONDS:
        return wrong(name, f"It is {away:,.0f} s {side} this machine's: signatures and tickets are refused.", TODO)
    if away > CAREFUL_SECONDS:
        return careful(name, f"It is {away:.1f} s {side} this machine's, so times on the wall disagree.", TODO)
    return ok(name, "It agrees with this machine's.")
