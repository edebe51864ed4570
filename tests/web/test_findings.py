"""What figures say in sentences, of much, of one and of nothing."""

import pytest

from tests.ledgers import DAY, HOUR, Said, a_ledger
from wall.core.event_figures import DeskFigures, EventFigures, Wait, desk_figures, event_figures
from wall.core.moderation import Status
from wall.web.figure_words import language_name, lasted, share
from wall.web.findings import (
    Fact,
    approval,
    by_hand,
    concentration,
    difference,
    facts,
    first_time,
    headline,
    to_screen,
)
from wall.web.language import speaking


def figures(*said):
    return event_figures(a_ledger(*said))


def count(value):
    return Fact(name="Posts", value=value)


def part(value, of):
    return Fact(name="Replies", value=value, of=of, kind="share")


def test_the_headline_names_the_ten_where_there_are_more_people_than_that():
    few = figures(Said(by="a"), Said(by="a", at=DAY))
    many = figures(*(Said(by=f"p{number}") for number in range(20)))

    assert headline(EventFigures()) == "Nobody has said anything here yet."
    assert headline(few) == "1 person wrote 2 posts within 2 days."
    assert headline(many) == "20 people wrote 20 posts within 1 day; the ten most active wrote 10 of them (50%)."


def test_how_evenly_people_spoke_can_be_checked():
    said = [Said(by="a"), Said(by="a"), Said(by="a"), Said(by="b"), Said(by="c"), Said(by="d")]

    half, eighty, gini = concentration(figures(*said))

    assert half == "Half of all 6 posts came from 1 person of 4."
    assert eighty == "Eighty of a hundred posts came from 3 people (75% of all people)."
    assert gini.startswith("The Gini coefficient is 0.25:")
    assert concentration(EventFigures()) == []


def test_who_is_new_is_told_only_where_there_was_a_time_before():
    found = EventFigures(posts=3, people=2, new=1)

    assert first_time(found, since_a_time=True) == "1 of 2 people was on the wall for the first time."
    assert first_time(found, since_a_time=False) is None
    assert first_time(EventFigures(), since_a_time=True) is None


def test_what_became_of_posts_is_told_with_what_it_is_a_part_of():
    found = desk_figures(
        a_ledger(
            Said(by="a"),
            Said(by="b", status=Status.REJECTED),
            Said(by="c", status=Status.REMOVED),
            Said(by="d", status=Status.WAITING),
        )
    )

    assert approval(DeskFigures()) == ["No post has come in yet."]
    assert approval(DeskFigures(came=1, statuses={"waiting": 1}))[1] == "None of them is decided yet."
    assert approval(found) == [
        "4 posts came in.",
        "Of 3 that were decided, by people or by rules, 1 went on the wall (33%).",
        "1 post waits.",
    ]


def test_waits_are_told_as_half_and_nine_of_ten():
    assert "no time to tell" in to_screen(Wait())
    assert to_screen(Wait(10, 40, 170)) == (
        "Half of 10 posts were on the wall within 40 seconds of their arrival, nine of ten within 3 minutes."
    )
    assert by_hand(DeskFigures()) == "Nobody has decided anything by hand yet."
    assert by_hand(DeskFigures(to_decision=Wait(1, 1, 1))).startswith("1 post was decided by hand: half of them")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 seconds"), (0.2, "1 second"), (85, "85 seconds"), (121, "3 minutes"), (2 * HOUR + 1, "3 hours"), (3 * DAY, "3 days")],
)  # fmt: skip
def test_a_length_of_time_is_never_told_shorter_than_it_was(seconds, words):
    assert lasted(seconds) == words


@pytest.mark.parametrize(
    ("value", "of", "words"), [(0, 0, "–"), (0, 5, "0%"), (1, 3, "33%"), (47, 1_000, "4.7%"), (5, 5, "100%")]
)
def test_a_share_is_told_in_hundredths(value, of, words):
    assert share(value, of) == words


def test_shares_and_languages_are_written_as_the_language_of_the_page_does():
    with speaking("de"):
        assert (share(47, 1_000), language_name("fr")) == ("4,7\xa0%", "Französisch")
    assert language_name("not a language") == "not a language"
    assert language_name("xx-\ud800") == "xx-\ud800"


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (count(12), count(12), "The same."),
        (count(15), count(12), "3 more (25%)."),
        (count(9), count(12), "3 fewer (25%)."),
        (count(9), count(0), "9 more."),
        (part(1, 2), part(1, 4), "25 percentage points more."),
        (part(1, 4), part(1, 2), "25 percentage points less."),
        (part(1, 4), part(2, 8), "The same share."),
        (part(1, 4), part(0, 0), "Nothing to compare."),
    ],
)
def test_two_numbers_are_compared_in_words(one, other, words):
    assert difference(one, other) == words


def test_every_share_of_the_card_says_of_how_many():
    found = facts(figures(Said(by="a"), Said(by="b")))

    assert {fact.note for fact in found if fact.kind == "share"} == {"2 of 2", "0 of 2"}
    assert [fact.shown for fact in found][:3] == ["2", "2", "2"]
