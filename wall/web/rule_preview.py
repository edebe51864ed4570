"""What a rule would have caught of the newest posts, tried beside the loop that serves everybody else."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from wall.core.event import Event
from wall.core.moderation import Standing, Status
from wall.core.rules import Chain, Example, Rule, marks, named, preview
from wall.core.words import _
from wall.web.language import say
from wall.web.state import State
from wall.web.when import ago

LONGEST_SHOWN = 280
BEFORE_MARK = 80
"""Characters of a long text that are shown before what is marked in it."""

# One at a time, so that somebody who types fast takes one thread at most from those who watch.
BESIDE = ThreadPoolExecutor(1, thread_name_prefix="preview")

STATUSES = {
    Status.WAITING: _("Waiting"),
    Status.APPROVED: _("Approved"),
    Status.REJECTED: _("Rejected"),
    Status.REMOVED: _("Removed"),
    Status.WITHDRAWN: _("Withdrawn"),
    Status.STASHED: _("Stashed"),
}

Part = tuple[str, bool]


async def tried(services: State, event: Event, rule: Rule | Chain) -> dict[str, Any]:
    """Return what a rule, or a chain as it stands, would have caught of the newest posts, for its template."""
    return (await each_tried(services, event, [rule]))[0]


async def each_tried(services: State, event: Event, rules: Sequence[Rule | Chain]) -> list[dict[str, Any]]:
    """Return what each of some rules alone would have caught of the newest posts."""
    if not rules:
        return []
    newest = await services["store"].posts.newest(event.slug)
    standings = [one for one in newest if one.status is not Status.WITHDRAWN]
    loop, now = asyncio.get_running_loop(), services["now"]()
    return [await loop.run_in_executor(BESIDE, preview_view, rule, standings, now) for rule in rules]


def preview_view(rule: Rule | Chain, standings: Sequence[Standing], now: datetime) -> dict[str, Any]:
    statuses = {one.post.id: one.status for one in standings}
    seen = preview(rule, [one.post for one in standings], now=now)
    return {
        "caught": seen.caught,
        "of": seen.of,
        "share": round(100 * seen.caught / seen.of) if seen.of else 0,
        "examples": [example_view(one, statuses[one.post.id], now) for one in seen.examples],
        "whole_chain": isinstance(rule, Chain),
    }


def example_view(example: Example, status: Status, now: datetime) -> dict[str, Any]:
    """Return a post that would have been caught, in parts, of which those that matched are marked."""
    post, rule = example.post, example.rule
    name = f"{named(rule)}: "
    return {
        "author": parts(post.author.name or post.author.handle, example, "name"),
        "handle": parts(post.author.handle, example, "handle") if post.author.name else [],
        "text": parts(post.text, example, "text"),
        "warning": parts(post.content_warning or "", example, "warning"),
        "status": status,
        "status_name": STATUSES[status],
        "rule": named(rule),
        "reason": example.reason.removeprefix(name),
        "received": begun(ago(post.received_at, now)),
    }


def begun(words: str) -> str:
    """Return words as they begin a sentence, in the language of the page."""
    said = say(words)
    return said[:1].upper() + said[1:]


def parts(text: str, example: Example, place: str) -> list[Part]:
    """Return a text in parts, each with whether it is what the rule found; a long one around the first of those."""
    found = example.found
    stretches = marks(text, found.entry, whole=example.rule.whole_words) if found and found.place == place else []
    first = stretches[0][0] if stretches else 0
    begin = max(0, first - BEFORE_MARK) if len(text) > LONGEST_SHOWN else 0
    end = min(len(text), begin + LONGEST_SHOWN)
    pieces: list[Part] = [("…", False)] if begin else []
    at = begin
    for start, stop in stretches:
        if stop > end:
            break
        pieces += [(text[at:start], False), (text[start:stop], True)]
        at = stop
    pieces.append((text[at:end] + ("…" if end < len(text) else ""), False))
    return [piece for piece in pieces if piece[0]]
