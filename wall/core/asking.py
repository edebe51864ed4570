"""When to ask a network who answered a post or passed it on: soon, then ever more seldom while nobody does. Pure."""

from datetime import datetime, timedelta

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (2, 5, 15, 45, 120))
"""How long after a post came onto the wall, or was answered or passed on last, it is asked about."""


def next_asking(since: datetime, asked: datetime | None) -> datetime | None:
    """Return when to ask about a post next, None for no more.

    `since` is when it came onto the wall, or was answered or passed on last, `asked` when it was asked about last. What
    was missed is made up for once.
    """
    times = (since + pause for pause in PAUSES)
    return next((time for time in times if asked is None or asked < time), None)
