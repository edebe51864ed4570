import pytest

from wall.core.fold import readings
from wall.core.strokes import righted


def read(text):
    return set(" ".join(readings(text)).split())


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("asshoIe", "asshole"),
        ("KiII him", "kill"),
        ("k1II", "kill"),
        ("you Ioser", "loser"),
        ("lDlOT", "idiot"),
        ("SHlT", "shit"),
        ("FUCKlNG", "fucking"),
        ("an ldiot", "idiot"),
        ("ldiot", "idiot"),
        ("(ldiot)", "idiot"),
        ("shlt", "shit"),
        ("Bltch", "bitch"),
        ("dlck", "dick"),
        ("|diot", "idiot"),
        ("b|tch", "bitch"),
        ("1diot", "idiot"),
        ("he11", "hell"),
        ("he||", "hell"),
        ("fo0l", "fool"),
        ("ｓhlｔ shlt", "shit"),
    ],
)
def test_a_stroke_that_no_spelling_puts_there_is_read_as_the_other(text, word):
    assert word in read(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("111", "ill"),
        ("III", "ill"),
        ("Henry VIII", "vill"),
        ("lll", "ill"),
        ("Lil Wayne", "ill"),
        ("We fall", "fail"),
        ("FALL", "fail"),
        ("To FAIL", "fall"),
        ("Idiot", "ldiot"),
        ("pls use nlp and tls", "nip"),
        ("slut", "siut"),
        ("Illness", "lllness"),
        ("1 000 000", "ooo"),
    ],
)
def test_what_is_spelt_as_it_should_be_is_read_as_nothing_else(text, word):
    assert word not in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "I will be in Illinois on Idle Hill, all girls of the world, it is.",
        "HTML, XML, URLs and SQL in the hall at 11:00",
        "Ich liebe Österreich, Île-de-France, l'été, il lui plaît, İstanbul ılık",
        "",
    ],
)
def test_ordinary_words_are_left_alone(text):
    assert righted(text) == text


def test_a_word_of_strokes_without_end_is_righted_in_one_pass():
    text = "b" + "l" * 200_000 + "a"

    assert righted(text) == text
