import pytest

from tests.cast import NOW
from wall.core.story import MOST_PARTS, Part, Story, free_name
from wall.errors import ChangedMeanwhile, InvalidInput, NotFound

PARTS = (Part(id="a", words="First"), Part(id="b", post="b"), Part(id="c", words="Last"))
STORY = Story(id="s", title="A day in the hall", parts=PARTS)


def ids(story):
    return [part.id for part in story.parts]


def test_parts_are_moved_by_a_place_and_stay_at_the_ends():
    assert ids(STORY.moved("b", "up")) == ["b", "a", "c"]
    assert ids(STORY.moved("b", "down")) == ["a", "c", "b"]
    assert ids(STORY.moved("a", "up")) == ["a", "b", "c"]


def test_a_post_is_in_a_story_once():
    assert STORY.added(Part(id="again", post="b")) == STORY


def test_a_story_has_so_many_parts_and_no_more():
    full = Story(id="s", title="Long", parts=tuple(Part(id=str(one), words="x") for one in range(MOST_PARTS)))

    with pytest.raises(InvalidInput):
        full.added(Part(id="more", words="x"))


def test_words_that_somebody_else_changed_are_not_written_over():
    with pytest.raises(ChangedMeanwhile):
        STORY.reworded("a", "Other", seen="Before")


def test_a_part_that_is_gone_is_not_moved():
    with pytest.raises(NotFound):
        STORY.moved("gone", "up")


def test_a_story_keeps_its_address_whatever_becomes_of_its_title():
    opened = STORY.opened([], NOW)

    again = opened.closed().titled("Another").opened([opened.name], NOW)

    assert (opened.name, again.name) == ("a-day-in-the-hall", "a-day-in-the-hall")


@pytest.mark.parametrize(
    ("title", "taken", "name"),
    [
        ("Crème brûlée!", [], "creme-brulee"),
        ("../../etc", [], "etc"),
        ("会場の一日", [], "story"),
        ("会場の一日", ["story", "story-2"], "story-3"),
        ("x" * 80, [], "x" * 60),
    ],
)
def test_names_are_plain_and_free(title, taken, name):
    assert free_name(title, taken) == name


def test_an_empty_story_is_not_published():
    with pytest.raises(InvalidInput):
        Story(id="s", title="Empty").opened([], NOW)
