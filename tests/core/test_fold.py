import pytest

from wall.core.fold import LONGEST_RUN, fold, readings, readings_of_name, words
from wall.core.lookalikes import LETTERS, LOOKALIKES


def read(text):
    return set(" ".join(readings(text)).split())


@pytest.mark.parametrize(
    "text",
    [
        "shit",
        "SHIT!",
        "ѕhіt",  # Cyrillic dze and i
        "ЅНІТ",  # Cyrillic throughout
        "SНIT",  # a Cyrillic en, which looks like an H
        "ѕhiт",  # a Cyrillic te, which passes for a small capital
        "ｓｈｉｔ",
        "𝓼𝓱𝓲𝓽",
        "𝕤𝕙𝕚𝕥",
        "🅂🄷🄸🅃",
        "🅢🅗🅘🅣",
        "🆂🅷🅸🆃",
        "🇸 🇭 🇮 🇹",
        "ⓢⓗⓘⓣ",
        "ꜱʜɪᴛ",
        "ſhit",
        "shíẗ",
        "s̶h̶i̶t̶",
        "s̸̢̛h̷i̵t̴",
        "s\u200bh\u200di\u00adt",
        "s\u2060hi\ufefft",
        "\u202eshit\u202c",
        "s h i t",
        "s.h.i.t",
        "s - h - i - t",
        "s_h_i_t",
        "s👏h👏i👏t",
        "what a s h i t",
        "s h i t h e a d s",
        "s h l t",
        "S.H.l.T",
        "sh1t",
        "$hit",
        "sh!t",
        "$h1t",
        "s h 1 t",
        "shiiiit",
        "sh1111t",
    ],
)
def test_a_word_is_read_through_its_disguise(text):
    assert "shit" in read(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("b1tch", "bitch"),
        ("a s s h o I e", "asshole"),
        ("he1l", "hell"),
        ("a55", "ass"),
        ("455hole", "asshole"),
        ("p@ss", "pass"),
        ("asssss", "ass"),
        ("f u c k y o u", "fuck"),
        ("ΝΑΖΙ", "nazi"),  # Greek capitals, of which nu is no v
        ("ВОТ", "вoт"),  # plain Russian in capitals is the same word
        ("Hornochſe", "hornochse"),
        ("كـــلب", "كلب"),
        ("كَلْب", "كلب"),
        ("שָׁלוֹם", "שלום"),
        ("भाड़", "भाड़"),
        ("٣٣", "33"),
        ("SPAẞ", "spass"),
    ],
)
def test_a_word_is_read_as_it_is_meant(text, word):
    assert fold(word) in read(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("C L A S S", "ass"),
        ("S C U N T H O R P E", "cunt"),
        ("in 2455", "assh"),
        ("455", "ass"),
        ("a b c d", "bc"),
        ("Café", "caf"),
        ("कुत्ता", "कत"),
        ("می‌خواهم", "خواهم"),
    ],
)
def test_what_nobody_would_read_is_not_read(text, word):
    assert word not in read(text)


@pytest.mark.parametrize("name", ["ShitConf", "NoShit", "GreatSh1tConf", "shitConf"])
def test_camel_case_is_taken_apart_in_a_name(name):
    assert " shit " in "".join(readings_of_name(name))


def test_a_vowel_sign_of_hindi_is_part_of_its_word():
    assert words(fold("हिन्दी में")) == " हिन्दी में "


def test_an_emoji_is_a_word_by_itself():
    assert words(fold("look🍆here")) == " look 🍆 here "


def test_a_family_of_emoji_is_no_letters():
    assert not any(char.isalpha() for char in words(fold("👩‍❤️‍👨 🏴󠁧󠁢󠁳󠁣󠁴󠁿 👍🏽")))


def test_hangul_is_read_by_syllable():
    assert words(fold("각")) == " 각 "


def test_no_lookalike_is_ascii_and_each_is_of_one_letter():
    assert all(code > 0x7F for code in LOOKALIKES)
    assert len(LOOKALIKES) == sum(map(len, LETTERS.values()))


@pytest.mark.parametrize("unit", ["a ", "a1", "!", "aaa", "@", "\u0301", "а", "Aа ", "a.", "🍆", "\ud800", "1 "])
def test_a_long_text_has_readings_in_proportion(unit):
    text = unit * (20_000 // len(unit))

    assert sum(map(len, readings(text))) < 12 * len(text)


def test_of_endless_single_letters_both_ends_are_read():
    start, end = "s h i t ", "f u c k"

    found = read(start + "x y " * LONGEST_RUN + end)

    assert {"shit", "fuck"} <= found
