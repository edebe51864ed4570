from dataclasses import dataclass
from datetime import UTC, datetime

from wall.core.options import Question, asked, kept, questions, restored
from wall.core.words import Words, _

AT = datetime(2026, 6, 12, 9, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tea:
    words: str = asked("What it says", "A hint.", default="Tea", most=80)
    at: datetime | None = asked("When", default=None)
    hidden: int = 7


def test_what_is_asked_for_is_told_in_order_and_the_rest_is_not():
    assert list(questions(Tea)) == [
        ("words", "Tea", Question(label="What it says", help="A hint.", most=80)),
        ("at", None, Question(label="When")),
    ]


def test_options_are_kept_as_json_and_restored():
    tea = Tea(words="Coffee", at=AT)

    assert kept(tea) == {"words": "Coffee", "at": "2026-06-12T09:30:00Z", "hidden": 7}
    assert restored(Tea, kept(tea)) == tea


def test_what_is_not_known_is_passed_over_and_what_cannot_be_read_is_as_at_first():
    assert restored(Tea, {"words": "Coffee", "milk": True}) == Tea(words="Coffee")
    assert restored(Tea, {"words": ["Coffee"]}) == Tea()
    assert restored(Tea, {"at": "soon"}) == Tea()


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeting:
    words: str = asked("What it says", default=_("Welcome"))


def test_words_of_ours_are_kept_in_english_and_said_in_any_language_again():
    again = restored(Greeting, kept(Greeting()))

    assert kept(Greeting()) == {"words": "Welcome"}
    assert isinstance(again.words, Words)


def test_what_somebody_typed_in_their_place_stays_theirs():
    assert restored(Greeting, {"words": "Hello"}) == Greeting(words="Hello")
