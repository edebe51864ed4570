"""Avatars: faces and marks of a few plain shapes, no two alike."""

from random import Random

from wall.rehearsal.drawing.canvas import Canvas, leaf

MANY = 60
_SIZE = 192
_GROUNDS = (
    "#ef6a3a",
    "#2a7f9e",
    "#f2b134",
    "#3f9b62",
    "#7a4aa0",
    "#e8677a",
    "#1f5f6b",
    "#22354f",
    "#c2493d",
    "#5b7fe0",
    "#8fb339",
    "#d98bb5",
)
_SKINS = ("#f4d3b3", "#e9b98f", "#c98f66", "#a3693f", "#7a4a2f", "#5a3524")
_HAIRS = ("#1c1020", "#3a2418", "#7a4527", "#c98b3a", "#b8402a", "#d9d4cc", "#4a2a5e", "#e8d9a8")
_COATS = ("#fdf3dc", "#2b2245", "#ffd84d", "#e4572e", "#7fd1c4", "#22507a", "#b9a4f0", "#3f7f52")


def face(number: int) -> bytes:
    """Return one avatar; every fourth is a mark instead of a face."""
    random = Random(f"avatar {number}")
    ground = _GROUNDS[number % len(_GROUNDS)]
    sheet = Canvas(_SIZE, _SIZE, ground)
    if number % 4 == 0:
        _mark(sheet, number // 4, random)
    else:
        _face(sheet, number, ground, random)
    return sheet.png()


def _face(sheet: Canvas, number: int, ground: str, random: Random) -> None:
    skin, hair = _SKINS[(number * 5 + number // 7) % 6], random.choice(_HAIRS)
    coat = random.choice([colour for colour in _COATS if colour != ground])
    style = number % 7
    sheet.disc(150, 40, 70, "#ffffff1e")
    if style in (1, 4):
        sheet.box(44, 56, 104, 118, hair, round=46)
    if style == 5:
        for x, y in ((54, 62), (76, 42), (104, 38), (130, 52), (142, 78), (46, 88)):
            sheet.disc(x, y, 26, hair)
    sheet.box(26, 146, 140, 80, coat, round=44)
    sheet.box(80, 120, 32, 42, coat if style == 6 else skin, round=14)
    sheet.disc(96, 92, 44, skin, tall=1.12)
    if style in (0, 1, 2, 4):
        sheet.slice(96, 84, 48, 184, 356, hair)
    if style == 2:
        sheet.disc(96, 32, 20, hair)
    if style == 3:
        sheet.slice(96, 80, 50, 176, 364, coat)
        sheet.box(42, 74, 108, 14, coat, round=7)
        sheet.disc(96, 26, 10, coat)
    if style == 6:
        sheet.disc(96, 92, 58, coat, tall=1.14)
        sheet.disc(96, 98, 39, skin, tall=1.12)
    if style == 4:
        sheet.shape([(50, 84), (60, 44), (120, 40), (84, 70)], hair)
    for x in (80, 112):
        sheet.disc(x, 94, 5.5, "#1c1020")
    if number % 3 == 0:
        for x in (79, 113):
            sheet.ring(x, 94, 15, "#1c1020", 3.5)
        sheet.line([(93, 92), (99, 92)], "#1c1020", 3.5)
    if number % 5 < 2 and style in (0, 3):
        sheet.slice(96, 104, 39, 18, 162, hair)
    sheet.slice(96, 112, 15, 15, 165, "#fdf6ee" if number % 2 else "#8a2f3a")


def _mark(sheet: Canvas, kind: int, random: Random) -> None:
    light, dark = random.choice(("#fdf3dc", "#ffe7ae", "#fbe4ec")), "#221a3a"
    match kind % 8:
        case 0:
            for step in range(4):
                sheet.ring(96, 96, 80 - step * 20, light if step % 2 else dark, 9)
        case 1:
            sheet.box(40, 60, 112, 70, light, round=24)
            for window in range(3):
                sheet.box(52 + window * 31, 72, 25, 24, dark, round=5)
            for wheel in (66, 126):
                sheet.disc(wheel, 134, 13, dark)
        case 2:
            for petal in range(8):
                sheet.shape(leaf(96, 96, petal * 45 + kind, 76, 36), light)
            sheet.disc(96, 96, 18, dark)
        case 3:
            sheet.shape([(0, 192), (62, 66), (110, 150), (140, 104), (192, 192)], dark)
            sheet.shape([(46, 100), (62, 66), (84, 104), (66, 96)], light)
            sheet.disc(146, 50, 20, light)
        case 4:
            for row in range(4):
                for column in range(4):
                    if random.random() < 0.62:
                        sheet.box(
                            30 + column * 34, 30 + row * 34, 29, 29, (light, dark)[(row * column) % 2], round=6
                        )
        case 5:
            for wave in range(4):
                y = 56 + wave * 28
                sheet.line(
                    [(20, y), (58, y - 18), (96, y), (134, y - 18), (172, y)], light if wave % 2 else dark, 11
                )
        case 6:
            sheet.shape(leaf(96, 168, 0, 140, 84), light)
            sheet.line([(96, 172), (96, 60)], dark, 6)
            for y in (84, 110, 136):
                sheet.line([(96, y + 14), (118, y - 4)], dark, 5)
                sheet.line([(96, y + 14), (74, y - 4)], dark, 5)
        case _:
            sheet.disc(96, 104, 56, light)
            sheet.shape([(48, 86), (46, 34), (88, 56)], light)
            sheet.shape([(144, 86), (146, 34), (104, 56)], light)
            for x in (76, 116):
                sheet.disc(x, 98, 7, dark)
            sheet.shape([(88, 116), (104, 116), (96, 126)], "#e8677a")
