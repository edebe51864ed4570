"""What authors ask of programs in their profiles, and what an event makes of it."""

import re
from dataclasses import replace

from wall.core.event import Event
from wall.core.moderation import Status, Verdict
from wall.core.post import Author

LONGEST_PROFILE = 20_000  # characters
# Servers put a hashtag's word into elements of its own, behind the sign.
WISH = re.compile(
    r"#(?:<[^<>]{0,200}>){0,2}(nobot|nowall|noindex|nobridge|nosearch|noarchive)s?(?!\w)", re.IGNORECASE
)
REFUSALS = frozenset(("nobot", "nowall"))
"""With these an author wants no program to collect what they write; with the others, not to be found by it."""


def wishes(profile: str, *, noindex: bool = False) -> tuple[str, ...]:
    """Return what a profile, as text or markup, asks for; `noindex` is the network's own setting for it."""
    found = {match[1].lower() for match in WISH.finditer(profile[:LONGEST_PROFILE])}
    return tuple(sorted(found | ({"noindex"} if noindex else set())))


def turned_away(event: Event, author: Author) -> bool:
    """Tell whether a new post of this author is never taken in."""
    return event.wishes == "heed" and not REFUSALS.isdisjoint(author.wishes)


def heeded(event: Event, author: Author, verdict: Verdict) -> Verdict:
    """Return a verdict that leaves to a person what an author asked not to be done by a program."""
    if event.wishes == "ignore" or not author.wishes:
        return verdict
    reason = f"Its author's profile says {' '.join(f'#{wish}' for wish in author.wishes)}."
    status = Status.WAITING if verdict.status is Status.APPROVED else verdict.status
    return replace(verdict, status=status, reason=f"{reason} {verdict.reason or ''}".rstrip(), delay=None)
