"""What authors do to their posts, and what audiences are told of it."""

from dataclasses import replace

import pytest

from tests.cast import NOW, a_post
from wall.core.authorship import edit, is_edit, withdraw
from wall.core.moderation import Standing, Status, Verdict, public_update

W, A, R, X, S, D = (
    Status.WAITING,
    Status.APPROVED,
    Status.REJECTED,
    Status.REMOVED,
    Status.STASHED,
    Status.WITHDRAWN,
)


def standing(status, **fields):
    return Standing(post=a_post(), status=status, **fields)


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

    assert not is_edit(before, before.post)
    assert is_edit(before, a_post("new", uid=uid, revision=1))
    assert is_edit(before, a_post("new", uid=uid))
    assert not is_edit(withdraw(before, NOW), a_post("new", uid=uid, revision=1))


def test_another_server_s_copy_of_the_same_version_is_no_edit():
    before = replace(standing(W), post=a_post("as one server has it", uid="ap:1", revision=5))

    assert not is_edit(before, a_post("as another has it", uid="ap:1", revision=5))
    assert not is_edit(before, a_post("as it was", uid="ap:1", revision=4))
