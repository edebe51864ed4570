import pytest

from wall.core.colour import contrast, parse_colour
from wall.errors import InvalidInput


def test_black_on_white_has_the_most_contrast():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#000000") == pytest.approx(21)


def test_a_colour_on_itself_has_none():
    assert contrast("#ffb000", "#ffb000") == pytest.approx(1)


def test_contrast_is_that_of_wcag():
    # The grey that just passes level AA on white, as WCAG's own examples have it.
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("text", ["#FFB000", " #ffb000 "])
def test_a_colour_is_kept_in_small_letters(text):
    assert parse_colour(text) == "#ffb000"


@pytest.mark.parametrize("text", ["", "red", "#fff", "#ffb00g", "#ffb0000", "#ffb000;}", "url(x)", "#ffb00０"])
def test_what_is_no_colour_is_refused(text):
    with pytest.raises(InvalidInput) as refused:
        parse_colour(text)

    assert refused.value.field == "accent"
