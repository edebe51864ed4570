import pytest

from tests.core.test_lesson import corrections
from wall.core.lesson import learn
from wall.core.tongue import tongues

USUAL = tongues((), "en")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The wifi in the main hall is down again, nobody can follow the slides", "en"),
        ("Hyvää huomenta kaikille, tänään puhutaan avoimesta datasta kirjastossa", "fi"),
        ("Der Vortrag über Barrierefreiheit war wirklich gelungen, vielen Dank", "de"),
        ("La conferencia empieza a las nueve en la sala principal del edificio", "es"),
        ("会議は明日の朝九時から始まりますので、遅れないでください", "ja"),
        ("ok :)", "und"),
        ("", "und"),
        ("https://example.org/wifi @ada #PyConEx", "und"),
    ],
)
def test_plain_sentences_are_told_apart(ear, text, language):
    assert ear.mood(text, None, USUAL).language == language


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("The wifi is terrible and I hate this queue", "bad"),
        ("This is awful, worst room ever 😡", "bad"),
        ("What a wonderful talk, I loved it!", "good"),
        ("The talk begins at nine in the main hall", "neither"),
    ],
)
def test_plain_sentences_sound_as_they_are(ear, text, sounds):
    score = ear.mood(text, "en", USUAL).score

    assert ("bad" if score <= -0.05 else "good" if score >= 0.05 else "neither") == sounds


def test_a_handle_sounds_like_nothing(ear):
    assert ear.mood("@happylove the talk begins at nine", "en", USUAL).score == 0


def test_what_is_not_english_is_not_scored(ear):
    mood = ear.mood("Tämä on kamala, vihaan tätä jonoa", "fi", USUAL)

    assert (mood.language, mood.score, mood.unhappy) == ("fi", None, False)


def test_a_language_that_nobody_can_tell_is_no_mistake(ear):
    assert ear.mood("The wifi in the main hall is down again", None, ("xx", "en", "fi")).language == "en"


def test_what_an_event_taught_is_said_with_the_guess(ear):
    mood = ear.mood("no badge again, waiting in the queue", "en", USUAL, learn(corrections(80)))

    assert mood.unhappy
    assert mood.taught == 80
    assert mood.model.endswith("taught by 80")


@pytest.mark.parametrize(
    "text", ["a" * 10_000_000, "no but " * 100_000, "\ud800 zalgo z̸̢̛a̵l", "\u202eabc" * 50, "but"]
)
def test_whatever_is_written_is_weighed(ear, text):
    assert ear.mood(text, "en", USUAL).score is not None
