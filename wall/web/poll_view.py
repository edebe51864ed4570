"""Polls as pages, screens and programs are told of them: results are in no view of those who may not see them."""

import hashlib
import hmac
from collections.abc import Sequence
from typing import Any

from wall.core.ballot import LONGEST_WORD, all_choices
from wall.core.event import Event
from wall.core.poll import MOST_WORDS, Eyes, Poll
from wall.core.poll_results import Counted, Results, labels_of, results
from wall.core.words import _, ngettext
from wall.store import Store
from wall.web.state import State


def poll_view(poll: Poll, counted: Counted, eyes: Eyes, mine: Sequence[str] = ()) -> dict[str, Any]:
    """Return a poll as a fragment shows it, `mine` being what whoever looks answered."""
    return {
        "id": poll.id,
        "kind": poll.kind,
        "question": poll.question,
        "status": poll.status,
        "hidden": poll.hidden,
        "version": poll.version,
        "voters": counted.voters,
        "how": how(poll),
        "choices": choices_view(poll, mine),
        "words": [*words_said(counted, mine), "", "", ""][:MOST_WORDS] if poll.kind == "words" else [],
        "longest": LONGEST_WORD,
        "ends": {"low": poll.low, "high": poll.high},
        "mine": said(poll, counted, mine),
        "results": results_view(poll, results(poll, counted)) if poll.shows_results(eyes) else None,
    }


def how(poll: Poll) -> str:
    """Return, in words, how much may be answered."""
    if poll.kind == "words":
        return ngettext("Up to %(num)s word or short answer.", "Up to %(num)s words or short answers.", MOST_WORDS)
    if poll.kind != "several":
        return ""
    return _("Choose up to %(num)s.", num=poll.most) if poll.most else _("Choose as many as you like.")


def choices_view(poll: Poll, mine: Sequence[str]) -> list[dict[str, Any]]:
    if poll.kind == "words":
        return []
    labels = [str(point) for point in range(1, poll.points + 1)] if poll.kind == "scale" else labels_of(poll)
    pairs = zip(all_choices(poll), labels, strict=True)
    return [{"choice": choice, "label": label, "mine": choice in mine} for choice, label in pairs]


def said(poll: Poll, counted: Counted, mine: Sequence[str]) -> list[str]:
    """Return in words what somebody answered."""
    if poll.kind == "words":
        return words_said(counted, mine)
    labels = dict(zip(all_choices(poll), labels_of(poll), strict=True))
    return [labels[choice] for choice in mine if choice in labels]


def words_said(counted: Counted, mine: Sequence[str]) -> list[str]:
    """Return one's own words: as others wrote them too, if those may be seen, and else as they are folded."""
    known = counted.words
    return [known[one].said if one in known and known[one].state == "shown" else one for one in mine]


def results_view(poll: Poll, found: Results) -> dict[str, Any]:
    most = max((row.number for row in found.rows), default=0) or 1
    return {
        "kind": poll.kind,
        "voters": found.voters,
        "median": f"{found.median:g}" if found.median is not None else None,
        "rows": [
            {
                "choice": row.choice,
                "label": row.label,
                "number": row.number,
                "percent": row.percent,
                "size": row.size,
                "leads": row.number == most,
            }
            for row in found.rows
        ],
    }


def poll_json(poll: Poll, counted: Counted) -> dict[str, Any]:
    """Return a poll as everybody may know it."""
    shown = poll.shows_results("everybody")
    found = results(poll, counted)
    rows = [{"answer": row.label, "number": row.number, "percent": row.percent} for row in found.rows]
    return {
        "id": poll.id,
        "kind": poll.kind,
        "question": poll.question,
        "answers": list(labels_of(poll)) if poll.kind != "words" else [],
        "most": poll.choosable,
        "status": poll.status,
        "version": poll.version,
        "voters": counted.voters,
        "median": found.median if shown else None,
        "results": rows if shown else None,
    }


async def results_key(store: Store, slug: str, poll_id: str) -> str:
    """Return the word that opens results of an open poll. It is given to who voted, and the same for all of them."""
    secret = await store.screens.secret(slug)
    return hmac.new(secret, f"poll {slug} {poll_id}".encode(), hashlib.sha256).hexdigest()[:24]


async def listed(services: State, event: Event) -> list[tuple[Poll, Counted]]:
    """Return the polls that the audience knows of, with what their ballots come to."""
    store = services["store"].polls
    polls = [poll for poll in await store.all(event.slug) if poll.listed]
    counted = await store.counted(event.slug, [poll.id for poll in polls])
    return [(poll, counted[poll.id]) for poll in polls]
