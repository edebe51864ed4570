from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import ALICE, NOW, a_post
from wall.core.event import Event
from wall.core.moderation import Status, Verdict
from wall.core.rules import KINDS, Chain, Facts, Rule, judge, named

EVENT = Event(slug="e", title="E", hashtags=("PyConEx",), keys=("pyconex",))
OPEN = replace(EVENT, mode="trusted go through")
INSULTS = Rule(
    id="i", kind="words", name="insults", entries=("shit",), places=KINDS["words"].places, effect="reject"
)
BOTS = Rule(id="b", kind="bots", effect="wait")
TEAM = Rule(id="t", kind="authors", name="our team", entries=("@alice@social.example",), effect="skip")
RUDE_BOT = a_post("Shit.", author=replace(ALICE, bot=True))


def verdict(*rules, post=RUDE_BOT, event=EVENT, trusted=False, now=NOW):
    return judge(event, Chain(rules), post, Facts(), trusted=trusted, now=now)


def broken(rule, post, facts):
    raise ZeroDivisionError


def test_the_first_rule_that_catches_a_post_decides():
    assert verdict(INSULTS, BOTS).status is Status.REJECTED
    assert verdict(BOTS, INSULTS).status is Status.WAITING


def test_a_verdict_names_the_rule_and_what_it_found():
    rude = a_post(author=replace(ALICE, handle="@sh1t_lord@a.example"))

    assert verdict(BOTS, INSULTS, post=rude) == Verdict(
        status=Status.REJECTED,
        reason="Word list “insults”: “shit” in the handle.",
        rule="i",
        rule_name="Word list “insults”",
    )


def test_without_a_rule_everything_waits_without_a_reason():
    assert verdict() == Verdict()


def test_a_post_that_no_rule_catches_goes_as_the_mode_says():
    calm = a_post()

    assert verdict(INSULTS, post=calm, event=OPEN, trusted=True).status is Status.APPROVED
    assert verdict(INSULTS, post=calm, event=OPEN).status is Status.WAITING
    assert verdict(INSULTS, post=calm, trusted=True).status is Status.WAITING


@pytest.mark.parametrize("mode", ["trusted go through", "hold the suspicious", "open with delay"])
@pytest.mark.parametrize("rules", [(), (TEAM,)])
def test_what_anybody_can_write_in_the_author_s_name_waits_in_every_mode(mode, rules):
    found = verdict(*rules, post=a_post(forgeable=True), event=replace(EVENT, mode=mode), trusted=True)

    assert (found.status, found.delay) == (Status.WAITING, None)
    assert "a person has to look" in found.reason


def test_a_rule_stops_even_a_trusted_author():
    assert verdict(INSULTS, event=OPEN, trusted=True).status is Status.REJECTED
    assert verdict(BOTS, event=OPEN, trusted=True).status is Status.WAITING


def test_what_skips_the_rules_goes_as_the_mode_says_and_no_further():
    assert verdict(TEAM, INSULTS) == Verdict(rule="t")
    assert verdict(TEAM, INSULTS, event=OPEN, trusted=True).status is Status.APPROVED


def test_what_skips_the_rules_and_is_sensitive_waits():
    post = a_post(sensitive=True)

    assert verdict(TEAM, post=post, event=OPEN, trusted=True).status is Status.WAITING


def test_a_rule_below_one_that_caught_is_not_skipped_to():
    assert verdict(INSULTS, TEAM).status is Status.REJECTED


def test_a_rule_that_is_off_catches_nothing():
    assert verdict(replace(INSULTS, on=False)) == Verdict()


def test_a_rule_counts_until_it_expires():
    until = replace(INSULTS, until=NOW + timedelta(minutes=1))

    assert verdict(until).rule == "i"
    assert verdict(until, now=NOW + timedelta(minutes=1)) == Verdict()


def test_an_expired_list_leaves_the_next_one_alone():
    expired = replace(INSULTS, id="old", until=NOW)

    assert verdict(expired, INSULTS).rule == "i"


@pytest.mark.parametrize("effect", ["wait", "reject", "skip"])
def test_a_rule_that_fails_sends_the_post_to_the_queue(monkeypatch, effect):
    monkeypatch.setitem(KINDS, "bots", replace(KINDS["bots"], check=broken))

    failed = verdict(replace(BOTS, effect=effect, name="robots"), event=OPEN, trusted=True)

    assert failed.status is Status.WAITING
    assert failed.reason == "Bots “robots”: this rule failed, so a person has to look."
    assert failed.error == "ZeroDivisionError()"
    assert failed.rule == "b"


def test_a_rule_of_a_kind_that_this_program_does_not_know_sends_the_post_to_the_queue():
    newer = replace(BOTS, kind="moon phase", effect="reject")

    assert verdict(newer, event=OPEN, trusted=True).status is Status.WAITING
    assert verdict(newer).reason == "A rule of an unknown kind: this rule failed, so a person has to look."


def test_a_list_that_cannot_be_compiled_sends_the_post_to_the_queue():
    damaged = replace(INSULTS, entries=(7,))

    assert verdict(damaged, event=OPEN, trusted=True).error
    assert verdict(damaged, event=OPEN, trusted=True).status is Status.WAITING


def test_a_post_too_long_to_look_through_waits():
    endless = a_post("word " * 20_000)

    assert verdict(INSULTS, post=endless, event=OPEN, trusted=True).status is Status.WAITING
    assert verdict(INSULTS, post=endless).reason == "Word list “insults”: it is too long to look through."


def test_rules_that_cannot_be_read_let_everything_wait():
    unreadable = Chain(readable=False)

    judged = judge(OPEN, unreadable, a_post(), Facts(), trusted=True, now=NOW)

    assert judged.status is Status.WAITING
    assert judged.reason


def test_a_rule_without_a_name_is_called_by_its_kind():
    assert (named(BOTS), named(INSULTS)) == ("Bots", "Word list “insults”")
