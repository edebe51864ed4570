import pytest
from PIL import Image, ImageDraw

from wall.assets import folder
from wall.core.typeface import Choice, paragraphs, parse_faces
from wall.draw.setting import Type, in_order

CSS = (folder("static") / "css" / "fonts.css").read_text()
FACES = sorted(
    (face for face in parse_faces(CSS) if "serif" not in face.file),
    key=lambda face: face.name != "source-sans-3/latin",
)
CHOICE = Choice(FACES, frozenset({"cjk"}))
WIDTH, HEIGHT = 1000, 400
SIZES = (136, 30)


@pytest.fixture(scope="module")
def type_():
    return Type({face.name: (str(folder("static") / face.file), 0) for face in FACES}, 700)


def set_(text, type_):
    return type_.readable(paragraphs(text, CHOICE))


def said(lines):
    return [" ".join("".join(letter for letter, _, _ in word) for word in line) for line in lines.lines]


@pytest.mark.parametrize(
    "text", ["Yes!", "One two three " * 8, "word " * 300, "unbroken" * 100, "مرحبا بكم " * 40, "🎉" * 90]
)
def test_words_fill_their_box_and_never_leave_it(type_, text):
    lines = type_.fitted(set_(text, type_), WIDTH, HEIGHT, SIZES)

    assert lines.height <= HEIGHT
    assert max(type_.line_width(line) * lines.size / 100 for line in lines.lines) <= WIDTH + 1


def test_the_less_is_said_the_larger_it_is(type_):
    sizes = [type_.fitted(set_("words " * many, type_), WIDTH, HEIGHT, SIZES).size for many in (1, 12, 60, 400)]

    assert sizes == sorted(sizes, reverse=True)
    assert (sizes[0], sizes[-1]) == SIZES


def test_what_is_too_much_ends_in_an_ellipsis_and_what_fits_does_not(type_):
    long = said(type_.fitted(set_("word " * 300, type_), WIDTH, HEIGHT, SIZES))
    short = said(type_.fitted(set_("Two words", type_), WIDTH, HEIGHT, SIZES))

    assert long[-1].endswith("…")
    assert " ".join(short) == "Two words"


def test_a_large_word_is_made_smaller_rather_than_broken(type_):
    assert said(type_.fitted(set_("Donaudampfschifffahrt", type_), WIDTH, HEIGHT, SIZES)) == [
        "Donaudampfschifffahrt"
    ]


def test_a_word_that_no_face_has_is_an_ellipsis_and_too_many_are_nothing(type_):
    (line,) = set_("We say ஈழம் in all of our towns", type_)

    assert "".join(letter for letter, _, _ in line[2]) == "…"
    assert set_("世界 hello", type_) == []


def test_words_stand_from_right_to_left_and_foreign_ones_in_their_own_order(type_):
    (line,) = set_("مرحبا hello world بكم", type_)

    order = ["".join(letter for letter, _, _ in word) for word in in_order(line, rtl=True)]

    assert order == ["بكم", "hello", "world", "مرحبا"]


@pytest.mark.parametrize("emoji", ["🍜", "🇫🇮", "❤️", "👩‍💻"])
def test_an_emoji_is_drawn_whole_in_its_colours(type_, emoji):
    image = Image.new("RGB", (300, 300), "black")
    lines = type_.fitted(set_(emoji, type_), 300, 200, (100, 100))

    type_.write(ImageDraw.Draw(image), lines, (100, 50, 150), fill="white", rtl=False)

    left, top, right, bottom = image.getbbox()
    assert (right - left, bottom - top) > (80, 60)
    assert any(max(pixel) - min(pixel) > 60 for _, pixel in image.getcolors(90_000))
