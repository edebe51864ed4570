import pytest

from wall.core.event import Event
from wall.core.reactions import USUAL
from wall.web.following_form import following_values, parse_following


@pytest.mark.parametrize("reactions", [(), ("applause",), ("love", "surprise"), USUAL])
def test_what_is_ticked_is_what_was_saved(reactions):
    event = Event(slug="x", title="X", hashtags=("x",), keys=("x",), reactions=reactions)

    assert parse_following(following_values(event)) == {"reactions": reactions}


def test_a_form_without_the_boxes_says_nothing_of_them():
    assert parse_following({"title": "X"}) == {"reactions": USUAL}


def test_only_reactions_that_there_are_can_be_ticked():
    assert parse_following({"reactions": "shown", "reaction-fire": "on"}) == {"reactions": ()}
