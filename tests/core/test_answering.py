from dataclasses import replace

import pytest

from tests.cast import NOW, a_post
from wall.core.answering import FOLLOWS, answer_id, answer_uid, followed, is_answer, spoken, without_answers
from wall.core.moderation import Standing, Status
from wall.core.post import SourceRef
from wall.errors import AlreadyDecided

ASKED = a_post("Where is it? #PyConEx")
ANSWER = a_post("Upstairs", uid=answer_uid(ASKED.id), source=SourceRef(id="answer", kind="answer"))
SHOWN = Standing(post=ASKED, status=Status.APPROVED, version=2)
HELD = Standing(post=ANSWER, status=Status.STASHED, decided_by=FOLLOWS, decided_by_name="Mia")
STANDS = replace(HELD, status=Status.APPROVED, decided_by="mia")


def test_a_post_has_one_answer_whoever_writes_it():
    assert ANSWER.id == answer_id(ASKED.id)


def test_answers_are_told_from_other_posts():
    assert is_answer(ANSWER)
    assert without_answers([SHOWN, STANDS]) == [SHOWN]


@pytest.mark.parametrize(
    ("answer", "answered", "status"),
    [
        (HELD, Status.APPROVED, Status.APPROVED),
        (STANDS, Status.REMOVED, Status.STASHED),
        (STANDS, Status.WAITING, Status.STASHED),
        (STANDS, Status.WITHDRAWN, Status.WITHDRAWN),
        (HELD, Status.WITHDRAWN, Status.WITHDRAWN),
    ],
)
def test_an_answer_goes_where_its_post_goes(answer, answered, status):
    after = followed(answer, None, replace(SHOWN, status=answered), NOW)

    assert after is not None
    assert after.status is status


@pytest.mark.parametrize(
    ("answer", "answered"),
    [
        (STANDS, Status.APPROVED),
        (HELD, Status.REMOVED),
        (replace(HELD, status=Status.REMOVED, decided_by="mia"), Status.APPROVED),
        (replace(HELD, decided_by="mia"), Status.APPROVED),
        (replace(HELD, status=Status.WITHDRAWN), Status.WITHDRAWN),
    ],
)
def test_what_a_moderator_decided_about_an_answer_stays_so(answer, answered):
    assert followed(answer, None, replace(SHOWN, status=answered), NOW) is None


def test_an_answer_ends_with_the_words_that_it_answers():
    edited = replace(SHOWN, post=replace(ASKED, text="I never asked"))

    after = followed(STANDS, SHOWN, edited, NOW)

    assert after is not None
    assert after.status is Status.REMOVED


def test_words_over_a_version_that_somebody_changed_are_refused():
    with pytest.raises(AlreadyDecided):
        spoken(STANDS, ANSWER, SHOWN, by="max", by_name="Max", seen=STANDS.version - 1, now=NOW)
