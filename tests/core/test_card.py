from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import NOW
from tests.copied import OTHER_TEXT, TEXT, bridged_skeet, bridged_toot, entry, later, note, skeet, toot
from wall.core import card
from wall.core.card import MOST_COPIES, Match
from wall.core.moderation import Copy, Status, Verdict, arrive
from wall.core.post import Media, Picture

WAIT = Verdict()
THROUGH = Verdict(status=Status.APPROVED)
HELD = Verdict(reason="A rule held it.")
SURE, UNSURE = Match("lead", "same", sure=True), Match("lead", "same", sure=False)
ORIGINAL = Match("lead", "original", sure=True)
PICTURE = Picture("p", 10, 10, likeness="00ff00ff00ff00ff")


def standing(post, status=Status.WAITING, **fields):
    approved_at = NOW if status is Status.APPROVED else None
    return replace(arrive(post, WAIT, NOW, trusted=False), status=status, approved_at=approved_at, **fields)


def behind(post, bond="same", **fields):
    return standing(post, Status.GROUPED, card="card", bond=bond, **fields)


@pytest.mark.parametrize(
    ("new", "known", "bond", "sure"),
    [
        (bridged_toot(), skeet(), "copy", True),
        (skeet(), bridged_toot(), "original", True),
        (bridged_skeet(), toot(), "copy", True),
        (bridged_skeet("Cut short …"), toot(), "copy", True),
        (bridged_skeet(of="https://social.example/users/alice/statuses/77"), toot(), "copy", True),
        (toot(), bridged_skeet(), "original", True),
        (entry("Its title\n" + TEXT), toot(), "copy", True),
        (toot(), entry(), "original", True),
        (note(bridged_from=toot().uid), toot(name="Somebody"), "copy", False),
        (bridged_skeet(of="https://b.example/1"), note(handle="x@mostr.pub", bridged_from="ap:https://b.example/1"), "same", True),
        (toot(), skeet(), "same", False),
        (toot(links=("https://alice.example",)), skeet(handle="alice.example"), "same", True),
    ],
)  # fmt: skip
def test_a_post_finds_the_one_it_belongs_to(new, known, bond, sure):
    assert card.match(new, [standing(known)]) == Match(known.id, bond, sure)


@pytest.mark.parametrize(
    ("new", "known"),
    [
        (toot(), skeet(OTHER_TEXT)),
        (toot(), skeet(name="Bob", handle="bob.bsky.social")),
        (toot(), toot(uid="ap:https://social.example/2", url="https://social.example/@alice/2")),
        (note(OTHER_TEXT, bridged_from=toot().uid), toot()),  # anybody can write that of other words
        (skeet(OTHER_TEXT, handle="mallory.example", bridged_from=toot().url), toot()),
        (entry(OTHER_TEXT, host="planet.example"), toot()),
        (toot(), toot()),
    ],
)
def test_a_post_that_belongs_to_none_stays_alone(new, known):
    assert card.match(new, [standing(known)]) is None


def test_what_is_gone_or_was_parted_draws_no_others():
    gone = standing(skeet(), Status.WITHDRAWN)
    parted = standing(skeet(), parted="card")

    assert card.match(toot(), [gone, parted]) is None


def test_what_a_post_was_copied_from_comes_before_what_looks_like_it():
    original, alike = standing(skeet()), standing(note(id="ef" * 32, handle="alice@social.example"))
    copy = bridged_toot(name="Alice Example")

    assert card.match(copy, [alike, original]) == Match(original.post.id, "copy", sure=True)


@pytest.mark.parametrize(
    ("verdict", "status", "found", "does"),
    [
        (WAIT, Status.WAITING, UNSURE, True),
        (WAIT, Status.APPROVED, UNSURE, True),
        (THROUGH, Status.WAITING, UNSURE, True),
        (WAIT, Status.REMOVED, SURE, True),
        (WAIT, Status.REMOVED, UNSURE, False),
        (WAIT, Status.REJECTED, UNSURE, False),
        (WAIT, Status.WITHDRAWN, SURE, False),
        (HELD, Status.APPROVED, SURE, False),
        (Verdict(status=Status.REJECTED), Status.APPROVED, SURE, False),
        (WAIT, Status.APPROVED, ORIGINAL, True),
    ],
)
def test_who_joins_a_card_is_in_no_way_better_off_or_buried(verdict, status, found, does):
    assert card.joins(toot(), verdict, standing(bridged_skeet(), status), found) is does


