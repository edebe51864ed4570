"""How often an ingest worker does what."""

from dataclasses import dataclass

from wall.core.backoff import FIRST_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """In seconds. A lease outlives several renewals, so that a slow Redis moves no source."""

    lease: float = 7.0
    renew: float = 2.0
    look: float = 2.0
    longest_wait: float = 60.0
    permanent_wait: float = 600.0

    @property
    def takeover(self) -> float:
        """Seconds after which the sources of a worker that was killed are followed by others, at the latest."""
        return self.lease + self.look + FIRST_SECONDS
