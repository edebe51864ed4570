"""Words set in type: measured once, broken into lines as large as they fit, and drawn in either direction.

A cluster is what is read as one letter, with the face it is set in ("" where none has it) and whether it runs from
right to left. A word is clusters that stay together; a paragraph is words.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from typing import Any

from PIL import ImageDraw, ImageFont

Cluster = tuple[str, str, bool]
Word = Sequence[Cluster]
Faces = dict[str, tuple[str, int]]
"""By name: the file, and which of the faces in it."""

REFERENCE = 100.0  # pixels that words are measured at
LEADING = 1.2
TALL_LEADING = 1.36
EMOJI = "emoji"
TALL = ("arabic", "devanagari", "thai", "cjk", "hangul", "rest")
UNPARTED = "cjk"  # Chinese and Japanese; Korean words are parted by blanks
EMOJI_SCALE = 0.92
ELLIPSIS = "…"
MOST_MISSING = 0.25
UNSEEN = "\u200c\u200d\u200e\u200f\u061c\ufe0e\ufe0f"
NOWHERE = "\U000f1234"  # of a private area, which no face has


@dataclass(frozen=True, slots=True)
class Run:
    """Clusters that are shaped together."""

    text: str
    face: str
    rtl: bool


@dataclass(frozen=True, slots=True)
class Lines:
    """Words as they are set: the size in pixels, and each line with its width."""

    size: float
    leading: float
    lines: list[list[Word]]

    @property
    def height(self) -> float:
        return self.size * self.leading * len(self.lines)


class Type:
    """The faces that a picture is set in, at one weight."""

    def __init__(self, faces: Faces, weight: int) -> None:
        self.faces = faces
        self.weight = weight
        self.font = cache(self._font)
        self.width = cache(self._width)
        self.known = cache(self._known)
        self.space = self.run_width(Run(" ", next(iter(faces)), False))

    def _font(self, face: str, size: float) -> ImageFont.FreeTypeFont:
        path, index = self.faces[face]
        scaled = size * EMOJI_SCALE if face == EMOJI else size
        font = ImageFont.truetype(path, scaled, index=index, layout_engine=ImageFont.Layout.RAQM)
        with suppress(OSError):  # a face of one weight
            font.set_variation_by_axes([self.weight])
        return font

    # Measuring, in hundredths of the size

    def run_width(self, run: Run) -> float:
        return float(self.font(run.face, REFERENCE).getlength(run.text, direction=way(run.rtl)))

    def _width(self, word: Word) -> float:
        return sum(map(self.run_width, runs(word)))

    def line_width(self, line: Sequence[Word]) -> float:
        return sum(map(self.width, line)) + self.space * sum(parted(*two) for two in pairwise(line))

    def has(self, cluster: Cluster) -> bool:
        """Tell whether a cluster can be set, and not as the box that stands for what a face does not have."""
        text, face, _ = cluster
        return face in self.faces and (face == EMOJI or all(self.known(one, face) for one in text))

    def _known(self, letter: str, face: str) -> bool:
        font = self.font(face, REFERENCE)
        return letter in UNSEEN or bytes(font.getmask(letter)) != bytes(font.getmask(NOWHERE))

    def readable(self, paragraphs: Iterable[Iterable[Word]]) -> list[list[Word]]:
        """Return paragraphs with an ellipsis for each word that no face here has; nothing where too much is missing."""
        kept = [[tuple(filter(self.has, map(tuple_of, word))) for word in one] for one in paragraphs]
        asked = sum(len(word) for one in paragraphs for word in one)
        found = sum(len(word) for one in kept for word in one)
        if found < asked * (1 - MOST_MISSING):
            return []
        return [[word or self.dots(rtl=False) for word in one] for one in kept if one]

    def dots(self, *, rtl: bool) -> Word:
        return ((ELLIPSIS, next(iter(self.faces)), rtl),)

    # Breaking

    def fitted(self, paragraphs: list[list[Word]], width: float, height: float, sizes: tuple[int, int]) -> Lines:
        """Return the words as large as they fit; at the smallest size, what is too much is cut off."""
        largest, smallest = sizes
        leading = TALL_LEADING if any(is_tall(word) for one in paragraphs for word in one) else LEADING
        for size in range(largest, smallest - 1, -2):
            whole = size > (largest + smallest) / 2  # large words are not broken within
            lines = self.broken(paragraphs, width / size * REFERENCE, whole=whole)
            if lines is not None and len(lines) * size * leading <= height:
                return Lines(size, leading, lines)
        lines = self.broken(paragraphs, width / smallest * REFERENCE, whole=False) or []
        return Lines(smallest, leading, self.cut(lines, int(height // (smallest * leading)), width, smallest))

    def broken(self, paragraphs: list[list[Word]], width: float, *, whole: bool) -> list[list[Word]] | None:
        """Return lines of at most this width; None where a word would have to be broken and must stay `whole`."""
        lines: list[list[Word]] = []
        for paragraph in paragraphs:
            line: list[Word] = []
            taken = 0.0
            for word in paragraph:
                wide = self.width(word)
                if wide > width and whole:
                    return None
                gap = self.space if line and parted(line[-1], word) else 0.0
                if line and taken + gap + wide > width:
                    lines.append(line)
                    line, taken, gap = [], 0.0, 0.0
                pieces = self.pieces(word, width) if wide > width else [word]
                for piece in pieces[:-1]:
                    lines.append([*line, piece])
                    line, taken, gap = [], 0.0, 0.0
                line = [*line, pieces[-1]]
                taken += gap + self.width(pieces[-1])
            lines.append(line)
        return lines

    def pieces(self, word: Word, width: float) -> list[Word]:
        """Return a word that is too long for a line in pieces that are not."""
        found: list[Word] = []
        start = 0
        for end in range(1, len(word) + 1):
            if end - start > 1 and self.width(tuple(word[start:end])) > width:
                found.append(tuple(word[start : end - 1]))
                start = end - 1
        return [*found, tuple(word[start:])]

    def cut(self, lines: list[list[Word]], most: int, width: float, size: float) -> list[list[Word]]:
        if len(lines) <= most:
            return lines
        kept = lines[: max(most, 1)]
        kept[-1] = self.shortened(kept[-1], width / size * REFERENCE)
        return kept

    def shortened(self, line: list[Word], width: float) -> list[Word]:
        """Return a line that ends in an ellipsis."""
        dots = self.dots(rtl=bool(line) and is_rtl(line[-1]))
        while len(line) > 1 and self.line_width([*line[:-1], (*line[-1], *dots)]) > width:
            line = line[:-1]
        last = line[-1] if line else ()
        while last and self.line_width([*line[:-1], (*last, *dots)]) > width:
            last = last[:-1]
        return [*line[:-1], (*last, *dots)]

    # Drawing

    def write(
        self, canvas: ImageDraw.ImageDraw, lines: Lines, box: tuple[float, float, float], **how: Any
    ) -> None:
        """Draw lines into a box of left, top and width: against its left edge, or its right one with `rtl`."""
        left, top, width = box
        baseline = top + lines.size * (lines.leading / 2 + 0.33)
        for line in lines.lines:
            self.write_line(canvas, line, (left, baseline, width), lines.size, **how)
            baseline += lines.size * lines.leading

    def write_line(
        self,
        canvas: ImageDraw.ImageDraw,
        line: Sequence[Word],
        place: tuple[float, float, float],
        size: float,
        *,
        fill: str,
        rtl: bool,
    ) -> None:
        left, baseline, width = place
        scale = size / REFERENCE
        x = left + width - self.line_width(line) * scale if rtl else left
        before: Word = ()
        for word in in_order(line, rtl=rtl):
            x += self.space * scale if before and parted(before, word) else 0.0
            before = word
            for run in runs(word)[:: -1 if is_rtl(word) else 1]:
                canvas.text(
                    (x, baseline),
                    run.text,
                    font=self.font(run.face, size),
                    fill=fill,
                    anchor="ls",
                    direction=way(run.rtl),
                    embedded_color=run.face == EMOJI,
                )
                x += self.run_width(run) * scale


def tuple_of(cluster: Sequence[Any]) -> Cluster:
    text, face, rtl = cluster
    return text, face, rtl


def runs(word: Word) -> list[Run]:
    """Return the runs of a word, in the order in which it is read."""
    return [
        Run("".join(text for text, _, _ in together), face, rtl)
        for (face, rtl), together in groupby(word, key=lambda one: (one[1], one[2]))
    ]


def way(rtl: bool) -> str:
    return "rtl" if rtl else "ltr"


def is_rtl(word: Word) -> bool:
    return any(rtl for _, _, rtl in word)


def parted(word: Word, other: Word) -> bool:
    """Tell whether a blank is between two words: not where words are not parted by any."""
    return not (word[-1][1] == UNPARTED == other[0][1])


def is_tall(word: Word) -> bool:
    return any(face in TALL for _, face, _ in word)


def in_order(line: Sequence[Word], *, rtl: bool) -> list[Word]:
    """Return the words of a line from left to right: those of the other direction stay together, in their own order."""
    together = [list(group) for _, group in groupby(line, key=is_rtl)]
    if rtl:
        together = [group[::-1] if is_rtl(group[0]) else group for group in together[::-1]]
        return [word for group in together for word in group]
    return [word for group in together for word in (group[::-1] if is_rtl(group[0]) else group)]
