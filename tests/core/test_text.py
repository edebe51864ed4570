import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wall.core import text as module
from wall.core.text import clean, clean_name

SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"

NASTY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\u200d\u200c\u202e\u2066\u0301\u0323\ufe0f\u0e47\u094d\U000e0067\ud800\n\r👩🏽क"),
    )
)


@pytest.mark.parametrize(
    "text",
    [
        "Plain words, 'quotes' & <signs>.",
        "Schöne Grüße aus Århus, İstanbul und Łódź",
        "Tiếng Việt rất đẹp, nghiêng ngả",
        "สวัสดีครับ ที่นี่ กำลังดี น้ำ",
        "السَّلَامُ عَلَيْكُمْ وَرَحْمَةُ اللَّهِ",
        "بِسْمِ ٱللَّهِ ٱلرَّحْمَـٰنِ",
        "בְּרֵאשִׁ֖ית בָּרָ֣א אֱלֹהִ֑ים",
        "हिन्दी में क्ष और ज्ञ, नमस्ते",
        "क्\u200dष और क्\u200cष",
        "می\u200cخواهم بروم",
        "ශ්\u200dරී ලංකාව",
        "தமிழ் தெலுగు বাংলা മലയാളം",
        "བོད་སྐད་ བསྒྲུབས",
        "မြန်မာ ភាសាខ្មែរ ລາວ",
        "日本語とカタカナ、한국어와 中文",
        "👩\u200d👩\u200d👧\u200d👦 👩🏽\u200d🚀 🏳\ufe0f\u200d🌈 ❤\ufe0f\u200d🔥 1\ufe0f\u20e3 🇩🇪",
        SCOTLAND,
        "۝ and \u0600",
        "one\ntwo\n\nthree\n\n\nfour",
    ],
)
def test_what_people_write_comes_through_intact(text):
    assert clean(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
        ("a\tb", "a b"),
        ("a\x00b\x1b[31mc\x7f\x9bd", "ab[31mcd"),
        ("a\ud800b\udfff", "ab"),
        ("\u202eevil\u202c \u2066x\u2069 \u202ay", "evil x y"),
        ("a\U000e0068\U000e0069b", "ab"),
        ("🏴\U000e0067x", "🏴x"),
        ("🏴" + "\U000e0061" * 50, "🏴"),
        ("pass\u200bword\u2060s\ufeff\u00ad\u180e", "passwords"),
        ("a\u200db\u200cc", "abc"),
        ("👩\u200dx \u200d👩", "👩x 👩"),
        ("\u3164\u2800x\u115f", "x"),
        ("⠓⠊\u2800⠽⠕⠥", "⠓⠊ ⠽⠕⠥"),
        ("\ufdd0\uffff\U000e0fffx", "x"),
        ("e\u0301", "é"),
        ("a\u0300\u0301\u0302\u0303\u0304", "à\u0301\u0302"),
        ("ก" + "็" * 30, "ก" + "็" * 5),
        ("a\u200e\u200f\u061c\u200eb", "a\u200eb"),
        ("  \n\n a  \n\n\n\n\n b \n ", "a\n\n\n b"),
        ("\n\n\n", ""),
        ("👩\u200d" * 7 + "👩", "👩" * 8),
    ],
)
def test_what_cannot_be_seen_or_piles_up_goes(text, expected):
    assert clean(text) == expected


def test_a_decomposed_text_is_composed():
    text = "Tiếng Việt"

    assert clean(unicodedata.normalize("NFD", text)) == text


def test_a_long_text_ends_with_an_ellipsis():
    assert clean("abcdef", limit=4) == "abc…"


def test_a_text_of_exactly_the_limit_is_whole():
    assert clean("abcd", limit=4) == "abcd"


def test_too_many_lines_end_with_an_ellipsis():
    assert clean("a\nb\nc\nd", lines=2) == "a\nb…"


def test_length_is_counted_as_people_see_it():
    text = "👩🏽\u200d🚀" * 3 + "🇩🇪🇫🇷" + SCOTLAND + "नि"

    assert clean(text, limit=7) == text
    assert clean(text, limit=4) == "👩🏽\u200d🚀" * 3 + "…"


@pytest.mark.parametrize(
    "piece",
    ["a", " ", "\n", "\u0301\u0323", "\u200d", "👩\u200d", "\U000e0067", "\U0001f1e6", "\ud800", "क्\u200d"],
)
def test_ten_million_characters_are_cut_first(piece):
    text = piece * (10_000_000 // len(piece))

    assert len(clean(text)) <= 5_000 * 3
    assert len(clean_name(text)) <= 80 * 3


def test_a_text_cut_before_it_is_looked_at_says_so():
    assert clean("a" * 1_000, limit=10) == "aaaaaaaaa…"
    assert clean("a" + "\u200b" * 1_000, limit=10) == "a…"


@settings(deadline=None)
@given(NASTY)
def test_no_text_keeps_what_is_forbidden(text):
    cleaned = clean(text)

    assert unicodedata.is_normalized("NFC", cleaned)
    assert not [c for c in cleaned if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"]
    assert not set(cleaned) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff")
    assert cleaned == cleaned.strip()


def test_a_name_is_one_line():
    assert clean_name(" Ada\n Lovelace\u200f\u202e \t(she) ") == "Ada Lovelace (she)"


def test_a_name_of_nothing_visible_is_empty():
    assert clean_name("\u200b\u3164\n") == ""


def test_a_long_name_is_cut():
    assert clean_name("a" * 100) == "a" * 79 + "…"


@pytest.mark.parametrize("plane", [range(0x20, 0x3000), range(0x3000, 0xD800), range(0xE000, 0x20000)])
def test_the_short_way_for_plain_text_changes_no_answer(plane, monkeypatch):
    plain = "".join(chr(code) for code in plane if module.PLAIN.fullmatch(chr(code)))

    monkeypatch.setattr(module, "PLAIN", module.re.compile("(?!)"))

    assert module.clean_characters(plain) == plain
