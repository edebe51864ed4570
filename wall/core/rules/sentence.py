"""What a rule does, in one sentence for people."""

from collections.abc import Sequence

from wall.core.rules.kinds import PLACES, limit_of
from wall.core.rules.rule import Rule

NAMED = 3
"""Entries that are named in a sentence; more are counted."""

DOES = {"wait": "wait for a moderator", "reject": "are rejected", "skip": "skip the rules below"}


def sentence(rule: Rule) -> str:
    """Return what a rule does, such as “Posts by bots wait for a moderator.”"""
    return f"{about(rule)} {DOES.get(rule.effect, rule.effect)}."


def about(rule: Rule) -> str:
    """Return which posts a rule is about."""
    number = f"{limit_of(rule):g}" if rule.kind in LIMITED else ""
    if rule.kind in LIMITED:
        return LIMITED[rule.kind].format(number)
    if rule.kind in PLAIN:
        return PLAIN[rule.kind]
    return LISTED.get(rule.kind, unknown)(rule)


def with_words(rule: Rule) -> str:
    places = [PLACES[place] for place in rule.places]
    where = "anywhere" if len(places) == len(PLACES) - 1 else f"in {either(places)}"
    return f"Posts with {listed(rule.entries, 'words and phrases', quoted=True)} {where}"


def by_authors(rule: Rule) -> str:
    return f"Posts by {listed(rule.entries, 'authors')}"


def of_domains(rule: Rule) -> str:
    domains = listed(rule.entries, "domains")
    linked = f"Posts that link to {'anything but ' if rule.others else ''}{domains}"
    if "server" not in rule.places:
        return linked
    if "links" not in rule.places:
        return f"Posts by authors of {'any server but ' if rule.others else ''}{domains}"
    return f"{linked}, or come from authors {'elsewhere' if rule.others else 'there'},"


def from_sources(rule: Rule) -> str:
    return f"Posts that come through {'anything but ' if rule.others else ''}{listed(rule.entries, 'sources')}"


def in_languages(rule: Rule) -> str:
    return f"Posts marked as {'anything but ' if rule.others else ''}{listed(rule.entries, 'languages')}"


def unknown(rule: Rule) -> str:
    return "Posts of a kind that this program does not know"


def listed(entries: Sequence[str], noun: str, *, quoted: bool = False) -> str:
    """Return a few entries by name, or how many there are."""
    if len(entries) > NAMED:
        return f"any of {len(entries):,} {noun}"
    return either([f"“{entry}”" if quoted else entry for entry in entries])


def either(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} or {names[-1]}"


LISTED = {
    "words": with_words,
    "authors": by_authors,
    "domains": of_domains,
    "sources": from_sources,
    "languages": in_languages,
}
PLAIN = {
    "sensitive": "Posts marked as sensitive",
    "bots": "Posts by bots",
    "replies": "Replies",
    "reposts": "Reposts",
}
LIMITED = {
    "links": "Posts with more than {} links",
    "age": "Posts by accounts younger than {} hours",
    "followers": "Posts by authors with fewer than {} followers",
    "pace": "An author's posts beyond {} in a minute",
    "copies": "Posts that are nearly the same as {} before them",
    "capitals": "Posts with more than {} % capitals",
}
