"""The end of a post's delay: it goes on the wall by itself, or is stopped and waits."""

from dataclasses import replace
from datetime import datetime

from wall.core.moderation import DELAY, Standing, Status


def release(standing: Standing, now: datetime) -> Standing:
    """Return how a delayed post stands once its time has come and nobody stopped it: on the wall."""
    return replace(
        standing,
        status=Status.APPROVED,
        version=standing.version + 1,
        approved_at=now,
        decided_by=DELAY,
        decided_by_name="the delay",
        decided_at=now,
        due=None,
        before=None,
    )


def stop(standing: Standing, reason: str) -> Standing:
    """Return how a delayed post stands once it no longer goes on the wall by itself, and why in words."""
    return replace(standing, version=standing.version + 1, reason=reason, due=None)
