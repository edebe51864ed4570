import pytest

from wall.assets import folder
from wall.core.colour import contrast
from wall.core.palette import LARGE, first_family, palette
from wall.core.theme import THEMES


def css(theme):
    return (folder("static") / "css" / "themes" / f"{theme}.css").read_text()


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("accent", ["#ffb000", "#1a237e", "#ffffff", "#000000", "#d81b60"])
@pytest.mark.parametrize("theme", THEMES)
def test_whatever_the_accent_all_that_is_written_can_be_read(theme, accent, dark):
    colours = palette(css(theme), {}, accent, dark=dark)

    assert {
        name for name in ("ink", "quiet", "mark") if contrast(colours[name], colours["ground"]) < LARGE
    } == set()
    assert contrast(colours["on_accent"], accent) >= LARGE


def test_colours_of_an_events_own_go_before_those_of_its_theme():
    own = {"ground": "#ffffff", "ink": "#000000", "quiet": "#222222"}

    assert palette(css("night"), own, "#ffb000", dark=True) | own == palette(
        css("night"), own, "#ffb000", dark=True
    )


def test_letters_are_of_the_events_own_font_then_of_its_theme_then_ours():
    assert first_family(css("newspaper"), "atkinson") == "Atkinson Hyperlegible Next"
    assert first_family(css("newspaper"), None) == "Source Serif 4"
    assert first_family(css("night"), None) == "Source Sans 3"
