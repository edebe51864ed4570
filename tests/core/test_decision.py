"""The status table of the design, line by line, and two moderators for a picture."""

from dataclasses import replace

import pytest

from tests.cast import NOW, a_decision, a_post
from wall.core.authorship import edit, withdraw
from wall.core.decision import decide
from wall.core.moderation import Approval, Standing, Status, Verdict, public_update
from wall.core.post import Media, Picture
from wall.errors import AlreadyDecided, InvalidInput

W, A, R, X, S, G = (
    Status.WAITING,
    Status.APPROVED,
    Status.REJECTED,
    Status.REMOVED,
    Status.STASHED,
    Status.GROUPED,
)

TABLE = [
    (W, "approve", A, "posted"),
    (A, "remove", X, "removed"),
    (X, "approve", A, "posted"),
    (W, "reject", R, None),
    (R, "approve", A, "posted"),
    (W, "stash", S, None),
    (S, "approve", A, "posted"),
    (S, "reject", R, None),
    (A, "pin", A, "pinned"),
    (W, "pin", A, "posted"),
    (G, "reject", R, None),
    (G, "part", W, None),
]


def standing(status, **fields):
    return Standing(post=a_post(), status=status, **fields)


@pytest.mark.parametrize(("status", "kind", "after", "told"), TABLE)
def test_each_decision_leads_where_the_table_says(status, kind, after, told):
    before = standing(status)

    result = decide(before, a_decision(kind, before), NOW)

    assert result.status is after
    assert public_update(before, result) == told
    assert result.version == before.version + 1


@pytest.mark.parametrize("kind", ["approve", "reject", "remove", "pin", "unpin", "stash"])
@pytest.mark.parametrize("status", list(Status))
def test_every_decision_not_in_the_table_is_refused_in_words(status, kind):
    before = standing(status)
    allowed = any(line[:2] == (status, kind) for line in TABLE) or (status, kind) == (A, "unpin")

    if allowed:
        assert decide(before, a_decision(kind, before), NOW)
    else:
        with pytest.raises(InvalidInput, match="as it stands now"):
            decide(before, a_decision(kind, before), NOW)


def test_unpinning_is_told_once_it_was_pinned():
    before = standing(A, pinned=True)

    after = decide(before, a_decision("unpin", before), NOW)

    assert public_update(before, after) == "unpinned"


def test_a_removed_post_is_no_longer_pinned():
    before = standing(A, pinned=True)

    assert not decide(before, a_decision("remove", before), NOW).pinned


def test_a_decision_about_an_older_version_is_refused():
    before = standing(W)
    decision = a_decision("approve", before)

    with pytest.raises(AlreadyDecided):
        decide(replace(before, version=2), decision, NOW)


def test_the_refusal_says_who_was_faster_and_when():
    before = standing(W)
    rejected = decide(before, a_decision("reject", before, by="max"), NOW)

    with pytest.raises(AlreadyDecided, match="Max was faster: this post is rejected") as refusal:
        decide(rejected, a_decision("approve", before), NOW)

    assert (refusal.value.by, refusal.value.at) == ("Max", NOW.timestamp())


def test_the_refusal_says_that_the_author_deleted_it():
    before = standing(W)

    with pytest.raises(AlreadyDecided, match="Its author deleted"):
        decide(withdraw(before, NOW), a_decision("approve", before), NOW)


@pytest.mark.parametrize("kind", ["approve", "reject", "stash", "pin"])
def test_undoing_a_decision_restores_what_was(kind):
    before = standing(W)
    after = decide(before, a_decision(kind, before), NOW)

    undone = decide(after, a_decision("undo", after), NOW)

    assert (undone.status, undone.pinned) == (W, False)


def test_a_removal_undone_pins_again_what_was_pinned():
    before = standing(A, pinned=True)
    after = decide(before, a_decision("remove", before), NOW)

    undone = decide(after, a_decision("undo", after), NOW)

    assert (undone.status, undone.pinned) == (A, True)
    assert public_update(after, undone) == "posted"


def test_nobody_undoes_another_ones_decision_nor_the_same_twice():
    before = standing(W)
    after = decide(before, a_decision("reject", before, by="max"), NOW)

    with pytest.raises(InvalidInput):
        decide(after, a_decision("undo", after), NOW)
    undone = decide(after, a_decision("undo", after, by="max"), NOW)
    with pytest.raises(InvalidInput):
        decide(undone, a_decision("undo", undone, by="max"), NOW)


# Two moderators for a picture


PICTURE = Picture("0" * 32, 8, 6, likeness="00000000ffffffff")


