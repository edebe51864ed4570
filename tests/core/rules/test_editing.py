from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import NOW
from wall.core.rules import Rule
from wall.core.rules.editing import changed, entered, placed, stamp, switched, withdrawn, without
from wall.errors import ChangedMeanwhile, InvalidInput, NotFound

A, B, C = RULES = tuple(Rule(id=id, kind="bots", by_name="Ada", changed_at=NOW) for id in "abc")
MIA = {"by": "mia", "by_name": "Mia", "now": NOW}
HOLD = {"effect": "wait", "until": None, **MIA}


def ids(rules):
    return "".join(rule.id for rule in rules)


def test_a_rule_is_changed_in_its_place():
    after = changed(RULES, replace(B, name="new"), seen=stamp(B))

    assert (ids(after), after[1].name) == ("abc", "new")


def test_a_rule_that_somebody_changed_meanwhile_stays_as_they_left_it():
    with pytest.raises(ChangedMeanwhile, match="Ada changed this rule meanwhile"):
        changed(RULES, replace(B, name="new"), seen="")


def test_a_rule_that_somebody_deleted_meanwhile_is_not_there():
    with pytest.raises(NotFound):
        changed((A, C), replace(B, name="new"), seen=stamp(B))


@pytest.mark.parametrize(
    ("id", "before", "order"),
    [("c", "a", "cab"), ("a", None, "bca"), ("a", "c", "bac"), ("b", "b", "abc"), ("b", "gone", "abc")],
)
def test_a_rule_is_put_before_another(id, before, order):
    assert ids(placed(RULES, id, before=before)) == order


def test_deleting_what_is_gone_changes_nothing():
    assert without(RULES, "x") == RULES
    assert ids(without(RULES, "b")) == "ac"


def test_who_turns_a_rule_off_is_told_with_it():
    off = switched(RULES, "b", on=False, **MIA)

    assert (off[1].on, off[1].by_name) == (False, "Mia")


def test_a_rule_that_came_to_its_end_is_turned_on_without_one():
    ended = replace(B, until=NOW - timedelta(hours=1))
    later = replace(B, until=NOW + timedelta(hours=1))

    assert switched((ended,), "b", on=True, **MIA)[0].until is None
    assert switched((later,), "b", on=True, **MIA)[0].until == later.until


def test_an_entry_from_the_desk_makes_a_rule_above_all_others():
    rules, rule = entered(RULES, "authors", "ap:x", **HOLD)

    assert rules == (rule, *RULES)
    assert (rule.kind, rule.entries, rule.effect, rule.by_name) == ("authors", ("ap:x",), "wait", "Mia")


def test_the_next_entry_goes_into_the_same_rule_once():
    rules, first = entered(RULES, "domains", "a.example", **HOLD)
    rules, _ = entered(rules, "domains", "b.example", **HOLD)
    rules, rule = entered(rules, "domains", "b.example", **HOLD)

    assert (rule.id, rule.entries, rule.places) == (first.id, ("a.example", "b.example"), ("links", "server"))
    assert len(rules) == 4


def test_entries_with_an_end_have_a_rule_of_their_own_and_ended_ones_go():
    until = NOW + timedelta(hours=1)
    rules, rule = entered((), "authors", "ap:x", **{**HOLD, "until": until})
    later, other = entered(rules, "authors", "ap:y", **{**HOLD, "now": until})

    assert rule.until == until
    assert later == (other,)


def test_a_rule_that_was_turned_off_is_not_filled_unseen():
    rules, rule = entered((), "authors", "ap:x", **HOLD)

    with pytest.raises(InvalidInput, match="turned off"):
        entered(switched(rules, rule.id, on=False, **MIA), "authors", "ap:y", **HOLD)


def test_an_entry_is_taken_out_again_and_an_empty_rule_with_it():
    rules, rule = entered(RULES, "authors", "ap:x", **HOLD)
    both, _ = entered(rules, "authors", "ap:y", **HOLD)

    assert withdrawn(both, rule.id, "ap:y", **MIA)[0].entries == ("ap:x",)
    assert withdrawn(rules, rule.id, "ap:x", **MIA) == RULES
