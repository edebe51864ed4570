from dataclasses import replace

import pytest

from tests.cast import ALICE
from wall.core.event import Event
from wall.core.moderation import Status, Verdict
from wall.core.wishes import heeded, turned_away, wishes

EVENT = Event(slug="pycon", title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))


def who_wishes(*words):
    return replace(ALICE, wishes=words)


@pytest.mark.parametrize(
    ("profile", "found"),
    [
        ("I write software. #nobot", ("nobot",)),
        ("#NoBots please", ("nobot",)),
        ("#noindex #nobridge #nobot", ("nobot", "nobridge", "noindex")),
        ('<p>Hi <a href="https://s.example/tags/nobot" class="mention hashtag" rel="tag">#<span>nobot</span></a></p>', ("nobot",)),
        ("nobot, I am no robot", ()),
        ("#nobotany #nobody", ()),
        ("", ()),
        ("#<" * 50_000, ()),
        ("x" * 20_000 + "#nobot", ()),
    ],
)  # fmt: skip
def test_a_profile_is_read_for_what_it_asks(profile, found):
    assert wishes(profile) == found


def test_the_networks_own_setting_is_a_wish_too():
    assert wishes("#nobot", noindex=True) == ("nobot", "noindex")


@pytest.mark.parametrize(
    ("setting", "wish", "away"),
    [
        ("heed", "nobot", True),
        ("heed", "nowall", True),
        ("heed", "noindex", False),
        ("wait", "nobot", False),
        ("ignore", "nobot", False),
    ],
)
def test_who_wants_no_program_is_turned_away_where_the_event_heeds_that(setting, wish, away):
    assert turned_away(replace(EVENT, wishes=setting), who_wishes(wish)) is away


def test_a_wish_makes_a_post_wait_and_says_so():
    approved = Verdict(status=Status.APPROVED, reason="Its author is trusted.")

    verdict = heeded(EVENT, who_wishes("noindex"), approved)

    assert verdict.status is Status.WAITING
    assert verdict.reason == "Its author's profile says #noindex. Its author is trusted."


def test_what_a_rule_rejected_stays_rejected():
    assert heeded(EVENT, who_wishes("noindex"), Verdict(status=Status.REJECTED)).status is Status.REJECTED


def test_an_event_may_ignore_wishes_and_who_has_none_changes_nothing():
    approved = Verdict(status=Status.APPROVED)

    assert heeded(replace(EVENT, wishes="ignore"), who_wishes("noindex"), approved) == approved
    assert heeded(EVENT, ALICE, approved) == approved