def test_an_original_with_other_words_waits_by_itself():
    lead = standing(bridged_skeet("Cut short …"), Status.APPROVED)

    assert not card.joins(toot(), WAIT, lead, ORIGINAL)
    assert card.stands_apart(WAIT, lead, ORIGINAL)
    assert card.joins(toot(), THROUGH, lead, ORIGINAL)


def test_a_strangers_word_puts_nothing_on_the_wall_in_the_place_of_theirs():
    lead = standing(note(bridged_from=toot().uid), Status.APPROVED)
    found = card.match(toot(), [lead])

    assert found == Match(lead.post.id, "original", sure=False)
    assert not card.joins(toot(), WAIT, lead, found)


def test_a_card_has_an_end():
    copy = Copy(id="x", source="nostr", author="", handle="", bond="same", reposts=0, version=1, content_hash="")
    lead = standing(skeet(), copies=(copy,) * MOST_COPIES)

    assert not card.joins(toot(), WAIT, lead, SURE)


@pytest.mark.parametrize(
    ("lead", "member", "leads"),
    [
        (standing(bridged_skeet(), Status.APPROVED), behind(toot(), "original", proved=True), True),
        (standing(bridged_skeet(), Status.APPROVED), behind(toot(), "original"), False),
        (standing(bridged_skeet("Less"), Status.APPROVED), behind(toot(), "original", proved=True), False),
        (standing(bridged_skeet("Less"), Status.APPROVED), behind(toot(), "original", cleared=True), True),
        (standing(bridged_skeet("Less")), behind(toot(), "original"), True),
        (standing(bridged_skeet(), Status.REMOVED), behind(toot(), "original", proved=True), False),
        (standing(toot(), Status.APPROVED), behind(later(skeet(), minutes=-5)), False),
        (standing(toot()), behind(later(skeet(), minutes=-5)), True),
        (standing(toot()), behind(later(skeet(), minutes=5)), False),
        (standing(toot()), behind(later(skeet(), seconds=-5)), False),
        (standing(toot(), decided_by="mia"), behind(later(skeet(), minutes=-5)), False),
        (standing(toot()), behind(skeet(media=(Media(kind="image", url="https://p.example/", picture=PICTURE),))), True),
        (standing(toot()), behind(skeet(), cleared=True), True),
        (standing(toot(), Status.WITHDRAWN), behind(skeet()), True),
        (standing(toot(), Status.APPROVED), standing(skeet(), Status.WITHDRAWN, bond="original", proved=True), False),
    ],
)  # fmt: skip
def test_who_leads_a_card(lead, member, leads):
    assert card.heir(lead, [member]) is (member if leads else None)


def test_an_original_takes_over_with_the_approval_the_pin_and_the_note():
    lead = standing(bridged_skeet(), Status.APPROVED, pinned=True, decided_by="mia", decision="d1", version=4)
    one = behind(toot(), "original", version=2, arrived=9)

    after, yields = card.taken_over(one, lead, NOW + timedelta(minutes=1))

    assert (after.post, after.status, after.pinned, after.decided_by) == (one.post, Status.APPROVED, True, "mia")
    assert (after.approved_at, after.version, after.arrived) == (NOW, 3, 9)
    assert (after.instead_of, after.bond, after.card) == (lead.post.id, None, lead.post.id)
    assert (yields.status, yields.bond, yields.pinned, yields.version) == (Status.GROUPED, "copy", False, 5)


def test_what_the_rules_let_through_is_not_said_to_be_approved_by_a_moderator():
    lead = standing(bridged_skeet("Less"), Status.APPROVED, decided_by="mia", decided_by_name="Mia")

    after, _ = card.taken_over(behind(toot(), "original", cleared=True), lead, NOW)

    assert after.visible
    assert after.decided_by is None


def test_what_is_behind_a_card_is_told_in_the_order_it_came():
    one, other = behind(skeet(reposts=3), arrived=2), behind(note(), "copy", arrived=1)

    told = card.copies([one, other, standing(toot())])

    assert [(copy.source, copy.bond, copy.reposts) for copy in told] == [
        ("nostr", "copy", 0),
        ("bluesky", "same", 3),
    ]
