"""The status table of the design, line by line, and what audiences are told of each change."""

from dataclasses import replace

import pytest

from tests.cast import NOW, a_decision, a_post
from wall.core import moderation
from wall.core.moderation import Standing, Status, Verdict, decide, edit, public_update, withdraw
from wall.errors import AlreadyDecided, InvalidInput

W, A, R, X, S, D = (
    Status.WAITING,
    Status.APPROVED,
    Status.REJECTED,
    Status.REMOVED,
    Status.STASHED,
    Status.WITHDRAWN,
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
        with pytest.raises(InvalidInput, match=status):
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


@pytest.mark.parametrize(
    ("status", "verdict", "after", "told"),
    [
        (A, Verdict(), W, "removed"),
        (A, Verdict(status=A), A, "edited"),
        (W, Verdict(), W, None),
        (W, Verdict(status=A), A, "posted"),
        (R, Verdict(status=A), R, None),
        (X, Verdict(status=A), X, None),
        (S, Verdict(status=A), S, None),
    ],
)
def test_an_authors_edit_leads_where_the_table_says(status, verdict, after, told):
    before = standing(status)
    post = a_post("Other words", uid=before.post.uid, revision=1)

    result = edit(before, post, verdict, NOW)

    assert result.status is after
    assert result.post.text == "Other words"
    assert public_update(before, result) == told


def test_a_post_sent_back_by_its_authors_edit_says_so():
    before = standing(A)

    assert "Edited" in edit(before, a_post("x", uid=before.post.uid), Verdict(), NOW).reason


@pytest.mark.parametrize(("status", "told"), [(W, None), (A, "removed"), (R, None), (X, None), (S, None)])
def test_an_authors_delete_is_told_if_the_post_was_shown(status, told):
    before = standing(status, pinned=status is A)

    after = withdraw(before, NOW)

    assert (after.status, after.post.text, after.post.media, after.pinned) == (D, "", (), False)
    assert public_update(before, after) == told


def test_an_edit_is_newer_or_from_the_same_source():
    before = standing(W)
    uid = before.post.uid

    assert not moderation.is_edit(before, before.post)
    assert moderation.is_edit(before, a_post("new", uid=uid, revision=1))
    assert moderation.is_edit(before, a_post("new", uid=uid))
    assert not moderation.is_edit(withdraw(before, NOW), a_post("new", uid=uid, revision=1))


def test_another_server_s_copy_of_the_same_version_is_no_edit():
    before = replace(standing(W), post=a_post("as one server has it", uid="ap:1", revision=5))

    assert not moderation.is_edit(before, a_post("as another has it", uid="ap:1", revision=5))
    assert not moderation.is_edit(before, a_post("as it was", uid="ap:1", revision=4))


def test_a_change_nobody_can_see_is_told_to_nobody():
    before = standing(A)

    assert public_update(before, replace(before, version=2)) is None
    assert public_update(None, standing(W)) is None
    assert public_update(None, standing(A)) == "posted"
