from dataclasses import replace

import pytest

from tests.cast import NOW
from wall.core.mood import UNSCORED, Heard, Mood, Word

BAD = Mood(language="en", model="vader 1", words="w1", score=-0.6)
GOOD = replace(BAD, score=0.6)
FINNISH = replace(BAD, language="fi", score=None)


def word(says, words="w1"):
    return Word(says=says, by="mia", by_name="Mia", at=NOW, words=words)


def test_what_is_no_english_sounds_neither_way():
    assert (FINNISH.unhappy, Heard(FINNISH).figure) == (False, UNSCORED)


@pytest.mark.parametrize(
    ("mood", "says", "unhappy", "figure"),
    [
        (BAD, "not unhappy", False, 0),
        (GOOD, "unhappy", True, -50),
        (BAD, "can't tell", False, UNSCORED),
        (FINNISH, "unhappy", True, -50),
        (None, "unhappy", True, -50),
        (GOOD, "not unhappy", False, 60),
    ],
)
def test_a_moderators_word_always_wins(mood, says, unhappy, figure):
    heard = Heard(mood, word(says))

    assert (heard.unhappy, heard.figure) == (unhappy, figure)


def test_a_word_about_other_words_is_none():
    heard = Heard(BAD, word("not unhappy", words="w0"))

    assert (heard.word, heard.unhappy, heard.figure) == (None, True, -60)


def test_what_was_learned_changes_who_sounds_unhappy_and_no_figure():
    taught = replace(GOOD, learned=0.9, taught=120)

    assert (Heard(taught).unhappy, Heard(taught).figure) == (True, 60)


def test_a_score_near_nothing_is_no_mood():
    assert not replace(BAD, score=-0.04).unhappy
    assert replace(BAD, score=-0.05).unhappy
