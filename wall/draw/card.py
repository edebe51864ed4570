"""A post as a poster: its words as large as they fit, who said them below, the event above, a picture to the edges."""

from collections.abc import Sequence
from typing import Any

from PIL import Image, ImageDraw, ImageOps, WebPImagePlugin  # noqa: F401 - reads the pictures

from wall.draw.setting import Faces, Lines, Type, Word, tuple_of

WIDTH, HEIGHT = 1200, 630
MARGIN = 60
BAR = 14
HEAD = 30  # pixels of type
HEAD_TOP = BAR + 34
WORDS_TOP = 136
WORDS_BOTTOM = 470
FOOT_TOP = 504
FACE = 76
GAP = 20
NAME = 32
QUIET = 25
LABEL = 30
LARGEST, SMALLEST = 136, 30
LIGHTER = 44  # below which words are set less bold
BESIDE = 500  # pixels of width for a picture beside words
SUPERSAMPLED = 4
BOLD, MEDIUM = 700, 500

Paragraphs = list[list[Word]]


def drawn(said: dict[str, Any]) -> Image.Image:
    """Return the picture of what is said: colours, faces, words, and the files of pictures."""
    return Card(said).drawn()


class Card:
    """One picture, while it is drawn."""

    def __init__(self, said: dict[str, Any]) -> None:
        faces: Faces = {name: (path, index) for name, (path, index) in said["faces"].items()}
        self.said = said
        self.colours: dict[str, str] = said["colours"]
        self.bold = Type(faces, BOLD)
        self.medium = Type(faces, MEDIUM)
        self.rtl: bool = said["rtl"]
        self.image = Image.new("RGB", (WIDTH, HEIGHT), self.colours["ground"])
        self.canvas = ImageDraw.Draw(self.image)

    def drawn(self) -> Image.Image:
        words = self.bold.readable(paragraphs(self.said["words"]))
        picture = self.said["picture"]
        left, right = MARGIN, WIDTH - MARGIN
        if picture and words:
            self.put_beside(picture)
            left, right = (BESIDE + MARGIN, right) if self.rtl else (left, WIDTH - BESIDE - MARGIN)
        elif picture:
            self.put_whole(picture)
        self.canvas.rectangle((0, 0, WIDTH, BAR), fill=self.colours["accent"])
        if words or not picture:
            self.head(left, right, beside=bool(picture))
        if words:
            self.words(words, left, right)
        elif not picture:
            self.words(self.bold.readable(paragraphs(self.said["hashtag"])), left, right, fill="mark")
        if self.said["name"]:
            self.foot(left, right)
        return self.image

    # Parts

    def head(self, left: float, right: float, *, beside: bool) -> None:
        """Draw the event's name and its hashtag; beside a picture, where there is room for one alone, the hashtag."""
        half = (right - left) if beside else (right - left - GAP) / 2
        mark = self.line(self.bold, self.said["hashtag"], half, HEAD)
        name = self.line(
            self.medium, self.said["event"], right - left - self.bold.line_width(mark) * 0.3 - GAP, HEAD
        )
        self.one_line(self.bold, mark, left, right, HEAD_TOP, HEAD, "mark", end=not beside)
        if not beside:
            self.one_line(self.medium, name, left, right, HEAD_TOP, HEAD, "quiet")

    def words(self, words: Paragraphs, left: float, right: float, *, fill: str = "ink") -> None:
        top, bottom = WORDS_TOP, WORDS_BOTTOM if self.said["name"] else HEIGHT - MARGIN
        label = self.line(self.bold, self.said["label"], right - left, LABEL)
        above = LABEL + GAP if label else 0
        type = self.bold
        lines = type.fitted(words, right - left, bottom - top - above, (LARGEST, SMALLEST))
        if lines.size < LIGHTER:
            type = self.medium
            lines = type.fitted(words, right - left, bottom - top - above, (LIGHTER, SMALLEST))
        middle = top + max(0.0, (bottom - top - above - lines.height) / 2)
        if label:
            self.one_line(self.bold, label, left, right, middle, LABEL, "mark")
        how = {"fill": self.colours[fill], "rtl": self.rtl}
        type.write(self.canvas, lines, (left, middle + above, right - left), **how)

    def foot(self, left: float, right: float) -> None:
        """Draw who said it: face, name, handle, and the network at the other end."""
        self.face(right - FACE if self.rtl else left, FOOT_TOP)
        inner = (left, right - FACE - GAP) if self.rtl else (left + FACE + GAP, right)
        wide = inner[1] - inner[0]
        network = self.line(self.medium, self.said["network"], wide / 3, QUIET)
        taken = self.medium.line_width(network) * QUIET / 100 + GAP if network else 0.0
        name = self.line(self.bold, self.said["name"], wide * 0.6 if self.said["picture"] else wide, NAME)
        handle = self.line(self.medium, self.said["handle"], wide - taken, QUIET)
        top = FOOT_TOP if handle or network else FOOT_TOP + (FACE - NAME) / 2 - 4
        self.one_line(self.bold, name, *inner, top, NAME, "ink")
        self.one_line(self.medium, handle, *inner, FOOT_TOP + 43, QUIET, "quiet")
        self.one_line(self.medium, network, *inner, FOOT_TOP + 43, QUIET, "quiet", end=bool(handle))

    def face(self, left: float, top: float) -> None:
        """Draw the author's picture in a circle, or the first letter of the name."""
        side = FACE * SUPERSAMPLED
        mask = Image.new("L", (side, side))
        ImageDraw.Draw(mask).ellipse((0, 0, side - 1, side - 1), fill=255)
        mask = mask.resize((FACE, FACE), Image.Resampling.LANCZOS)
        place = (round(left), round(top))
        if self.said["face"]:
            self.image.paste(fitting(self.said["face"], FACE, FACE), place, mask)
            return
        self.image.paste(self.colours["accent"], (*place, place[0] + FACE, place[1] + FACE), mask)
        letter = self.line(self.bold, self.said["initial"], FACE, 40)
        wide = self.bold.line_width(letter) * 0.4
        at = (left + (FACE - wide) / 2, top + FACE / 2 + 14, wide)
        self.bold.write_line(self.canvas, letter, at, 40, fill=self.colours["on_accent"], rtl=False)

    def put_beside(self, path: str) -> None:
        self.image.paste(fitting(path, BESIDE, HEIGHT), (0 if self.rtl else WIDTH - BESIDE, 0))

    def put_whole(self, path: str) -> None:
        """Put a picture above the foot, which then says the hashtag, too."""
        self.image.paste(fitting(path, WIDTH, FOOT_TOP - MARGIN // 2 - BAR), (0, BAR))
        left, right = MARGIN, WIDTH - MARGIN
        mark = self.line(self.bold, self.said["hashtag"], (right - left) / 3, HEAD)
        self.one_line(self.bold, mark, left, right, FOOT_TOP, HEAD, "mark", end=True)

    # Lines

    def line(self, type: Type, words: Any, width: float, size: float) -> list[Word]:
        """Return words on one line, shortened where they are too long for it."""
        found = type.readable(paragraphs(words))
        if not found:
            return []
        line = [word for paragraph in found for word in paragraph]
        wide = width / size * 100
        return line if type.line_width(line) <= wide else type.shortened(line, wide)

    def one_line(
        self,
        type: Type,
        line: list[Word],
        left: float,
        right: float,
        top: float,
        size: float,
        colour: str,
        *,
        end: bool = False,
    ) -> None:
        """Draw a line at the side where words begin, or at the `end`."""
        set_ = Lines(size, 1.2, [line])
        how = {"fill": self.colours[colour], "rtl": self.rtl}
        if end:
            wide = type.line_width(line) * size / 100
            left, right = (left, left + wide) if self.rtl else (right - wide, right)
        type.write(self.canvas, set_, (left, top, right - left), **how)


def fitting(path: str, width: int, height: int) -> Image.Image:
    """Return a picture that fills so much, cut at its longer sides."""
    with Image.open(path, formats=("WEBP",)) as image:
        return ImageOps.fit(image.convert("RGB"), (width, height), Image.Resampling.LANCZOS, centering=(0.5, 0.4))


def paragraphs(words: Sequence[Sequence[Sequence[Any]]]) -> Paragraphs:
    return [[tuple(map(tuple_of, word)) for word in paragraph] for paragraph in words]
