import pytest
from hypothesis import given
from hypothesis import strategies as st

from wall.core.brand import Brand, check_colours, stylesheet, too_faint
from wall.core.colour import contrast
from wall.core.post import Picture
from wall.core.theme import FONTS, THEMES
from wall.errors import InvalidInput
from wall.store.codec import decode, encode

COLOURS = {"ground": "#0d0f12", "card": "#1b1e24", "ink": "#f5f3ef", "quiet": "#bcc0c7", "line": "#333840"}
colours = st.from_regex("#[0-9a-f]{6}", fullmatch=True)


def test_colours_that_can_be_read_are_taken():
    assert check_colours({**COLOURS, "ink": " #F5F3EF "}) == COLOURS
    assert check_colours({}) == {}


def test_colours_that_cannot_be_read_are_refused_with_the_ratio_and_what_helps():
    with pytest.raises(InvalidInput) as refused:
        check_colours({**COLOURS, "quiet": "#777777"})

    assert refused.value.field == "quiet"
    assert refused.value.message == (
        "“Quiet words” on “Ground” has a contrast of 4.3:1; a hall needs 7:1. Make “Quiet words” lighter."
    )


def test_words_on_a_light_ground_have_to_be_darker():
    light = {"ground": "#ffffff", "ink": "#888888"}

    assert too_faint(light, "ink", "ground").endswith("Make “Words” darker.")


@pytest.mark.parametrize(
    "wrong",
    [
        {"ink": "white"},
        {"ink": ""},
        {"card": "#12345"},
        {"line": "red; } * { display: none"},
        {"glow": "#ffffff"},
        {"ink": "\ud800"},
    ],
)
def test_what_is_no_colour_is_refused(wrong):
    with pytest.raises(InvalidInput):
        check_colours({**COLOURS, **wrong})


@given(st.fixed_dictionaries(dict.fromkeys(COLOURS, colours)), colours)
def test_no_colours_that_are_taken_make_words_or_accents_unreadable(chosen, accent):
    try:
        brand = Brand(colours=check_colours(chosen))
    except InvalidInput:
        return
    css = stylesheet(brand, accent)
    hashtag = css.split("--color-hashtag: ")[1][:7]
    assert all(contrast(hashtag, chosen[ground]) >= 7 for ground in ("ground", "card"))


def test_a_brand_of_nothing_says_nothing():
    assert stylesheet(Brand(), "#ffb000").split() == [":root,", "[data-theme]", "{", "}"]


def test_a_brand_is_written_as_a_stylesheet():
    brand = Brand(font="atkinson", corner=1.5, css=".a{color:red}", background=Picture("f" * 32, 10, 10))

    css = stylesheet(brand, "#ffb000", background="/x/brand/f")

    assert '--font-first: "Atkinson Hyperlegible Next";' in css
    assert "--corner: 1.5;" in css
    assert 'url("/x/brand/f")' in css
    assert css.rstrip().endswith(".a{color:red}")


def test_a_brand_is_kept_as_it_is():
    brand = Brand(name="Ours", theme="night", colours=COLOURS, logo=Picture("e" * 32, 3, 4), plate="dark")

    assert decode(Brand, encode(brand)) == brand


def test_every_theme_and_font_has_a_name_of_its_own():
    assert len({theme.name for theme in THEMES.values()}) == len(THEMES) == 5
    assert len({family for _, family in FONTS.values()}) == len(FONTS)
