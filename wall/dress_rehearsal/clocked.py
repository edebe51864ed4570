"""What happened when, on one clock, and which posts may be seen: what desk and viewers know of each other."""

import time
from dataclasses import dataclass, field

from wall.dress_rehearsal.measured import Measured


@dataclass(slots=True)
class Book:
    """One rehearsal's account. `approving` and `removing` are when a decision about a post was sent first."""

    measured: Measured = field(default_factory=Measured)
    began: float = field(default_factory=time.perf_counter)
    approving: dict[str, float] = field(default_factory=dict)
    removing: dict[str, float] = field(default_factory=dict)
    drawing: float | None = None

    def now(self) -> float:
        return time.perf_counter() - self.began
