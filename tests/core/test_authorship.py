"""What authors do to their posts, and what audiences are told of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import NOW, a_decision, a_post
from wall.core.authorship import edit, forget, is_edit, recounted, restore, withdraw
from wall.core.decision import decide
from wall.core.moderation import Approval, Standing, Status, Verdict, arrive, public_update

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
        (R, Verdict(status=A), A, "posted"),
        (R, Verdict(), W, None),
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


MIA = Approval("mia", "Mia")
RULE = Verdict(status=R, reason="Word list: “spam” in the text.", rule="r1", rule_name="Word list")


def test_what_a_rule_rejected_goes_where_the_rules_say_of_the_new_words():
    rejected = arrive(a_post("spam"), RULE, NOW, trusted=False)
    post = a_post("Other words", uid=rejected.post.uid, revision=1)

    after = edit(rejected, post, Verdict(), NOW)
    again = edit(rejected, post, replace(RULE, reason="Another one."), NOW)

    assert (after.status, after.reason, after.rule, after.decided_by, after.decided_at) == (
        W,
        None,
        None,
        None,
        None,
    )
    assert (again.status, again.reason, again.decided_by) == (R, "Another one.", "rule:r1")


def test_what_a_rule_rejected_and_a_delay_releases_is_delayed():
    rejected = arrive(a_post("spam"), RULE, NOW, trusted=False)

    after = edit(rejected, a_post("Other words", uid=rejected.post.uid, revision=1), Verdict(delay=30), NOW)

    assert (after.status, after.due) == (W, NOW + timedelta(seconds=30))


def test_what_a_rule_rejected_and_one_of_two_moderators_approved_goes_where_the_rules_say():
    rejected = replace(arrive(a_post("spam"), RULE, NOW, trusted=False), decided_by="mia", approval=MIA)

    assert edit(rejected, a_post("Other words", uid=rejected.post.uid, revision=1), Verdict(), NOW).status is W


@pytest.mark.parametrize(("status", "kind"), [(W, "reject"), (S, "reject"), (A, "remove"), (W, "stash")])
def test_what_a_moderator_decided_against_stays_so_whatever_its_author_writes(status, kind):
    before = standing(status)
    decided = decide(before, a_decision(kind, before), NOW)

    after = edit(decided, a_post("Other words", uid=before.post.uid, revision=1), Verdict(status=A), NOW)

    assert (after.status, after.decided_by) == (decided.status, "mia")


def test_a_post_sent_back_by_its_authors_edit_says_so():
    before = standing(A)

    assert "Edited" in edit(before, a_post("x", uid=before.post.uid), Verdict(), NOW).reason


@pytest.mark.parametrize(("status", "told"), [(W, None), (A, "removed"), (R, None), (X, None), (S, None)])
def test_an_authors_delete_is_told_if_the_post_was_shown(status, told):
    before = standing(status, pinned=status is A)

    after = withdraw(before, NOW)

    assert (after.status, after.post.text, after.post.media, after.pinned) == (D, "", (), False)
    assert public_update(before, after) == told


@pytest.mark.parametrize("status", [A, W, R, X, S])
def test_a_post_that_is_back_on_its_network_waits_whatever_was_decided(status):
    before = withdraw(standing(status, decided_by="mia"), NOW)

    after = restore(before, a_post("Back", uid=before.post.uid))

    assert (after.status, after.post.text, after.decided_by, after.version) == (
        W,
        "Back",
        None,
        before.version + 1,
    )
    assert public_update(before, after) is None


@pytest.mark.parametrize("status", [A, W, R, X, S])
def test_a_post_that_is_not_gone_cannot_be_back(status):
    before = standing(status)

    assert restore(before, a_post("Back", uid=before.post.uid)) is None


def test_who_left_the_wall_is_not_brought_back_by_their_network():
    before = forget(standing(A), NOW)

    assert restore(before, a_post("Back", uid=before.post.uid)) is None


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


def test_a_post_that_was_passed_on_more_often_is_the_same_version_of_the_same_post():
    before = Standing(status=Status.APPROVED, post=a_post("Hello", uid="ap:1", revision=5, reposts=3))

    after = recounted(before, a_post("As another server has it", uid="ap:1", revision=5, reposts=7))

    assert after.post.reposts == 7
    assert replace(after, post=before.post) == before
    assert after.post.content_hash == before.post.content_hash
    assert after.post.text == "Hello"


@pytest.mark.parametrize(
    ("status", "fields"),
    [
        (Status.APPROVED, {"reposts": 3}),
        (Status.APPROVED, {"reposts": 2}),
        (Status.APPROVED, {"reposts": 9, "revision": 6, "text": "An edit"}),
        (Status.WITHDRAWN, {"reposts": 9}),
    ],
)
def test_no_higher_count_an_edit_or_a_withdrawn_post_is_no_news_of_reposts(status, fields):
    before = Standing(status=status, post=a_post("Hello", uid="ap:1", revision=5, reposts=3))

    assert recounted(before, a_post(**{"text": "Hello", "uid": "ap:1", "revision": 5, **fields})) is None


def test_which_post_it_answers_may_be_learnt_later_and_is_never_another_one():
    before = Standing(status=W, post=a_post("Hello", uid="ap:1", revision=5))
    told = a_post("Hello", uid="ap:1", revision=5, reply_to="ap:0")

    after = recounted(before, told)

    assert (after.post.reply_to, after.version) == ("ap:0", before.version)
    assert recounted(after, replace(told, reply_to="ap:7")) is None
    assert edit(after, a_post("Edited", uid="ap:1", revision=6), Verdict(), NOW).post.reply_to == "ap:0"


def test_an_edit_does_not_lose_reposts_that_another_server_told_of():
    before = Standing(status=Status.APPROVED, post=a_post("Hello", uid="ap:1", reposts=3))

    assert edit(before, a_post("Edited", uid="ap:1", revision=1, reposts=1), Verdict(), NOW).post.reposts == 3


def test_a_post_that_the_team_passed_on_is_marked_with_everybody_who_did_and_stays_as_it_was():
    before = Standing(status=W, post=a_post("Hello", uid="ap:1", reposts=3, reposted_by=("team@a.example",)))
    again = a_post("Hello", uid="ap:1", reposts=1, reposted_by=("other@a.example", "team@a.example"))

    after = recounted(before, again)

    assert after.post.reposted_by == ("team@a.example", "other@a.example")
    assert (after.post.reposts, after.status, after.version) == (3, W, before.version)
    assert after.post.content_hash == before.post.content_hash
    assert recounted(after, again) is None


def test_an_edit_does_not_lose_who_of_the_team_passed_it_on():
    before = Standing(status=W, post=a_post("Hello", uid="ap:1", reposted_by=("team@a.example",)))

    assert edit(before, a_post("Edited", uid="ap:1", revision=1), Verdict(), NOW).post.reposted_by == (
        "team@a.example",
    )
