"""What the pages of rules are given: the chain in its order, and the kinds to choose from."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from wall.core.event import Event
from wall.core.rules import EFFECTS, KINDS, Chain, Rule, named, sentence
from wall.core.rules.editing import stamp
from wall.store.rules import Tally
from wall.web.when import ago, clock

GROUPS = (
    ("What is said", ("words", "capitals", "links", "copies", "languages")),
    ("Who says it", ("authors", "bots", "age", "followers", "pace")),
    ("Where it comes from", ("domains", "sources")),
    ("What it is", ("sensitive", "replies", "reposts")),
)
EXAMPLES = {
    "words": "insults, a rival's name, a spoiler",
    "authors": "your speakers, or somebody who was told twice",
    "domains": "a shop that advertises under every hashtag",
    "sources": "one relay without any moderation",
    "languages": "what nobody on the team can read",
    "sensitive": "let the team look first",
    "bots": "job adverts and weather reports",
    "replies": "half of a conversation",
    "reposts": "RT @somebody",
    "links": "lists of links",
    "age": "accounts made for one evening",
    "followers": "accounts that nobody knows yet",
    "pace": "one person filling the wall",
    "copies": "the same advertisement forty times",
    "capitals": "SHOUTING",
}


def chain_view(event: Event, chain: Chain, tallies: Mapping[str, Tally], now: datetime) -> list[dict[str, Any]]:
    """Return the rules in their order, each with its neighbours' ids, by which it is moved."""
    ids = [rule.id for rule in chain.rules]
    return [
        {
            **rule_view(event, rule, tallies.get(rule.id, Tally()), now),
            "above": ids[place - 1] if place else None,
            "below": (ids[place + 2] if place + 2 < len(ids) else "end") if place + 1 < len(ids) else None,
        }
        for place, rule in enumerate(chain.rules)
    ]


def rule_view(event: Event, rule: Rule, tally: Tally, now: datetime) -> dict[str, Any]:
    over = rule.until is not None and rule.until <= now
    return {
        "id": rule.id,
        "title": named(rule),
        "known": rule.kind in KINDS,
        "sentence": sentence(rule),
        "effect": rule.effect,
        "effect_words": EFFECTS.get(rule.effect, rule.effect),
        "on": rule.on and not over,
        "state": "Ended" if over and rule.on else "On" if rule.on else "Off",
        "until": clock(rule.until, now, event.timezone) if rule.until else None,
        "over": over,
        "caught": tally.caught,
        "failed": tally.failed,
        "by": rule.by_name,
        "changed": ago(rule.changed_at, now) if rule.changed_at else None,
        "note": rule.note,
        "seen": stamp(rule),
    }


def kinds_view() -> list[dict[str, Any]]:
    """Return the kinds of rules to choose from, in groups."""
    return [
        {
            "title": title,
            "kinds": [
                {"kind": kind, "title": KINDS[kind].title, "help": KINDS[kind].help, "example": EXAMPLES[kind]}
                for kind in kinds
            ],
        }
        for title, kinds in GROUPS
    ]


def mode_words(event: Event) -> str:
    if event.mode == "trusted go through":
        return "goes on the wall if its author is trusted, and waits for a moderator otherwise"
    return "waits for a moderator"
