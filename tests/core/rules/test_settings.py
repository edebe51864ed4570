from dataclasses import replace

import pytest

from wall.core.rules import KINDS, Chain, Rule, checked, checked_chain
from wall.core.rules.settings import MOST_ENTRIES, MOST_RULES
from wall.errors import InvalidInput

WORDS = Rule(id="w", kind="words", entries=("shit",))


def test_entries_are_tidied_and_kept_once():
    rule = checked(replace(WORDS, entries=("  shit ", "", "shit", "kill\tyourself", "\u200b")))

    assert rule.entries == ("shit", "kill yourself")


def test_places_are_all_of_the_kind_unless_some_are_chosen():
    assert checked(WORDS).places == KINDS["words"].places
    assert checked(replace(WORDS, places=("alt", "text", "server"))).places == ("text", "alt")


def test_settings_of_another_kind_are_dropped():
    rule = checked(Rule(id="b", kind="bots", entries=("x",), limit=3.0, places=("text",), others=True))

    assert rule == Rule(id="b", kind="bots")


def test_a_limit_that_nobody_set_is_the_usual_one():
    assert checked(Rule(id="l", kind="links")).limit == KINDS["links"].default


def test_languages_are_written_the_usual_way():
    assert checked(Rule(id="l", kind="languages", entries=("PT_br", "DE"))).entries == ("pt-BR", "de")


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (replace(WORDS, kind="moon phase"), "kind"),
        (replace(WORDS, effect="publish"), "effect"),
        (replace(WORDS, entries=()), "entries"),
        (replace(WORDS, entries=(" ",)), "entries"),
        (replace(WORDS, entries=("?!",)), "entries"),
        (replace(WORDS, entries=("x" * 101,)), "entries"),
        (replace(WORDS, entries=("a",), whole_words=False), "entries"),
        (replace(WORDS, entries=("a*",)), "entries"),
        (replace(WORDS, exceptions=("…",)), "exceptions"),
        (Rule(id="a", kind="authors", entries=("x" * 501,)), "entries"),
        (Rule(id="l", kind="languages", entries=("klingonish",)), "entries"),
        (Rule(id="l", kind="links", limit=-1.0), "limit"),
        (Rule(id="l", kind="links", limit=51.0), "limit"),
        (Rule(id="l", kind="links", limit=float("nan")), "limit"),
    ],
)
def test_what_cannot_be_used_is_refused_by_the_name_of_its_field(rule, field):
    with pytest.raises(InvalidInput) as refused:
        checked(rule)

    assert refused.value.field == field


@pytest.mark.parametrize("text", ["\ud800", "a" * 10_000_000, "\u202eabc", "a" + "\u0301" * 5_000])
def test_hostile_entries_are_tidied_or_refused(text):
    try:
        kept = checked(replace(WORDS, entries=(text, "shit"))).entries
    except InvalidInput:
        kept = ("shit",)

    assert "shit" in kept
    assert all(len(entry) < 1_000 for entry in kept)


@pytest.mark.parametrize(
    "rules",
    [
        [replace(WORDS, id=str(number)) for number in range(MOST_RULES + 1)],
        [replace(WORDS, entries=("a",) * MOST_ENTRIES, exceptions=("b",))],
        [WORDS, WORDS],
    ],
)
def test_more_rules_than_can_be_looked_through_are_refused(rules):
    with pytest.raises(InvalidInput):
        checked_chain(Chain(tuple(rules)))


def test_rules_in_bounds_may_be_kept():
    chain = Chain((WORDS, replace(WORDS, id="x")))

    assert checked_chain(chain) is chain
