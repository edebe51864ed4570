import pytest

from tests.cast import a_post
from wall.core.watch import Watch
from wall.core.watching import Watched, watched

WATCH = Watch()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The wifi is down #PyConEx", Watched(problem="wifi")),
        ("There is a FIRE in hall 2", Watched(safety="fire")),
        ("I was harassed in the queue", Watched(safety="harass", problem="queue")),
        ("Is there a wheel chair or a wheelchair ramp?", Watched(safety="wheelchair")),
        ("A firefox and a queueing theory talk", Watched()),
        ("Es gibt keine Barrierefreiheit", Watched(safety="barrierefrei")),
    ],
)
def test_a_post_is_watched_for_words(text, found):
    assert watched(WATCH, a_post(text)) == found


def test_an_organiser_s_own_words_are_watched_for():
    assert watched(Watch(problems=("Linsensuppe",)), a_post("No linsensuppe left")).problem == "Linsensuppe"


def test_a_post_too_long_to_look_through_has_nothing():
    assert watched(WATCH, a_post("fire " * 40_000)) == Watched()
