"""Whose posts the rules refuse for who they are, whatever they write: of such people nothing else is kept either."""

from datetime import datetime

from wall.core.post import Author
from wall.core.rules.kinds import is_named, server_of, within
from wall.core.rules.rule import Chain, Rule


def is_blocked(chain: Chain, author: Author, now: datetime) -> bool:
    """Tell whether the first rule that is about an author, or about their server, rejects what they write."""
    about = next((rule for rule in chain.rules if rule.counts(now) and is_about(rule, author)), None)
    return about is not None and about.effect == "reject"


def is_about(rule: Rule, author: Author) -> bool:
    if rule.kind == "authors":
        return is_named(rule, author)
    server = server_of(author) if rule.kind == "domains" and "server" in rule.places else ""
    return bool(server) and any(within(server, entry) for entry in rule.entries) is not rule.others
