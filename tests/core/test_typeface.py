from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wall.assets import folder
from wall.core.typeface import Choice, is_rtl, paragraphs, parse_faces

FACES = parse_faces((Path(folder("static")) / "css" / "fonts.css").read_text())
CHOICE = Choice(tuple(face for face in FACES if "source-serif" not in face.file), frozenset({"cjk", "hangul"}))


def faces_of(text):
    return [face for line in paragraphs(text, CHOICE) for word in line for _, face, _ in word]


@pytest.mark.parametrize(
    ("text", "face"),
    [
        ("a", "source-sans-3/latin"), ("ł", "source-sans-3/latin-ext"), ("Ж", "source-sans-3/cyrillic"),
        ("λ", "source-sans-3/greek"), ("س", "arabic"), ("ש", "hebrew"), ("ह", "devanagari"), ("ก", "thai"), ("土", "cjk"),
        ("한", "hangul"), ("🍜", "emoji"), ("❤️", "emoji"), ("3️⃣", "emoji"), ("🇫🇮", "emoji"), ("✔", "emoji"),
        ("ஈ", ""), ("𝕱", "source-sans-3/latin"),
    ],
)  # fmt: skip
def test_a_letter_is_set_in_the_face_that_pages_set_it_in(text, face):
    assert faces_of(text) == [face]


def test_every_shipped_face_is_there():
    assert all((folder("static") / face.file).is_file() for face in FACES)
    assert len(FACES) > 15


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Hello there", ["Hello", "there"]),
        ("こんにちは。「共有」", ["こ", "ん", "に", "ち", "は。", "「共", "有」"]),
        ("한국어 문장", ["한국어", "문장"]),
        ("Python入門", ["Python", "入", "門"]),
    ],
)
def test_lines_break_where_their_script_lets_them(text, pieces):
    (line,) = paragraphs(text, CHOICE)

    assert ["".join(letter for letter, _, _ in word) for word in line] == pieces


@pytest.mark.parametrize(
    ("text", "rtl"), [("abc", False), ("123 مرحبا", True), ("שלום abc", True), ("🎉 !", False)]
)
def test_a_text_runs_as_its_first_letter_does(text, rtl):
    assert is_rtl(text) is rtl


@given(st.text(max_size=200))
def test_no_letter_is_lost(text):
    set_ = [letter for line in paragraphs(text, CHOICE) for word in line for letter, _, _ in word]

    assert len("".join(set_)) >= len("".join(text.split())) - text.count("\r")
