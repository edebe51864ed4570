from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from tests.cast import ALICE, NOW
from tests.core.test_roll import on_the_wall
from wall.core.moderation import Status
from wall.core.trends import MORE_POSTS, MOST_POSTS, Speech, unlikely

HALF_AN_HOUR = timedelta(minutes=30)
fillers = count()


def said(text, *people, minutes=0, **fields):
    """Return how posts stand in which these people say something, each in words of their own."""
    return [
        on_the_wall(f"{text}, {filler_of()}", minutes=minutes, author=replace(ALICE, uid=f"u{who}"), **fields)
        for who in people
    ]


def filler_of():
    number = next(fillers)
    return " ".join(f"q{number * 7919 % 9973 + step * 131}z" for step in range(4))


@pytest.fixture
def speech():
    """A wall on which forty people spoke the day before."""
    return heard(said("weather", *range(40), minutes=-120))


def heard(standings):
    speech = Speech()
    for standing in standings:
        speech.put(standing)
    return speech


def trends(speech, *, now=NOW, most=8, allows=lambda phrase: True, span=HALF_AN_HOUR):
    return [(one.written, one.people, one.before) for one in speech.trends(span, now, most=most, allows=allows)]


def also(speech, standings):
    for standing in standings:
        speech.put(standing)


def test_what_many_people_say_now_and_few_said_before_is_a_trend(speech):
    also(speech, said("Tuba", *range(8)))
    also(speech, said("weather", *range(8, 16)))

    assert trends(speech) == [("Tuba", 8, 0)]


def test_somebody_who_says_it_many_times_counts_once(speech):
    also(speech, said("Tuba", *[1] * 30))
    also(speech, said("else", *range(50, 60)))

    assert "Tuba" not in [phrase for phrase, _, _ in trends(speech)]


def test_what_most_people_say_comes_first_whatever_is_most_unusual(speech):
    also(speech, said("tuba", *range(7)))
    also(speech, said("trombone", *range(7, 19)))

    assert [phrase for phrase, _, _ in trends(speech)] == ["trombone", "tuba"]


def test_a_text_that_many_copied_is_one_voice(speech):
    copies = [
        on_the_wall("Win a marvellous bicycle from our friends", author=replace(ALICE, uid=f"u{who}"))
        for who in range(12)
    ]

    also(speech, copies)

    assert trends(speech) == []


def test_a_word_is_left_out_where_a_phrase_stands_for_it(speech):
    also(speech, said("Tensor Flow", *range(8)))

    assert trends(speech) == [("Tensor Flow", 8, 0)]


def test_a_word_that_others_say_as_well_stays_beside_its_phrase(speech):
    also(speech, said("Tensor Flow", *range(8)))
    also(speech, said("flow", *range(8, 14)))

    assert [phrase for phrase, _, _ in trends(speech)] == ["Flow", "Tensor Flow"]


def test_it_is_shown_as_most_wrote_it(speech):
    also(speech, [*said("TUBA", 1), *said("Tuba", *range(2, 9))])

    assert trends(speech) == [("Tuba", 8, 0)]


def test_a_trend_is_over_when_its_time_is_and_counts_as_usual_then(speech):
    also(speech, said("tuba", *range(8)))
    before = trends(speech)

    later = NOW + timedelta(minutes=31)
    also(speech, said("trombone", *range(8), minutes=30))

    assert before == [("tuba", 8, 0)]
    assert trends(speech, now=later) == [("trombone", 8, 0)]
    also(speech, said("tuba", 20, 21, 22, minutes=30))
    assert [one for one in trends(speech, now=later) if one[0] == "tuba"] == []


def test_after_a_day_what_was_usual_is_forgotten(speech):
    tomorrow = 24 * 60
    also(speech, said("else", *range(30), minutes=tomorrow - 60))
    also(speech, said("weather", *range(8), minutes=tomorrow))

    assert trends(speech, now=NOW + timedelta(minutes=tomorrow)) == [("weather", 8, 0)]


def test_without_a_day_before_nothing_is_known_to_be_unusual():
    assert trends(heard(said("tuba", *range(30)))) == []


@pytest.mark.parametrize("status", [Status.REMOVED, Status.REJECTED, Status.WITHDRAWN, Status.WAITING])
def test_the_words_of_a_post_that_left_the_wall_go_with_it(speech, status):
    posts = said("tuba", *range(8))
    also(speech, posts)
    before = trends(speech)

    also(speech, [replace(one, status=status) for one in posts])

    assert (before, trends(speech)) == ([("tuba", 8, 0)], [])


@pytest.mark.parametrize("fields", [{"content_warning": "Spoiler"}, {"sensitive": True}])
def test_what_stands_behind_a_warning_is_not_told(speech, fields):
    also(speech, said("tuba", *range(8), **fields))

    assert trends(speech) == []


def test_what_is_not_allowed_is_left_out_and_gives_its_place_to_the_next(speech):
    also(speech, [*said("tuba", *range(9)), *said("trombone", *range(10, 17))])

    assert trends(speech, most=1, allows=lambda phrase: phrase != "tuba") == [("trombone", 7, 0)]


def test_a_trend_names_the_posts_that_say_it_now(speech):
    posts = said("tuba", *range(8))
    also(speech, posts)

    (trend,) = speech.trends(HALF_AN_HOUR, NOW, most=1, allows=lambda phrase: True)

    assert trend.posts == {one.post.id for one in posts}


def test_several_windows_know_of_the_same_posts(speech):
    trends(speech)
    also(speech, said("tuba", *range(8), minutes=-10))

    assert trends(speech, span=timedelta(minutes=5)) == []
    assert trends(speech) == [("tuba", 8, 0)]


def test_the_newest_posts_are_remembered_and_no_more():
    speech = Speech()
    also(speech, (on_the_wall(minutes=minute) for minute in range(MOST_POSTS + 2 * MORE_POSTS)))
    newest = MOST_POSTS + 2 * MORE_POSTS - 1
    oldest = on_the_wall(minutes=-1)

    speech.put(oldest)

    assert len(speech.uttered) <= MOST_POSTS + MORE_POSTS
    assert oldest.post.id not in speech.uttered
    assert max(one.at for one in speech.uttered.values()) == NOW + timedelta(minutes=newest)


@pytest.mark.parametrize(
    ("crowds", "expected"),
    [((5, 10, 0, 30), 16.2), ((3, 10, 9, 30), 0.0), ((3, 10, 0, 0), 0.0), ((10, 10, 30, 30), 0.0)],
)
def test_how_unlikely_a_number_of_people_is(crowds, expected):
    assert unlikely(*crowds) == pytest.approx(expected, abs=0.1)
