from dataclasses import replace

import pytest

from tests.cast import NOW, a_decision, a_post
from wall.core.authorship import withdraw
from wall.core.decision import decide
from wall.core.delay import release
from wall.core.moderation import Standing, Status, Verdict, arrive
from wall.core.trust import BY_HAND, Trust, blame, credit

W, A, R, X, S = Status.WAITING, Status.APPROVED, Status.REJECTED, Status.REMOVED, Status.STASHED


@pytest.mark.parametrize(
    ("trust", "needed", "counts", "words"),
    [
        (Trust(), 0, False, ""),
        (Trust(), 3, False, ""),
        (Trust(approved=2), 0, False, ""),
        (Trust(approved=2), 3, False, "2 of 3 approved posts"),
        (Trust(approved=3), 3, True, "Trusted: 3 approved posts"),
        (Trust(approved=1), 1, True, "Trusted: 1 approved post"),
        (Trust(by="Mia"), 0, True, "Trusted by Mia"),
        (Trust(by="Mia", approved=2), 3, True, "Trusted by Mia"),
        (Trust(by="Mia", approved=4), 3, True, "Trusted by Mia, and 4 approved posts"),
        (Trust(approved=9, against=("p1",)), 3, False, "Not trusted: 1 post removed or rejected for cause"),
        (Trust(by="Mia", against=("p1", "p2")), 3, False, "Not trusted: 2 posts removed or rejected for cause"),
        (Trust(approved=9, against=(BY_HAND,)), 3, False, "Not trusted: a moderator took it back"),
    ],
)
def test_trust_is_given_by_hand_or_earned_and_ended_by_what_speaks_against_it(trust, needed, counts, words):
    assert (trust.counts(needed), trust.words(needed)) == (counts, words)


def standing(status, **fields):
    return Standing(post=a_post(), status=status, **{"decided_by": "mia", "decided_by_name": "Mia", **fields})


@pytest.mark.parametrize(
    ("before", "after", "moved", "blamed"),
    [
        (standing(W, decided_by=None), standing(A), 1, None),
        (standing(R), standing(A), 1, None),
        (standing(A), standing(X), -1, True),
        (standing(X), standing(A), 1, False),
        (standing(X), standing(S), 0, False),
        (standing(A), standing(W), -1, None),
        (standing(A), standing(A, pinned=True), 0, None),
        (standing(W, decided_by=None), standing(R), 0, None),
        (standing(W, decided_by=None), standing(R, refused=("likeness",)), 0, True),
        (standing(W, decided_by=None), standing(R, told="Advertising"), 0, True),
        (standing(A, decided_by=None), standing(X), 0, True),
        (standing(A, decided_by="delay"), standing(X), 0, True),
        (standing(W, decided_by=None), standing(R, decided_by="rule:words"), 0, None),
    ],
)
def test_a_change_moves_what_its_author_has_earned(before, after, moved, blamed):
    assert (credit(before, after), blame(before, after)) == (moved, blamed)


def test_who_deletes_a_removed_post_is_not_forgiven_it():
    removed = standing(X)

    assert blame(removed, withdraw(removed, NOW)) is None


def test_who_deletes_an_approved_post_has_earned_one_less():
    approved = standing(A)

    assert credit(approved, withdraw(approved, NOW)) == -1


def test_what_went_on_the_wall_by_itself_earns_nothing():
    delayed = arrive(a_post(), Verdict(delay=30), NOW, trusted=False)

    assert credit(delayed, release(delayed, NOW)) == 0


def test_undo_takes_back_what_a_decision_moved():
    waiting = arrive(a_post(), Verdict(), NOW, trusted=False)
    approved = decide(waiting, a_decision("approve", waiting), NOW)

    undone = decide(approved, a_decision("undo", approved), NOW)

    assert credit(waiting, approved) + credit(approved, undone) == 0


def test_undoing_a_removal_forgives_it():
    approved = standing(A)
    removed = decide(approved, a_decision("remove", approved), NOW)

    undone = decide(removed, a_decision("undo", removed), NOW)

    assert (blame(approved, removed), blame(removed, undone)) == (True, False)
    assert replace(undone, version=1).status is A
