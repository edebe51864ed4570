"""Pictures of the depot: its stages, its audience, its evenings."""

from math import sin

from wall.rehearsal.drawing.canvas import Canvas

_DARK = "#100c1c"


def stage() -> Canvas:
    sheet = Canvas(1200, 675, "#1b1233", "#3a1d4d")
    sheet.shape([(520, -20), (680, -20), (860, 560), (340, 560)], "#ffd68a30")
    sheet.shape([(560, -20), (640, -20), (770, 560), (430, 560)], "#ffe2a83c")
    sheet.box(0, 530, 1200, 145, "#2a1433")
    sheet.disc(600, 545, 265, "#ffcf7d", tall=0.13)
    sheet.glow(600, 400, 330, "#ffc56b", 0.55)
    _speaker(sheet, 600, 545, 1.25)
    sheet.shape([(680, 430), (756, 430), (742, 548), (694, 548)], "#5b2b3f")
    sheet.shape([(672, 418), (768, 408), (768, 426), (672, 434)], "#7d3b4c")
    sheet.line([(712, 414), (704, 388), (692, 380)], "#1b1233", 5)
    _heads(sheet, 640, 44, 96, _DARK, 0)
    return sheet


def stage_wide() -> Canvas:
    sheet = Canvas(1280, 640, "#0d2436", "#123f4f")
    sheet.box(210, 60, 860, 370, "#f4ead5", round=6)
    sheet.shape([(210, 300), (420, 230), (640, 290), (860, 180), (1070, 250), (1070, 430), (210, 430)], "#3aa6a0")
    sheet.shape([(210, 360), (470, 300), (720, 370), (1070, 310), (1070, 430), (210, 430)], "#1d6f78")
    sheet.disc(880, 150, 46, "#f08a4b")
    sheet.glow(640, 250, 560, "#dff4e8", 0.16)
    sheet.box(0, 470, 1280, 170, "#0a1b29")
    sheet.box(0, 466, 1280, 10, "#1f5561")
    for x in (60, 130, 1150, 1220):
        sheet.shape(
            [(x - 6, 0), (x + 6, 0), (x + (640 - x) * 0.25 + 60, 470), (x + (640 - x) * 0.25 - 60, 470)],
            "#8fe0d620",
        )
    _speaker(sheet, 300, 478, 0.8)
    _heads(sheet, 600, 34, 74, "#06121c", 3)
    return sheet


def panel() -> Canvas:
    sheet = Canvas(1200, 675, "#23315c", "#4a3b78")
    sheet.box(0, 500, 1200, 175, "#1a1b3a")
    sheet.glow(600, 330, 420, "#ffcf8a", 0.5)
    for x, chair, shirt, skin in (
        (250, "#e4572e", "#f6e7c8", "#8d5a3c"),
        (440, "#2e9e8f", "#2b2d5b", "#e9b98f"),
        (770, "#f2b134", "#7b2d4e", "#5c3a28"),
        (960, "#5b7fe0", "#f29e8e", "#f0cba6"),
    ):
        side = 1 if x < 600 else -1
        sheet.box(x - 78, 330, 156, 170, chair, round=34)
        sheet.box(x - 48, 345, 96, 130, shirt, round=36)
        sheet.disc(x, 312, 38, skin)
        sheet.slice(x, 306, 41, 180, 360, "#1a1226")
        sheet.line([(x - 14, 470), (x + 50 * side, 476), (x + 58 * side, 560)], "#14142e", 30)
        sheet.line([(x + 16, 470), (x + 82 * side, 478), (x + 86 * side, 560)], "#14142e", 30)
        sheet.box(x - 88, 420, 34, 90, chair, round=16)
        sheet.box(x + 54, 420, 34, 90, chair, round=16)
    sheet.disc(605, 512, 78, "#c98b4b", tall=0.24)
    sheet.box(598, 512, 14, 70, "#8a5a2f")
    sheet.box(600, 420, 10, 84, "#3a2338")
    sheet.shape([(572, 432), (638, 432), (622, 378), (588, 378)], "#ffe7ad")
    return sheet


