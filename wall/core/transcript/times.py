"""Times as programs read them."""

from datetime import UTC, datetime


def timestamp(at: datetime) -> str:
    """Return a time in UTC: 2026-06-12T09:30:00.000Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