def pictured(status=W, **fields):
    return Standing(
        post=a_post(media=(Media(kind="image", url="https://a.example/1", picture=PICTURE),)),
        status=status,
        **fields,
    )


def two(before, kind, by):
    return decide(before, a_decision(kind, before, by=by), NOW, two_eyes=True)


@pytest.mark.parametrize("status", [W, S, R, X])
def test_a_picture_is_on_the_wall_once_two_different_moderators_approved_it(status):
    first = two(pictured(status), "approve", "ada")
    second = two(first, "approve", "ben")

    assert (first.status, first.approval) == (status, Approval("ada", "Ada"))
    assert public_update(pictured(status), first) is None
    assert (second.status, public_update(first, second)) == (A, "posted")


@pytest.mark.parametrize("kind", ["approve", "pin"])
def test_nobody_approves_a_picture_twice(kind):
    first = two(pictured(), kind, "ada")

    with pytest.raises(InvalidInput, match="You approved this already"):
        two(first, kind, "ada")


def test_the_second_approval_may_pin_and_the_first_does_not():
    first = two(pictured(), "pin", "ada")
    second = two(first, "pin", "ben")

    assert (first.pinned, first.status, second.pinned, second.status) == (False, W, True, A)


def test_words_alone_need_one_moderator():
    assert two(standing(W), "approve", "ada").status is A


def test_a_picture_needs_one_where_the_event_does_not_ask_for_two():
    before = pictured()

    assert decide(before, a_decision("approve", before), NOW).status is A


def test_two_who_approve_at_once_are_two_approvals_only_if_the_second_looks_again():
    before = pictured()
    first = two(before, "approve", "ada")

    with pytest.raises(AlreadyDecided, match="Ada approved this already; it needs one more"):
        decide(first, a_decision("approve", before, by="ben"), NOW, two_eyes=True)


def test_the_first_approval_is_taken_back_by_who_gave_it():
    first = two(pictured(), "approve", "ada")

    undone = two(first, "undo", "ada")

    assert (undone.status, undone.approval) == (W, None)
    with pytest.raises(InvalidInput):
        two(first, "undo", "ben")


def test_the_second_approval_is_taken_back_and_the_first_stays():
    first = two(pictured(), "approve", "ada")
    undone = two(two(first, "approve", "ben"), "undo", "ben")

    assert (undone.status, undone.approval) == (W, Approval("ada", "Ada"))
    assert two(undone, "approve", "cleo").status is A


def test_a_stashed_post_keeps_its_first_approval_and_a_refused_one_does_not():
    first = two(pictured(), "approve", "ada")

    assert two(two(first, "stash", "ben"), "approve", "ben").status is A
    assert two(two(first, "reject", "ben"), "approve", "ben").status is R


def test_an_edit_ends_the_first_approval():
    first = two(pictured(), "approve", "ada")

    assert edit(first, replace(first.post, text="Other words"), Verdict(), NOW).approval is None


def test_a_picture_that_was_on_the_wall_goes_back_there_by_undo_alone():
    removed = two(pictured(A), "remove", "ada")

    assert two(removed, "undo", "ada").status is A


# Refused for its picture


def for_picture(before, kind):
    return decide(before, replace(a_decision(kind, before), for_picture=True), NOW)


@pytest.mark.parametrize(("status", "kind"), [(W, "reject"), (S, "reject"), (A, "remove")])
def test_a_post_refused_for_its_picture_says_what_that_looks_like(status, kind):
    before = pictured(status)

    assert for_picture(before, kind).refused == (PICTURE.likeness,)
    assert decide(before, a_decision(kind, before), NOW).refused == ()


def test_only_a_refusal_is_for_a_picture():
    assert for_picture(pictured(), "approve").refused == ()


def test_a_post_without_a_picture_is_not_refused_for_one():
    with pytest.raises(InvalidInput, match="no picture"):
        for_picture(standing(W), "reject")


def test_undo_takes_a_refusal_of_a_picture_back_and_brings_one_back():
    refused = for_picture(pictured(), "reject")
    approved = decide(refused, a_decision("approve", refused), NOW)

    assert decide(refused, a_decision("undo", refused), NOW).refused == ()
    assert approved.refused == ()
    assert decide(approved, a_decision("undo", approved), NOW).refused == (PICTURE.likeness,)


def test_a_refused_picture_stays_refused_when_its_author_deletes_the_post():
    gone = withdraw(for_picture(pictured(), "reject"), NOW)

    assert gone.refused == (PICTURE.likeness,)
    assert gone.post.pictures == ()
