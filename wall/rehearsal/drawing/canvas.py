"""A sheet to draw on with flat shapes, light and shade; drawn at double size, so that edges are smooth."""

from collections.abc import Sequence
from io import BytesIO
from math import cos, pi, radians, sin

from PIL import Image, ImageColor, ImageDraw, ImageOps

Point = tuple[float, float]
_TWICE = 2
_QUALITY = 88


class Canvas:
    """Coordinates are pixels of the finished picture; colours are `#rrggbb` or `#rrggbbaa`."""

    def __init__(self, width: int, height: int, top: str, bottom: str | None = None) -> None:
        self.width, self.height = width, height
        size = (width * _TWICE, height * _TWICE)
        ramp = Image.linear_gradient("L").resize((1, size[1]))
        self._image = ImageOps.colorize(ramp, top, bottom or top).resize(size, Image.Resampling.NEAREST)
        self._draw = ImageDraw.Draw(self._image, "RGBA")

    def box(self, x: float, y: float, width: float, height: float, colour: str, *, round: float = 0) -> None:
        corners = [(x * _TWICE, y * _TWICE), ((x + width) * _TWICE, (y + height) * _TWICE)]
        if round:
            self._draw.rounded_rectangle(corners, round * _TWICE, fill=colour)
        else:
            self._draw.rectangle(corners, fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: str, *, tall: float = 1.0) -> None:
        """Draw a filled circle, or an ellipse `tall` times as high as wide."""
        high = radius * tall
        corners = [(x - radius) * _TWICE, (y - high) * _TWICE, (x + radius) * _TWICE, (y + high) * _TWICE]
        self._draw.ellipse(corners, fill=colour)

    def ring(self, x: float, y: float, radius: float, colour: str, width: float) -> None:
        corners = [(x - radius) * _TWICE, (y - radius) * _TWICE, (x + radius) * _TWICE, (y + radius) * _TWICE]
        self._draw.ellipse(corners, outline=colour, width=int(width * _TWICE))

    def slice(self, x: float, y: float, radius: float, start: float, end: float, colour: str) -> None:
        corners = [(x - radius) * _TWICE, (y - radius) * _TWICE, (x + radius) * _TWICE, (y + radius) * _TWICE]
        self._draw.pieslice(corners, start, end, fill=colour)

    def shape(self, points: Sequence[Point], colour: str) -> None:
        self._draw.polygon([(x * _TWICE, y * _TWICE) for x, y in points], fill=colour)

    def line(self, points: Sequence[Point], colour: str, width: float) -> None:
        """Draw a line with round joints and ends."""
        self._draw.line([(x * _TWICE, y * _TWICE) for x, y in points], colour, int(width * _TWICE), joint="curve")
        for x, y in (points[0], points[-1]):
            self.disc(x, y, width / 2 - 0.25, colour)

    def glow(self, x: float, y: float, radius: float, colour: str, strength: float = 1.0) -> None:
        """Lay a soft round light over what is there."""
        size = int(radius * 2 * _TWICE)
        small = Image.radial_gradient("L").point(
            [int(max(0, 181 - level) ** 2 / 181 * 1.4 * strength) for level in range(256)]
        )
        mask = small.resize((size, size), Image.Resampling.BILINEAR)
        place = (int((x - radius) * _TWICE), int((y - radius) * _TWICE))
        self._image.paste(ImageColor.getrgb(colour)[:3], (*place, place[0] + size, place[1] + size), mask)

    def lay(self, other: "Canvas", x: float, y: float) -> None:
        """Lay another sheet on this one."""
        self._image.paste(other._image, (int(x * _TWICE), int(y * _TWICE)))

    def jpeg(self) -> bytes:
        return self._bytes("JPEG", quality=_QUALITY)

    def png(self) -> bytes:
        return self._bytes("PNG", compress_level=6)

    def _bytes(self, kind: str, **options: int) -> bytes:
        out = BytesIO()
        self._image.reduce(_TWICE).save(out, kind, **options)
        return out.getvalue()


def leaf(x: float, y: float, angle: float, length: float, width: float) -> list[Point]:
    """Return the outline of a leaf that grows from a point, in degrees clockwise from straight up."""
    along, across = radians(angle - 90), radians(angle)
    outline = []
    for step in range(21):
        side = 1 if step <= 10 else -1
        part = (step if step <= 10 else 20 - step) / 10
        out = max(sin(part * pi), 0) ** 0.8 * width / 2 * side
        outline.append(
            (
                x + cos(along) * part * length + cos(across) * out,
                y + sin(along) * part * length + sin(across) * out,
            )
        )
    return outline
