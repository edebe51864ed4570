import pytest

from wall.core.lasting import HOUR, MINUTE, Course, Sounding, course, warmth

NOON = 43_200
DAY = 24 * HOUR


def said(*posts):
    """Return posts at minutes after noon, each with how sure it is that it is unhappy."""
    return [Sounding(f"p{number}", NOON + minute * MINUTE, sure) for number, (minute, sure) in enumerate(posts)]


@pytest.mark.parametrize(
    ("posts", "minutes", "state"),
    [
        ([], 0, ""),
        ([(0, 0.2)], 1, ""),
        ([(0, 0.9)], 10, "new"),
        ([(0, 0.9), (20, 0.9), (40, 0.9)], 45, "flare"),
        ([(0, 0.9)], 119, "flare"),
        ([(0, 0.9)], 360, "passed"),
        ([(0, 0.9), (50, 0.1)], 60, "passed"),
        ([(0, 0.9), (50, 0.1), (60, 0.8)], 65, "flare"),
        ([(0, 0.9), (120, 0.9)], 121, "lasting"),
        ([(0, 0.9), (120, 0.9)], 900, "lasting"),
        ([(0, 0.9), (119, 0.9)], 121, "flare"),
        ([(0, 0.9), (120, 0.6)], 121, "flare"),
        ([(0, 0.6), (10, 0.9), (120, 0.6), (130, 0.9)], 131, "lasting"),
        ([(minute, 0.9) for minute in range(0, 180, 25)], 181, "flare"),
    ],
    ids=[
        "nobody said anything",
        "not unhappy",
        "the first word",
        "one episode of several posts",
        "one episode, two hours ago",
        "quiet for six hours",
        "something friendlier since",
        "unhappy once more after that, within the hour",
        "unhappy again two hours later",
        "that does not pass by itself",
        "not yet two hours",
        "the second time is not sure enough",
        "the surest post of each episode counts",
        "one long episode is one",
    ],
)
def test_a_course_is_what_was_observed(posts, minutes, state):
    assert course(said(*posts), now=NOON + minutes * MINUTE).state == state


def test_who_is_unhappy_again_after_our_answer_is_lastingly_so():
    found = course(said((0, 0.9), (20, 0.9)), now=NOON + 30 * MINUTE, answered=[NOON + 10 * MINUTE])

    assert (found.state, found.again) == ("lasting", True)


def test_what_a_moderator_closed_is_settled_until_the_next_complaint():
    posts = said((0, 0.9), (180, 0.9))

    assert course(posts, now=NOON + DAY, closed=NOON + 200 * MINUTE).state == "settled"
    assert course([*posts, *said((300, 0.9))], now=NOON + DAY, closed=NOON + 200 * MINUTE).state == "lasting"


def test_the_order_in_which_posts_are_told_changes_nothing():
    posts = said((0, 0.9), (5, 0.2), (150, 0.9))

    assert course(posts[::-1], now=NOON + DAY) == course(posts, now=NOON + DAY)


def test_a_course_names_its_episodes_and_its_posts():
    found = course(said((0, 0.9), (10, 0.8), (20, 0.1), (150, 0.9)), now=NOON + DAY)

    assert found.episodes == ((NOON, NOON + 10 * MINUTE), (NOON + 150 * MINUTE, NOON + 150 * MINUTE))
    assert found.posts == ("p0", "p1", "p3")
    assert found.last == NOON + 150 * MINUTE
    assert Course().last == 0


def test_warmth_halves_with_each_half_life():
    posts = said((0, 0.8), (0, 0.1))

    assert warmth(posts, now=NOON, half_life=6 * HOUR) == pytest.approx(0.8)
    assert warmth(posts, now=NOON + 6 * HOUR, half_life=6 * HOUR) == pytest.approx(0.4)
