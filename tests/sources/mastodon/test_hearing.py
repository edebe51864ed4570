from datetime import timedelta

import pytest

from tests.sources.world import NOW
from wall.sources.mastodon.hearing import FEWEST_MISSED, GRACE, Hearing

SECOND = timedelta(seconds=1)
LATER = NOW + 10 * GRACE
DUE = LATER + GRACE + SECOND


@pytest.fixture
def hearing():
    hearing = Hearing()
    hearing.open(NOW)
    return hearing


def written(*names, at=LATER):
    return [(name, at) for name in names]


def test_a_stream_that_leaves_out_what_polling_finds_is_deaf(hearing):
    hearing.find("pyconde", written("1", "2", "3"), LATER)

    assert hearing.silent(DUE) == ("pyconde",)
    assert hearing.is_deaf(DUE)


def test_a_post_has_its_time_to_come_by_the_stream(hearing):
    hearing.find("pyconde", written("1", "2", "3"), LATER)

    assert not hearing.is_deaf(LATER + GRACE)
    assert hearing.silent(LATER + GRACE) == ()


def test_fewer_posts_prove_nothing(hearing):
    hearing.find("pyconde", written("1", "2", "3")[: FEWEST_MISSED - 1], LATER)

    assert not hearing.is_deaf(DUE)


def test_a_post_found_again_and_again_is_one(hearing):
    for _ in range(5):
        hearing.find("pyconde", written("1"), LATER)

    assert not hearing.is_deaf(DUE)


def test_what_was_written_before_the_stream_began_proves_nothing(hearing):
    hearing.find("pyconde", written("1", "2", "3", at=NOW), LATER)

    assert not hearing.is_deaf(DUE)


def test_what_is_found_right_after_the_start_proves_nothing_whatever_the_server_s_clock_says(hearing):
    hearing.find("pyconde", written("1", "2", "3", at=LATER), NOW + GRACE)

    assert not hearing.is_deaf(DUE)


def test_what_is_found_without_a_stream_proves_nothing():
    hearing = Hearing()

    hearing.find("pyconde", written("1", "2", "3"), LATER)

    assert not hearing.is_deaf(DUE)


@pytest.mark.parametrize("first", ["stream", "poll"])
def test_a_post_that_came_both_ways_shows_that_the_stream_hears_its_hashtag(hearing, first):
    hearing.find("pyconde", written("1", "2"), LATER)
    if first == "stream":
        hearing.hear("3", LATER)
    hearing.find("pyconde", written("3"), LATER)
    if first == "poll":
        hearing.hear("3", LATER + SECOND)

    assert not hearing.is_deaf(DUE)
    assert hearing.silent(DUE) == ()


def test_one_silent_hashtag_among_others_is_told_and_the_stream_is_kept(hearing):
    hearing.find("हिन्दी", written("1", "2", "3"), LATER)
    hearing.hear("4", DUE)

    assert hearing.silent(DUE) == ("हिन्दी",)
    assert not hearing.is_deaf(DUE)


def test_a_stream_that_goes_silent_after_it_worked_is_deaf(hearing):
    hearing.hear("0", LATER - SECOND)
    hearing.find("pyconde", written("1", "2", "3"), LATER)

    assert hearing.is_deaf(DUE)


def test_a_stream_given_up_is_told_of_until_it_is_heard(hearing):
    hearing.find("pyconde", written("1", "2", "3"), LATER)
    hearing.give_up(DUE)
    hearing.open(DUE)

    assert hearing.silent(DUE) == ("pyconde",)
    assert not hearing.is_deaf(DUE)

    hearing.hear("4", DUE + SECOND)

    assert hearing.silent(DUE + SECOND) == ()


def test_a_stream_that_begins_anew_has_a_new_chance(hearing):
    hearing.find("pyconde", written("1", "2", "3"), LATER)
    hearing.close()
    hearing.open(LATER)

    assert not hearing.is_deaf(DUE)


def test_no_more_is_remembered_than_is_needed(hearing):
    hearing.find("pyconde", written(*map(str, range(5000))), LATER)
    for number in range(5000):
        hearing.hear(f"x{number}", LATER)

    assert max(len(hearing.found), len(hearing.heard), len(hearing.missed["pyconde"])) <= 1000
