from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import NOW, a_post
from wall.core.curtain import Curtain
from wall.core.moderation import Standing, Status
from wall.core.overlay import Overlay

POST = a_post("A question?")
SHOWN = Standing(post=POST, status=Status.APPROVED, approved_at=NOW)
OVERLAY = Overlay(post_id=POST.id, content_hash=POST.content_hash, since=NOW)


def test_an_approved_post_that_was_sent_there_lies_over_the_video():
    assert OVERLAY.may_show(SHOWN, Curtain())


@pytest.mark.parametrize(
    "standing",
    [
        None,
        replace(SHOWN, status=Status.REMOVED),
        replace(SHOWN, post=replace(POST, text="Something else")),
        replace(SHOWN, approved_at=NOW + timedelta(seconds=1)),
        Standing(post=a_post("Another"), status=Status.APPROVED, approved_at=NOW),
    ],
    ids=["gone", "removed", "edited", "removed and approved again", "another"],
)
def test_what_is_not_the_post_that_was_sent_does_not(standing):
    assert not OVERLAY.may_show(standing, Curtain())


@pytest.mark.parametrize(
    ("curtain", "pinned", "seen"),
    [
        ("blank", True, False),
        ("pinned", False, False),
        ("pinned", True, True),
        ("frozen", False, True),
    ],
)
def test_a_curtain_before_the_screens_is_before_the_video_as_well(curtain, pinned, seen):
    standing = replace(SHOWN, pinned=pinned)

    assert OVERLAY.may_show(standing, Curtain(kind=curtain, since=NOW)) is seen


def test_what_came_onto_the_wall_after_the_screens_were_frozen_is_held_back():
    since = NOW.replace(year=NOW.year - 1)

    assert not OVERLAY.may_show(SHOWN, Curtain(kind="frozen", since=since))
