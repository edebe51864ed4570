"""What an organiser typed for a rule, checked and tidied."""

from collections.abc import Iterable
from dataclasses import replace

from wall.core.fold import fold, words
from wall.core.language import language
from wall.core.rules.kinds import KINDS
from wall.core.rules.rule import EFFECTS, Chain, Rule
from wall.core.text import clean_characters, clean_name
from wall.core.words import _
from wall.errors import InvalidInput

MOST_RULES = 50
MOST_ENTRIES = 10_000
"""Of all rules of an event together, exceptions included."""
LONGEST_ENTRY = 500
LONGEST_PHRASE = 100
LONGEST_NOTE = 500


def checked(rule: Rule) -> Rule:
    """Return a rule as it is kept: tidied, and without settings that its kind does not take.

    Raises InvalidInput naming the field that cannot be used.
    """
    kind = KINDS.get(rule.kind)
    if kind is None:
        raise InvalidInput(_("There is no such kind of rule."), field="kind")
    if rule.effect not in EFFECTS:
        raise InvalidInput(_("A rule lets posts wait, rejects them, or skips the rules below."), field="effect")
    taken = kind.settings
    tidied = replace(
        rule,
        name=clean_name(rule.name),
        note=rule.note.strip()[:LONGEST_NOTE],
        entries=tidy(rule.entries, "entries") if "entries" in taken else (),
        exceptions=tidy(rule.exceptions, "exceptions") if "exceptions" in taken else (),
        places=tuple(place for place in kind.places if place in rule.places) or kind.places,
        others=rule.others and "others" in taken,
        limit=(kind.default if rule.limit is None else rule.limit) if "limit" in taken else None,
    )
    if "entries" in taken and not tidied.entries:
        raise InvalidInput(
            _("Name at least one (%(entry)s), each on a line of its own.", entry=kind.entry), field="entries"
        )
    least, most = kind.range
    if tidied.limit is not None and not least <= tidied.limit <= most:
        raise InvalidInput(
            _("This is a number from %(least)s to %(most)s.", least=f"{least:g}", most=f"{most:g}"), field="limit"
        )
    if rule.kind == "words":
        check_words(tidied)
    if rule.kind == "languages":
        return replace(tidied, entries=tuple(map(checked_language, tidied.entries)))
    return tidied


def checked_chain(chain: Chain) -> Chain:
    """Return a chain that may be kept; raises InvalidInput when it is more than can be looked through quickly."""
    if len(chain.rules) > MOST_RULES:
        raise InvalidInput(_("An event has %(most_rules)s rules at most.", most_rules=MOST_RULES))
    if sum(len(rule.entries) + len(rule.exceptions) for rule in chain.rules) > MOST_ENTRIES:
        raise InvalidInput(
            _("The rules of an event hold %(most_entries)s entries at most.", most_entries=f"{MOST_ENTRIES:,}"),
            field="entries",
        )
    if len({rule.id for rule in chain.rules}) < len(chain.rules):
        raise InvalidInput(_("Two rules cannot have the same id."))
    return chain


def tidy(entries: Iterable[str], field: str) -> tuple[str, ...]:
    """Return entries in one line each, without blanks around them, each once and in their order."""
    found: dict[str, None] = {}
    for entry in entries:
        tidied = " ".join(clean_characters(entry[: 4 * LONGEST_ENTRY]).split())
        if len(tidied) > LONGEST_ENTRY:
            raise InvalidInput(
                _(
                    "“%(tidied)s…” is longer than %(longest_entry)s characters.",
                    tidied=tidied[:30],
                    longest_entry=LONGEST_ENTRY,
                ),
                field=field,
            )
        if tidied:
            found[tidied] = None
    return tuple(found)


def check_words(rule: Rule) -> None:
    for field, entries in (("entries", rule.entries), ("exceptions", rule.exceptions)):
        for entry in entries:
            bare = words(fold(entry)).strip()
            if not bare:
                raise InvalidInput(
                    _("“%(entry)s” holds no letter that could be looked for.", entry=entry), field=field
                )
            if len(bare) > LONGEST_PHRASE:
                raise InvalidInput(
                    _(
                        "“%(entry)s…” is longer than %(longest_phrase)s letters.",
                        entry=entry[:30],
                        longest_phrase=LONGEST_PHRASE,
                    ),
                    field=field,
                )
            if len(bare) == 1 and bare.isascii() and (not rule.whole_words or "*" in entry):
                raise InvalidInput(_("“%(entry)s” would be found in nearly every post.", entry=entry), field=field)


def checked_language(entry: str) -> str:
    tag = language(entry)
    if tag is None:
        raise InvalidInput(
            _("“%(entry)s” is no language; write a tag such as en, de or pt-BR.", entry=entry), field="entries"
        )
    return tag
