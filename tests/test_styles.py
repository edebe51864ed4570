"""Every stylesheet serves those who read from right to left as well as those who read from left to right."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parent.parent / "static" / "css"
SHEETS = {str(path.relative_to(CSS)): path.read_text(encoding="utf-8") for path in sorted(CSS.rglob("*.css"))}

MEANT = {
    (
        "themes/cards.css",
        "padding: 0 var(--lift) var(--lift) 0",
    ): "room for the shadow, which falls to the right for all",
    ("desk/more.css", "left: var(--more-left, 0)"): "as the window was measured",
    (
        "desk/more.css",
        "border-width: 0 2px 2px 0",
    ): "two sides of a square that stands on its corner: an arrow down",
}
"""(sheet, declaration): why it names a side of the glass, and not the start or the end of a line."""

DECLARATION = re.compile(r"(?:^|[{;])\s*([\w-]+):\s*([^;{}]+)")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
SIDED = re.compile(r"^(?!--)(?:[a-z-]+-)?(?:left|right)(?:-|$)")
SIDES = re.compile(r"(?<![\w-])(?:left|right)(?![\w-])")
FOUR_SIDES = re.compile(r"^(?:--[\w-]*)?(?:margin|padding|inset|border-(?:color|style|width))$")
HAS_LOGICAL = ("text-align", "float", "clear", "caption-side", "resize")
TURNED_BY_HAND = re.compile(
    r"(?:object|background|mask|perspective)-?(?:position|origin)?(?:-x)?$|transform|translate|animation$"
)
SIDEWAYS = re.compile(r"(?<![\w-])(?:left|right)(?![\w-])|translateX|(?<!--)scaleX|translate3d")


def without_comments(sheet):
    return re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)


def values(value):
    """Return the parts of a value: "0 calc(1px + 2px)" has two."""
    parts, depth = [""], 0
    for sign in value.strip():
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign.isspace() and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part for part in parts if part]


def is_physical(name, value):
    """Whether a declaration says left or right where it could say start or end."""
    if SIDED.search(name) or (name in HAS_LOGICAL and SIDES.search(value)):
        return True
    parts = values(value)
    if FOUR_SIDES.search(name) and len(parts) == 4:
        return parts[1] != parts[3]
    return name == "border-radius" and len(parts) > 1 and "/" not in parts


def physical(sheet):
    found = DECLARATION.findall(without_comments(sheet))
    return [f"{name}: {value.strip()}" for name, value in found if is_physical(name, value)]


def leaning(sheet):
    """Return the rules that name a side for which there is no logical word, and those that turn one."""
    rules = [(one, body) for one, body in RULE.findall(without_comments(sheet)) if names_a_side(body)]
    turned = [" ".join(one.split()) for one, _ in rules if "rtl" in one]
    return [" ".join(one.split()) for one, _ in rules if "rtl" not in one], turned


def names_a_side(body):
    return any(TURNED_BY_HAND.search(name) and SIDEWAYS.search(value) for name, value in DECLARATION.findall(body))


def test_no_stylesheet_says_left_or_right_where_it_can_say_start_or_end():
    found = {(name, one) for name, sheet in SHEETS.items() for one in physical(sheet)}

    assert found - MEANT.keys() == set(), "say start and end, or say in MEANT why a side of the glass is meant"
    assert MEANT.keys() - found == set(), "no longer there"


def test_what_has_to_name_a_side_is_turned_for_who_reads_from_right_to_left():
    leans = {name: leaning(sheet) for name, sheet in SHEETS.items()}

    assert {name: plain for name, (plain, turned) in leans.items() if plain and not turned} == {}


def test_letters_that_join_are_never_spaced():
    assert re.search(r":lang\(ar\)[^{]*\{[^}]*letter-spacing: 0 !important", SHEETS["base.css"])


@pytest.mark.parametrize(
    ("declaration", "told"),
    [
        ("margin-left: 1px", True),
        ("left: 0", True),
        ("border-top-right-radius: 1px", True),
        ("text-align: right", True),
        ("padding: 0 1px 0 2px", True),
        ("--post-padding: 0 0 0 calc(2 * 1px)", True),
        ("border-radius: 1px 0 0 1px", True),
        ("padding: 0 1px 3px 1px", False),
        ("inset: auto 0 0", False),
        ("margin-inline-start: 1px", False),
        ("--color-left-over: red", False),
        ("grid-area: left", False),
    ],
)
def test_a_declaration_is_told_by_the_sides_it_names(declaration, told):
    assert bool(physical(f"a {{ {declaration}; }}")) == told
