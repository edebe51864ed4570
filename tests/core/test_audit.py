from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import get_args

import pytest

from tests.cast import NOW, a_decision, a_post
from wall.core.audit import GROUPS, WORDS, Entry, EntryKind, Filter, changes, decision_entry, rule_changes
from wall.core.decision import Kind
from wall.core.event import Event
from wall.core.matching import Terms
from wall.core.moderation import Standing, Status
from wall.core.rules import Rule

EVENT = Event(slug="pycon", title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))


def an_entry(**fields):
    return Entry(**{"kind": "approve", "by": "mia", "by_name": "Mia", "at": NOW, **fields})


def test_every_kind_has_its_words_and_stands_in_one_group():
    grouped = [kind for kinds in GROUPS.values() for kind in kinds]

    assert set(WORDS) == set(grouped) == set(get_args(EntryKind))
    assert len(grouped) == len(set(grouped))


def test_every_decision_can_be_entered():
    assert set(get_args(Kind)) <= set(get_args(EntryKind))


def test_the_entry_of_a_decision_names_the_post_and_holds_none_of_its_words():
    standing = Standing(post=a_post("A very particular sentence #PyConEx"), status=Status.WAITING)
    decision = replace(a_decision("reject", standing), reason="Advertising")

    entry = decision_entry(standing, decision, NOW)

    assert (entry.kind, entry.by, entry.by_name, entry.post) == ("reject", "mia", "Mia", standing.post.id)
    assert (entry.reason, entry.at) == ("Advertising", NOW)
    assert not any("particular" in str(getattr(entry, field.name)) for field in fields(entry))
    assert not any("Alice" in str(getattr(entry, field.name)) for field in fields(entry))


@pytest.mark.parametrize(
    ("wanted", "admitted"),
    [
        (Filter(), True),
        (Filter(by="mia"), True),
        (Filter(by="max"), False),
        (Filter(kinds=("reject", "approve")), True),
        (Filter(kinds=("reject",)), False),
        (Filter(day=date(2026, 6, 12)), True),
        (Filter(day=date(2026, 6, 11)), False),
        (Filter(by="mia", kinds=("approve",), day=date(2026, 6, 11)), False),
    ],
)
def test_a_filter_admits_what_it_asks_for(wanted, admitted):
    assert wanted.admits(an_entry()) is admitted


def test_a_day_is_one_of_the_venue():
    late = an_entry(at=datetime(2026, 6, 12, 23, 30, tzinfo=UTC))

    assert Filter(day=date(2026, 6, 13), timezone="Europe/Berlin").admits(late)
    assert not Filter(day=date(2026, 6, 12), timezone="Europe/Berlin").admits(late)


def test_a_change_of_settings_is_told_in_words():
    after = replace(
        EVENT, title="PyCon 2026", hashtags=("PyCon", "Py26"), keys=("pycon", "py26"), host="Olga", version=2
    )

    assert list(changes(EVENT, after)) == [
        "title: PyCon Example → PyCon 2026",
        "hashtags: PyConEx → PyCon, Py26",
        "host: none → Olga",
    ]


def test_what_is_asked_of_posts_is_told_term_by_term():
    after = replace(EVENT, terms=Terms(every=("berlin", "talk"), since=date(2026, 6, 12), continuations=True))

    assert list(changes(EVENT, after)) == [
        "hashtags that posts must also have: none → berlin, talk",
        "posts from: none → 2026-06-12",
        "continuations: False → True",
    ]


def test_a_long_setting_is_named_and_not_repeated():
    assert list(changes(EVENT, replace(EVENT, house_rules="Be kind. " * 50))) == ["house rules"]


def test_an_event_that_stays_as_it_is_has_no_changes():
    assert list(changes(EVENT, replace(EVENT, version=2))) == []


def test_how_a_post_stood_is_said_unless_it_waited():
    standing = Standing(post=a_post(), status=Status.APPROVED)

    assert decision_entry(standing, a_decision("remove", standing), NOW).about == "It was approved."
    assert decision_entry(replace(standing, status=Status.WAITING), a_decision("stash", standing), NOW).about == ""


A, B, C = (Rule(id=id, kind="words", name=name) for id, name in (("a", "Spoilers"), ("b", ""), ("c", "Bots")))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ([A], [A, B], ["added “words”"]),
        ([A, C], [A], ["deleted “Bots”"]),
        ([A], [replace(A, on=False)], ["turned “Spoilers” off"]),
        ([A], [replace(A, effect="reject")], ["“Spoilers”: wait → “Spoilers”: reject"]),
        ([A], [replace(A, entries=("a name",))], ["changed “Spoilers”"]),
        ([A], [replace(A, changed_at=NOW, by="mia")], []),
        ([A, B, C], [C, A], ["deleted “words”", "changed their order"]),
        ([A, B], [A, B], []),
    ],
)
def test_a_change_of_rules_is_told_in_words_and_without_what_they_look_for(before, after, told):
    assert list(rule_changes(before, after)) == told
