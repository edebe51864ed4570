"""What the pages of rules are given: the chain in its order, and the kinds to choose from."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from wall.core.event import Event
from wall.core.rules import EFFECTS, KINDS, Chain, Rule, named, sentence
from wall.core.rules.editing import stamp
from wall.core.rules.rule import Place
from wall.core.words import _
from wall.store.rules import Tally
from wall.web.when import ago, clock

GROUPS = (
    (_("What is said"), ("words", "capitals", "links", "copies", "languages")),
    (_("Who says it"), ("authors", "bots", "age", "followers", "pace")),
    (_("Where it comes from"), ("domains", "sources")),
    (_("What it is"), ("sensitive", "replies", "reposts")),
)
EXAMPLES = {
    "words": _("insults, a rival's name, a spoiler"),
    "authors": _("your speakers, or somebody who was told twice"),
    "domains": _("a shop that advertises under every hashtag"),
    "sources": _("one relay without any moderation"),
    "languages": _("what nobody on the team can read"),
    "sensitive": _("let the team look first"),
    "bots": _("job adverts and weather reports"),
    "replies": _("half of a conversation"),
    "reposts": _("RT @somebody"),
    "links": _("lists of links"),
    "age": _("accounts made for one evening"),
    "followers": _("accounts that nobody knows yet"),
    "pace": _("one person filling the wall"),
    "copies": _("the same advertisement forty times"),
    "capitals": _("SHOUTING"),
}

PLACE_NAMES: dict[Place, str] = {
    "text": _("The text"),
    "name": _("The name"),
    "handle": _("The handle"),
    "warning": _("The content warning"),
    "alt": _("A picture's description"),
    "links": _("A link"),
    "server": _("The author's server"),
}
END_NAMES = {
    "never": _("Until it is turned off"),
    "today": _("Until midnight"),
    "event": _("Until the event is over"),
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
        "state": _("Ended") if over and rule.on else _("On") if rule.on else _("Off"),
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


def rest_words(event: Event) -> str:
    """Return what becomes of a post that no rule catches."""
    if event.mode == "trusted go through":
        return _(
            "What no rule catches goes on the wall if its author is trusted, and waits for a moderator otherwise."
        )
    return _("What no rule catches waits for a moderator.")


def without_words(event: Event) -> str:
    """Return what becomes of a post while there is no rule."""
    if event.mode == "trusted go through":
        return _(
            "Without one, what comes in goes on the wall if its author is trusted, and waits for a moderator otherwise."
        )
    return _("Without one, what comes in waits for a moderator.")
