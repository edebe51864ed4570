from dataclasses import replace

import pytest

from tests.cast import NOW, a_decision, a_post
from wall.core.decision import decide
from wall.core.moderation import Standing, Status
from wall.core.team import Taken, may_undo

WAITING = Standing(post=a_post(), status=Status.WAITING)
APPROVED = decide(WAITING, a_decision("approve", WAITING), NOW)
TAKEN = Taken(
    id="decision1", post_id=APPROVED.post.id, kind="approve", was=Status.WAITING, status=Status.APPROVED,
    version=APPROVED.version, at=NOW,
)  # fmt: skip


def test_a_decision_may_be_taken_back_while_nobody_changed_the_post():
    assert may_undo(TAKEN, APPROVED)


@pytest.mark.parametrize(
    ("taken", "standing"),
    [
        (TAKEN, decide(APPROVED, a_decision("remove", APPROVED, by="max"), NOW)),
        (TAKEN, decide(APPROVED, a_decision("undo", APPROVED), NOW)),
        (replace(TAKEN, kind="undo"), APPROVED),
        (TAKEN, replace(APPROVED, before=None)),
    ],
    ids=["somebody else changed it", "it is taken back", "it took another back", "nothing is known of before"],
)
def test_what_cannot_be_taken_back_any_more(taken, standing):
    assert not may_undo(taken, standing)