def crowd() -> Canvas:
    sheet = Canvas(1200, 675, "#f28f5c", "#7a2f5e")
    sheet.box(330, 90, 540, 240, "#ffe9c4", round=8)
    sheet.box(380, 140, 300, 34, "#d9534a", round=6)
    sheet.box(380, 196, 420, 20, "#e8b98a", round=6)
    sheet.box(380, 232, 360, 20, "#e8b98a", round=6)
    sheet.glow(600, 210, 480, "#fff1d0", 0.45)
    for row, (y, colour) in enumerate(((380, "#a2456a"), (450, "#7d3160"), (530, "#541f4d"), (630, "#2d1036"))):
        _heads(sheet, y, 26 + row * 13, 72 + row * 26, colour, row)
    return sheet


def party() -> Canvas:
    sheet = Canvas(1200, 800, "#1a1440", "#4b1d4f")
    for row, (left, right, sag) in enumerate(((40, 130, 120), (150, 60, 150), (230, 260, 110))):
        points = [
            (x, left + (right - left) * x / 1200 + sag * (1 - ((x - 600) / 600) ** 2)) for x in range(0, 1201, 40)
        ]
        sheet.line(points, "#0d0a24", 3)
        for number, (x, wire) in enumerate(points[1 + row % 2 :: 3]):
            sheet.glow(x, wire + 16, 74, "#ffb84d", 0.6)
            sheet.disc(x, wire + 16, 11, ("#fff0c2", "#ffdf94", "#ffe7ae")[number % 3], tall=1.25)
    for number in range(14):
        middle, top = 40 + number * 88 + 20 * sin(number * 2.1), 600 + 26 * sin(number * 1.7)
        colour = ("#2a123c", "#3a1746", "#241038")[number % 3]
        sheet.disc(middle, top, 40, colour, tall=1.15)
        sheet.box(middle - 62, top + 46, 124, 220, colour, round=50)
        if number % 3 == 1:
            sheet.line([(middle + 46, top + 90), (middle + 62, top - 20), (middle + 52, top - 70)], "#5b2454", 24)
            sheet.shape(
                [
                    (middle + 34, top - 118),
                    (middle + 78, top - 118),
                    (middle + 66, top - 66),
                    (middle + 46, top - 66),
                ],
                "#ffc56bcc",
            )
    return sheet


def _speaker(sheet: Canvas, x: float, y: float, size: float) -> None:
    """A small standing figure with one raised hand."""
    sheet.line([(x - 12 * size, y), (x - 10 * size, y - 62 * size)], "#221a3a", 17 * size)
    sheet.line([(x + 12 * size, y), (x + 10 * size, y - 62 * size)], "#221a3a", 17 * size)
    sheet.box(x - 27 * size, y - 128 * size, 54 * size, 76 * size, "#e4572e", round=22 * size)
    sheet.line(
        [(x - 22 * size, y - 112 * size), (x - 52 * size, y - 132 * size), (x - 60 * size, y - 166 * size)],
        "#e4572e",
        15 * size,
    )
    sheet.line(
        [(x + 22 * size, y - 110 * size), (x + 40 * size, y - 80 * size), (x + 48 * size, y - 92 * size)],
        "#e4572e",
        15 * size,
    )
    sheet.disc(x - 61 * size, y - 172 * size, 9 * size, "#8d5a3c")
    sheet.disc(x, y - 152 * size, 22 * size, "#8d5a3c", tall=1.1)
    sheet.slice(x, y - 157 * size, 25 * size, 170, 370, "#1c1020")


def _heads(sheet: Canvas, y: float, radius: float, step: float, colour: str, turn: int) -> None:
    """A row of people from behind, none as tall as the next."""
    for number in range(-1, int(sheet.width / step) + 2):
        x = number * step + turn * step / 2.4
        top = y + radius * 0.35 * sin(number * 1.9 + turn)
        wide = radius * (0.92 + 0.12 * sin(number * 2.7 + turn))
        sheet.box(x - wide * 1.75, top + wide * 0.95, wide * 3.5, sheet.height, colour, round=wide)
        sheet.disc(x, top, wide, colour, tall=1.12)
        if number % 4 == turn % 4:
            sheet.disc(x, top - wide * 1.2, wide * 0.45, colour)


SCENES = {"stage": stage, "stage-wide": stage_wide, "panel": panel, "crowd": crowd, "party": party}
