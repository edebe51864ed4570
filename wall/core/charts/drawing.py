"""The drawing that every chart is made on: escapes what it is given, and turns for who reads from right to left."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

Anchor = Literal["start", "middle", "end"]

TYPE = 14
"""The size of all type, in units of a drawing; the page shows a unit as about one CSS pixel."""
LINE = 20
GAP = 10
EM = {"W": 1.0, "F": 1.0, "A": 0.62, "N": 0.54, "Na": 0.54, "H": 0.54}
"""The width of a sign by its East Asian width: a little more than our face has, so that nothing is cut."""
NARROW_SIGNS, WIDE_SIGNS = frozenset(" .,:;'’|!ijltfI()[]"), frozenset("mwMW@%—…ÆŒ")
ISOLATE, END = "\u2068", "\u2069"
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Size:
    """How wide a chart is drawn, and how high the part of it is where values stand."""

    width: int
    plot: int


WIDE, NARROW = Size(860, 230), Size(360, 190)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is said of a chart: its title, what somebody hears who does not see it, and how numbers are written."""

    title: str
    description: str = ""
    right_to_left: bool = False
    number: Callable[[float], str] = str


@dataclass(slots=True)
class Drawing:
    """SVG in the making. Places are given from the start of a line: in Arabic, that is the right edge."""

    about: About
    width: float
    height: float
    parts: list[str] = field(default_factory=list)

    def rect(self, x: float, y: float, width: float, height: float, kind: str, *, title: str = "") -> None:
        left = self.width - x - width if self.about.right_to_left else x
        box = f'x="{short(left)}" y="{short(y)}" width="{short(width)}" height="{short(height)}"'
        self.add(f"rect class={quoteattr(kind)} {box}", title)

    def rule(self, x1: float, y1: float, x2: float, y2: float, kind: str, *, title: str = "") -> None:
        ends = f'x1="{self.across(x1)}" y1="{short(y1)}" x2="{self.across(x2)}" y2="{short(y2)}"'
        self.add(f"line class={quoteattr(kind)} {ends}", title)

    def dot(self, x: float, y: float, radius: float, kind: str, *, title: str = "") -> None:
        self.add(
            f'circle class={quoteattr(kind)} cx="{self.across(x)}" cy="{short(y)}" r="{short(radius)}"', title
        )

    def path(self, places: list[tuple[float, float]], kind: str) -> None:
        turns = " ".join(f"{self.across(x)},{short(y)}" for x, y in places)
        self.add(f'polyline class={quoteattr(kind)} points="{turns}"')

    def text(self, x: float, y: float, words: str, kind: str, *, anchor: Anchor = "start") -> None:
        """Write words; those of others are kept from turning what stands around them."""
        where = f'x="{self.across(x)}" y="{short(y)}"' + ("" if anchor == "start" else f' text-anchor="{anchor}"')
        self.parts.append(f"<text class={quoteattr(kind)} {where}>{escape(ISOLATE + sayable(words) + END)}</text>")

    def add(self, tag: str, title: str = "") -> None:
        name = tag.partition(" ")[0]
        told = f"<title>{escape(sayable(title))}</title>" if title else ""
        self.parts.append(f"<{tag}>{told}</{name}>" if told else f"<{tag}/>")

    def across(self, x: float) -> str:
        return short(self.width - x if self.about.right_to_left else x)

    def svg(self) -> str:
        """Return the whole chart, with its title and description."""
        size = f'viewBox="0 0 {short(self.width)} {short(self.height)}"'
        turned = ' direction="rtl"' if self.about.right_to_left else ""
        said = f"<title>{escape(sayable(self.about.title))}</title>"
        if self.about.description:
            said += f"<desc>{escape(sayable(self.about.description))}</desc>"
        opened = f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" {size}{turned}>'
        return f"{opened}{said}{''.join(self.parts)}</svg>"


def short(number: float) -> str:
    """Return a number as SVG wants it, to a tenth: 12, 12.5."""
    return f"{number:.1f}".removesuffix(".0")


def sayable(words: str) -> str:
    """Return words without what XML cannot hold or what turns the words after it, and on one line."""
    kept = (sign if unicodedata.category(sign) not in ("Cc", "Cs", "Cn") else " " for sign in words)
    return " ".join("".join(sign for sign in kept if sign not in TURNING).split())


def extent(words: str) -> float:
    """Return about how wide words are, in units of a drawing, rather too much than too little."""
    return TYPE * sum(map(em, words))


def em(sign: str) -> float:
    if sign in NARROW_SIGNS:
        return 0.3
    if sign in WIDE_SIGNS:
        return 0.9
    if unicodedata.combining(sign):
        return 0
    return EM[unicodedata.east_asian_width(sign)]


def wrapped(words: str, width: float, most: int) -> list[str]:
    """Return words in lines of a width, broken between words where possible; with more, the last line says so."""
    lines, line = [], ""
    for word in sayable(words).split():
        longer = f"{line} {word}" if line else word
        if extent(longer) <= width:
            line = longer
            continue
        lines += [line] if line else []
        *full, line = broken(word, width)
        lines += full
        if len(lines) > most:
            break
    lines += [line] if line else []
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1][:-2]}…"]


def broken(word: str, width: float) -> list[str]:
    """Return a word in pieces that are no wider than that."""
    pieces: list[str] = []
    piece, taken = "", 0.0
    for sign in word:
        if piece and taken + TYPE * em(sign) > width:
            pieces.append(piece)
            piece, taken = "", 0.0
        piece, taken = piece + sign, taken + TYPE * em(sign)
    return [*pieces, piece]
