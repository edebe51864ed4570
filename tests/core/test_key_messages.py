from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.cast import ALICE, BOB, a_post
from wall.core.key_messages import Sayings
from wall.core.moderation import Standing, Status
from wall.core.watch import KeyMessage, Watch

TEN = int(datetime(2026, 6, 12, 10, tzinfo=UTC).timestamp())
WATCH = Watch(ours=(ALICE.handle,), messages=(KeyMessage("Open doors", ("open doors", "doors are open")),))


def said(text, minute=0, *, author="bob", status=Status.APPROVED, **fields):
    who = ALICE if author == "us" else replace(BOB, uid=author, url=None)
    at = datetime.fromtimestamp(TEN + minute * 60, UTC)
    return Standing(post=replace(a_post(text, author=who, **fields), created_at=at), status=status)


def outcome(*standings, hours=0.0, watch=WATCH):
    sayings = Sayings(watch)
    for one in standings:
        sayings.put(one)
    return sayings.outcomes(int(TEN + hours * 3600))[0]


def test_a_message_that_three_people_repeat_is_a_hit():
    found = outcome(
        said("Open doors at six!", author="us"),
        *(said("the DOORS are open", minute, author=f"p{minute}") for minute in (5, 50, 119)),
    )

    assert (found.verdict, found.people, found.posts) == ("hit", 3, 3)
    assert (found.said, found.first, found.last) == (TEN, TEN + 300, TEN + 119 * 60)


def test_one_that_was_passed_on_is_a_hit_without_a_word():
    assert outcome(said("Open doors", author="us", reposts=3)).verdict == "hit"


@pytest.mark.parametrize(("hours", "verdict"), [(1.9, "early"), (2.0, "missed")])
def test_after_two_hours_without_three_people_it_is_missed(hours, verdict):
    posts = [said("Open doors", author="us")] + [said("open doors", 5, author="p1") for _turn in range(5)]

    assert outcome(*posts, hours=hours).verdict == verdict


def test_what_comes_too_late_is_told_and_no_hit():
    posts = [said("open doors", 130, author=f"p{number}") for number in range(4)]

    found = outcome(said("Open doors", author="us"), *posts, hours=3)

    assert (found.verdict, found.people) == ("missed", 4)


def test_a_message_that_the_team_never_said_may_be_said_by_others():
    assert outcome(*(said("open doors", number, author=f"p{number}") for number in range(3))).verdict == "hit"
    assert outcome(said("open doors", author="p1")).verdict == "unsaid"
    assert outcome().verdict == "unsaid"


def test_what_leaves_the_wall_is_said_no_more():
    post = said("open doors", author="p1")

    assert outcome(post).posts == 1
    assert outcome(post, replace(post, status=Status.REMOVED)).posts == 0


def test_the_newest_echo_comes_first():
    found = outcome(said("open doors", 5, author="p1"), said("open doors", 9, author="p2"))

    assert [one.author for one in found.echoes] == ["p2", "p1"]


def test_words_within_others_are_no_message():
    assert outcome(said("reopen doorstep", author="p1")).posts == 0
