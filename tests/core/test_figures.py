"""Figures come and go with posts, and parts add up to the whole."""

from hypothesis import given
from hypothesis import strategies as st

from wall.core.continent import checked, of_language
from wall.core.figures import Fact, Figures, Tally

FACTS = st.lists(
    st.builds(
        Fact,
        author=st.sampled_from("abcdefghijklm"),
        minute=st.integers(-15, 90),
        answers=st.integers(0, 4),
        host=st.booleans(),
        continent=st.just("europe"),
    ),
    max_size=40,
)


def tally(facts):
    found = Tally()
    for fact in facts:
        found.put(fact)
    return found


@given(one=FACTS, other=FACTS)
def test_two_parts_add_up_to_the_whole(one, other):
    assert (tally(one) + tally(other)).figures() == tally(one + other).figures()


@given(kept=FACTS, gone=FACTS)
def test_what_is_dropped_was_never_there(kept, gone):
    found = tally(gone + kept)
    for fact in gone:
        found.drop(fact)

    assert found.figures() == tally(kept).figures()


@given(FACTS)
def test_they_are_what_counting_by_hand_says(facts):
    figures = tally(facts).figures(before=("a", "b"))

    people = {fact.author for fact in facts}
    assert (figures.posts, figures.people) == (len(facts), len(people))
    assert figures.new == len(people - {"a", "b"})
    assert sum(number for _, number in figures.minute_rows()) == len(facts)
    assert sum(figures.answers.values()) == sum(1 for fact in facts if fact.answers)
    assert 0 <= figures.top_share <= 100


def test_minutes_without_a_post_are_there_too():
    assert Figures(minutes={2: 1, 5: 3}).minute_rows() == [(2, 1), (3, 0), (4, 0), (5, 3)]
    assert Figures().minute_rows() == []


def test_a_language_of_many_continents_tells_none():
    assert [of_language(tag) for tag in ("fi", "fi-FI", "ja", "sw", "mi", "gn")] == [
        "europe", "europe", "asia", "africa", "oceania", "south america",
    ]  # fmt: skip
    assert {
        of_language(tag) for tag in ("en", "es", "fr", "pt", "ar", "ru", "zh", "", None, "zz", "nonsense")
    } == {""}


def test_what_is_no_continent_is_nothing_said():
    assert (checked("asia"), checked("Asia"), checked("mars")) == ("asia", "", "")
