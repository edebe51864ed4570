"""How sure it is that a post is unhappy: by its mood and by words of grievance, against the event's own rate.

What sounds unhappy among happy people is mostly a mistake, so the same post says less at a party than at a lost-luggage
desk. How many are unhappy is estimated from how many sound so: adjusted count (Forman, “Quantifying counts and costs
via classification”, 2008). The weights are likelihood ratios, measured on one half of the authors of the US airline
posts of February 2015 and held against the other half (docs/insight.md).
"""

import re

GRIEVANCE = re.compile(
    r"\b(?:hung up|hang up|on hold|hours?|hrs?|minutes?|mins?|waiting|waited|(?:wo|could|does|is|was)n['’]?t"
    r"|nothing|nobody|no (?:one|answer|reply|response|help)|tried|refund\w*|delay(?:ed|s|ing)?|fix|without|never"
    r"|times|stuck|broken|overcrowded|unacceptable)\b",
    re.IGNORECASE,
)
"""Words of people who tell what went wrong. English, like the mood."""

BANDS = (-0.5, -0.2, -0.05, 0.05, 0.3, 0.5)
"""Upper ends of the bands of mood; the last band has none. The fourth begins where no mood was heard."""
WEIGHTS = (
    (6.6, 20.0, 40.0),
    (2.6, 11.0, 25.0),
    (1.1, 2.8, 15.0),
    (0.45, 4.2, 25.0),
    (1.05, 4.2, 15.0),
    (0.30, 1.7, 8.0),
    (0.18, 1.2, 6.0),
)
"""How many times as often unhappy people write so as others: by band of mood, and by none, one or more grievances."""

HEARD, MISHEARD = 0.50, 0.11
"""Of unhappy posts and of others, the share whose mood is below the middle."""
LEAST, MOST = 0.02, 0.90
"""Bounds of an event's rate, however few posts or moods it is estimated from."""


def unhappy_rate(sounding: int, scored: int) -> float:
    """Return the share of posts that are unhappy, estimated from how many of those scored sound so."""
    if not scored:
        return LEAST
    return min(max((sounding / scored - MISHEARD) / (HEARD - MISHEARD), LEAST), MOST)


def sureness(mood: float, text: str, *, rate: float) -> float:
    """Return how sure it is, 0 to 1, that a post of this mood (-1 to 1) and text is unhappy, where so many are."""
    band = next((place for place, end in enumerate(BANDS) if mood <= end), len(BANDS))
    grievances = min(len(GRIEVANCE.findall(text)), 2)
    odds = WEIGHTS[band][grievances] * rate / (1 - rate)
    return odds / (1 + odds)
