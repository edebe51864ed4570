from dataclasses import replace

import pytest

from tests.cast import NOW, a_post
from wall.core.event import Event
from wall.core.moderation import Approval, Standing, Status, Verdict
from wall.core.pictures import Findings, judge, reject_alike
from wall.core.post import Media, Picture

EVENT = Event(slug="pycon", title="PyCon", hashtags=("PyConEx",), keys=("pyconex",))
PICTURE = Picture("0" * 32, 8, 6, likeness="00000000ffffffff")
THROUGH = Verdict(status=Status.APPROVED, reason="Its author is trusted.")
NOTHING = Findings()


def pictured(picture=PICTURE):
    return a_post(media=(Media(kind="image", url="https://a.example/1.png", picture=picture),))


@pytest.mark.parametrize("verdict", [Verdict(), THROUGH, Verdict(reason="Marked as sensitive by its author.")])
def test_pictures_with_nothing_against_them_change_no_verdict(verdict):
    assert judge(EVENT, pictured(), verdict, NOTHING) == verdict


@pytest.mark.parametrize("verdict", [Verdict(), THROUGH])
def test_a_picture_like_a_refused_one_is_refused_whoever_shows_it(verdict):
    judged = judge(EVENT, pictured(), verdict, Findings(refused_by="Mia"))

    assert judged == Verdict(status=Status.REJECTED, reason="Like a picture that Mia refused.")


def test_what_the_rules_refused_stays_refused_for_their_reason():
    refused = Verdict(status=Status.REJECTED, reason="Its author is banned.")

    assert judge(EVENT, pictured(), refused, Findings(refused_by="Mia")) == refused


def test_a_code_holds_a_trusted_authors_post_back():
    judged = judge(EVENT, pictured(replace(PICTURE, codes=("https://x.example/",))), THROUGH, NOTHING)

    assert judged == Verdict(reason="There is a code in a picture.")


def test_two_eyes_hold_a_trusted_authors_picture_back():
    judged = judge(replace(EVENT, two_eyes=True), pictured(), THROUGH, NOTHING)

    assert judged == Verdict(reason="A post with a picture needs two moderators.")


def test_what_the_classifier_is_sure_of_is_told_surest_first_and_the_rest_is_not():
    labels = {"drawing": 0.1, "weapon": 0.5, "nudity": 0.925}

    judged = judge(EVENT, pictured(), THROUGH, Findings(labels=labels))

    assert judged == Verdict(reason="The classifier says: nudity 92%, weapon 50%.")


def test_a_classifier_that_failed_makes_a_picture_wait_and_says_so():
    judged = judge(EVENT, pictured(), THROUGH, Findings(problem="It failed."))

    assert judged == Verdict(reason="It failed.")


def test_what_the_rules_say_comes_before_what_the_picture_adds():
    judged = judge(EVENT, pictured(), Verdict(reason="Marked as sensitive."), Findings(labels={"blood": 1.0}))

    assert judged.reason == "Marked as sensitive. The classifier says: blood 100%."


def test_a_delayed_post_with_a_code_in_a_picture_waits_for_a_moderator():
    judged = judge(EVENT, pictured(replace(PICTURE, codes=("https://x.example/",))), Verdict(delay=30), NOTHING)

    assert (judged.status, judged.delay) == (Status.WAITING, None)


def test_a_delayed_post_that_the_classifier_suspects_waits_for_a_moderator():
    judged = judge(EVENT, pictured(), Verdict(delay=30), Findings(labels={"blood": 0.9}))

    assert (judged.status, judged.delay) == (Status.WAITING, None)


# What waits already


def refused(likeness=PICTURE.likeness):
    return Standing(
        post=pictured(replace(PICTURE, likeness=likeness)),
        status=Status.REJECTED,
        refused=(likeness,),
        decided_by="mia",
        decided_by_name="Mia",
    )


def test_what_waits_with_a_picture_like_a_refused_one_is_rejected_as_if_it_came_now():
    before = Standing(post=pictured(), status=Status.WAITING, due=NOW, approval=Approval("ada", "Ada"), rule="r1")

    after = reject_alike(before, refused("00000000fffffff0"))

    assert (after.status, after.reason) == (Status.REJECTED, "Like a picture that Mia refused.")
    assert (after.due, after.approval, after.rule, after.by_rule, after.version) == (None, None, None, True, 2)


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.WAITING])
def test_what_does_not_wait_is_left_alone(status):
    assert reject_alike(Standing(post=pictured(), status=status), refused()) is None


@pytest.mark.parametrize("post", [a_post(), pictured(replace(PICTURE, likeness="ffffffff00000000"))])
def test_what_waits_with_another_picture_or_none_is_left_alone(post):
    assert reject_alike(Standing(post=post, status=Status.WAITING), refused()) is None
