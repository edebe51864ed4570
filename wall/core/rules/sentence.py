"""What a rule does, in one sentence for people."""

from collections.abc import Callable, Sequence

from wall.core.rules.kinds import PLACES, limit_of
from wall.core.rules.rule import Rule
from wall.core.words import Words, _, any_of, ngettext

NAMED = 3
"""Entries that are named in a sentence; more are counted."""


def sentence(rule: Rule) -> Words:
    """Return what a rule does, such as “Posts by bots wait for a moderator.”"""
    if rule.effect == "wait":
        return _("%(posts)s wait for a moderator.", posts=about(rule))
    if rule.effect == "reject":
        return _("%(posts)s are rejected.", posts=about(rule))
    return _("%(posts)s skip the rules below.", posts=about(rule))


def about(rule: Rule) -> Words:
    """Return which posts a rule is about."""
    if rule.kind in LIMITED:
        return LIMITED[rule.kind](limit_of(rule))
    if rule.kind in PLAIN:
        return PLAIN[rule.kind]
    return LISTED.get(rule.kind, unknown)(rule)


def with_words(rule: Rule) -> Words:
    places = [PLACES[place] for place in rule.places]
    entries = few([f"“{entry}”" for entry in rule.entries]) or ngettext(
        "any of %(count)s words and phrases",
        "any of %(count)s words and phrases",
        len(rule.entries),
        count=f"{len(rule.entries):,}",
    )
    if len(places) == len(PLACES) - 1:
        return _("Posts with %(entries)s anywhere", entries=entries)
    return _("Posts with %(entries)s in %(places)s", entries=entries, places=any_of(places))


def by_authors(rule: Rule) -> Words:
    count = len(rule.entries)
    authors = few(rule.entries) or ngettext(
        "any of %(count)s authors", "any of %(count)s authors", count, count=f"{count:,}"
    )
    return _("Posts by %(authors)s", authors=authors)


def of_domains(rule: Rule) -> Words:
    count = len(rule.entries)
    domains = few(rule.entries) or ngettext(
        "any of %(count)s domains", "any of %(count)s domains", count, count=f"{count:,}"
    )
    if "server" not in rule.places:
        if rule.others:
            return _("Posts that link to anything but %(domains)s", domains=domains)
        return _("Posts that link to %(domains)s", domains=domains)
    if "links" not in rule.places:
        if rule.others:
            return _("Posts by authors of any server but %(domains)s", domains=domains)
        return _("Posts by authors of %(domains)s", domains=domains)
    if rule.others:
        return _("Posts that link to anything but %(domains)s, or come from authors elsewhere,", domains=domains)
    return _("Posts that link to %(domains)s, or come from authors there,", domains=domains)


def from_sources(rule: Rule) -> Words:
    count = len(rule.entries)
    sources = few(rule.entries) or ngettext(
        "any of %(count)s sources", "any of %(count)s sources", count, count=f"{count:,}"
    )
    if rule.others:
        return _("Posts that come through anything but %(sources)s", sources=sources)
    return _("Posts that come through %(sources)s", sources=sources)


def in_languages(rule: Rule) -> Words:
    count = len(rule.entries)
    languages = few(rule.entries) or ngettext(
        "any of %(count)s languages", "any of %(count)s languages", count, count=f"{count:,}"
    )
    if rule.others:
        return _("Posts marked as anything but %(languages)s", languages=languages)
    return _("Posts marked as %(languages)s", languages=languages)


def unknown(rule: Rule) -> Words:
    return _("Posts of a kind that this program does not know")


def few(entries: Sequence[str]) -> str:
    """Return a few entries by name; "" for more, which are counted."""
    return any_of(entries) if len(entries) <= NAMED else ""


LISTED = {
    "words": with_words,
    "authors": by_authors,
    "domains": of_domains,
    "sources": from_sources,
    "languages": in_languages,
}
PLAIN = {
    "sensitive": _("Posts marked as sensitive"),
    "bots": _("Posts by bots"),
    "replies": _("Replies"),
    "reposts": _("Reposts"),
}
LIMITED: dict[str, Callable[[float], Words]] = {
    "links": lambda limit: ngettext(
        "Posts with more than %(limit)s links",
        "Posts with more than %(limit)s links",
        int(limit),
        limit=f"{limit:g}",
    ),
    "age": lambda limit: ngettext(
        "Posts by accounts younger than %(limit)s hours",
        "Posts by accounts younger than %(limit)s hours",
        int(limit),
        limit=f"{limit:g}",
    ),
    "followers": lambda limit: ngettext(
        "Posts by authors with fewer than %(limit)s followers",
        "Posts by authors with fewer than %(limit)s followers",
        int(limit),
        limit=f"{limit:g}",
    ),
    "pace": lambda limit: ngettext(
        "An author's posts beyond %(limit)s in a minute",
        "An author's posts beyond %(limit)s in a minute",
        int(limit),
        limit=f"{limit:g}",
    ),
    "copies": lambda limit: ngettext(
        "Posts that are nearly the same as %(limit)s before them",
        "Posts that are nearly the same as %(limit)s before them",
        int(limit),
        limit=f"{limit:g}",
    ),
    "capitals": lambda limit: _("Posts with more than %(limit)s %% capitals", limit=f"{limit:g}"),
}
