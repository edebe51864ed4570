"""How often an ingest worker does what."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """In seconds. A lease outlives several renewals, so that a slow Redis moves no source."""

    lease: float = 7.0
    renew: float = 2.0
    look: float = 2.0
    longest_wait: float = 60.0
    permanent_wait: float = 600.0
