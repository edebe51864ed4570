"""What a relay is asked about notes that we have (the filters of NIP-01): their fate, and what others make of them."""

from collections.abc import Iterable
from datetime import datetime

from wall.sources.nostr.note import DELETION, NOTES, REPOSTS
from wall.sources.threads import Threads

MOST_REPOSTS = 500
MOST_THREADS = 200  # newest notes that their authors may go on from

Filter = dict[str, object]


def fates(notes: Iterable[str], most: int) -> tuple[Filter, Filter]:
    """Return how deletions and reposts of notes are asked for."""
    named = {"#e": list(notes)}
    return {"kinds": [DELETION], **named}, {"kinds": list(REPOSTS), **named, "limit": min(most, MOST_REPOSTS)}


def reactions(notes: Iterable[str], most: int, *, replies: bool) -> list[Filter]:
    """Return how it is asked for who passes notes on and, with `replies`, for what answers them."""
    named = {"#e": list(notes), "limit": most}
    passed_on = {"kinds": list(REPOSTS), **named}
    return [{"kinds": list(NOTES), **named}, passed_on] if replies else [passed_on]


def continuations(threads: Threads, now: datetime, most: int) -> Filter:
    """Return how the replies of authors to their own notes of the last minutes are asked for."""
    newest = list(threads.open(now).items())[-MOST_THREADS:]
    authors = dict.fromkeys(thread.root.author.uid.removeprefix("nostr:") for _, thread in newest)
    notes = [uid.removeprefix("nostr:") for uid, _ in newest]
    return {"kinds": list(NOTES), "#e": notes, "authors": list(authors), "limit": most}
