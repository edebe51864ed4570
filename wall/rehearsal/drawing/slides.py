"""Pictures of slides and boards, without a single letter."""

from math import cos, pi, sin

from wall.rehearsal.drawing.canvas import Canvas


def chart() -> Canvas:
    sheet = _slide("#fff6e6")
    sheet.box(130, 90, 430, 40, "#2b2245", round=8)
    sheet.box(130, 146, 300, 18, "#b9a9bf", round=6)
    for number, (height, colour) in enumerate(
        ((46, "#cdbfd0"), (78, "#cdbfd0"), (60, "#cdbfd0"), (104, "#cdbfd0"), (88, "#cdbfd0"), (372, "#ef6a3a"))
    ):
        sheet.box(150 + number * 152, 560 - height, 104, height, colour, round=8)
    sheet.box(130, 560, 940, 6, "#2b2245")
    sheet.line([(700, 170), (800, 150), (886, 190)], "#2b2245", 6)
    sheet.shape([(882, 168), (912, 206), (868, 206)], "#2b2245")
    return sheet


def metro() -> Canvas:
    sheet = _slide("#f3f1ea")
    sheet.shape([(40, 470), (300, 420), (520, 520), (820, 430), (1160, 520), (1160, 634), (40, 634)], "#cfe6ee")
    for colour, points in (
        ("#e4572e", [(110, 180), (380, 180), (600, 330), (1090, 330)]),
        ("#2a7f9e", [(180, 560), (180, 330), (420, 330), (600, 330), (820, 150), (1080, 150)]),
        ("#f2b134", [(110, 420), (470, 420), (640, 250), (640, 90)]),
        ("#3f9b62", [(330, 90), (330, 480), (560, 560), (1000, 560)]),
        ("#7a4aa0", [(960, 90), (960, 420), (760, 560)]),
    ):
        sheet.line(points, colour, 17)
        for x, y in points:
            sheet.disc(x, y, 17, "#f3f1ea")
            sheet.ring(x, y, 18, "#2b2245", 6)
    sheet.disc(600, 330, 32, "#f3f1ea")
    sheet.ring(600, 330, 33, "#2b2245", 9)
    return sheet


def words() -> Canvas:
    sheet = _slide("#123a4a")
    for x, y, width, colour in (
        (140, 170, 330, "#fdf3dc"),
        (500, 170, 190, "#fdf3dc"),
        (720, 170, 320, "#fdf3dc"),
        (140, 290, 210, "#fdf3dc"),
        (380, 290, 500, "#ffb84d"),
        (140, 410, 560, "#fdf3dc"),
    ):
        sheet.box(x, y, width, 78, colour, round=14)
    sheet.line([(384, 388), (520, 378), (700, 392), (876, 380)], "#ef6a3a", 10)
    sheet.disc(1010, 520, 44, "#ef6a3a")
    sheet.line([(1010, 520), (1010, 492)], "#fdf3dc", 7)
    sheet.line([(1010, 520), (1030, 528)], "#fdf3dc", 7)
    return sheet


def whiteboard() -> Canvas:
    sheet = Canvas(1200, 900, "#d9b48f", "#b98a62")
    sheet.box(70, 60, 1060, 740, "#7a6a66", round=18)
    sheet.box(92, 82, 1016, 696, "#fbfaf6", round=8)
    notes = ("#ffd84d", "#ff8fa3", "#7fd1c4", "#ffb36b", "#b9a4f0")
    for number in range(17):
        column, row = number % 6, number // 6
        if number in (8, 9, 14):
            continue
        x = 140 + column * 158 + 12 * sin(number * 2.3)
        y = 130 + row * 212 + 16 * cos(number * 1.7)
        tilt = 9 * sin(number * 3.1)
        colour = notes[(number * 3 + row) % 5]
        sheet.shape(
            [(x + 6, y + 10), (x + 132, y + 10 + tilt), (x + 132 - tilt, y + 142 + tilt), (x + 6 - tilt, y + 140)],
            "#00000022",
        )
        sheet.shape([(x, y), (x + 126, y + tilt), (x + 126 - tilt, y + 132 + tilt), (x - tilt, y + 132)], colour)
        for stroke in range(2 + number % 3):
            sheet.line(
                [
                    (x + 18, y + 34 + stroke * 26),
                    (x + 60 + (number * 37 + stroke * 23) % 44, y + 36 + stroke * 26),
                ],
                "#3a2f4a",
                6,
            )
    sheet.line([(452, 480), (540, 420), (650, 424), (720, 470)], "#d9422e", 9)
    sheet.shape([(700, 446), (742, 486), (690, 488)], "#d9422e")
    sheet.ring(588, 510, 62, "#2a7f9e", 8)
    sheet.box(420, 800, 360, 26, "#8d7d78", round=8)
    for number, colour in enumerate(("#d9422e", "#2a7f9e", "#2b2245")):
        sheet.box(450 + number * 96, 788, 78, 18, colour, round=8)
    return sheet


def mesh() -> Canvas:
    sheet = Canvas(1200, 675, "#ff9d6c", "#6a3a7a")
    sheet.glow(930, 200, 260, "#ffe1a8", 0.9)
    sheet.disc(930, 200, 64, "#fff0c9")
    roofs = [(0, 470, 230), (190, 400, 190), (360, 500, 220), (560, 430, 200), (740, 490, 230), (950, 410, 250)]
    tops = [(x + width / 2, y - 120) for x, y, width in roofs]
    for first, second in ((0, 1), (1, 2), (1, 3), (2, 3), (3, 4), (3, 5), (4, 5)):
        (ax, ay), (bx, by) = tops[first], tops[second]
        for step in range(1, 14):
            part = step / 14
            sheet.disc(ax + (bx - ax) * part, ay + (by - ay) * part - 22 * sin(part * pi), 4, "#fff4dc")
    for number, (x, y, width) in enumerate(roofs):
        wall = ("#3b2350", "#4a2a5e", "#33204a")[number % 3]
        sheet.box(x, y, width, 300, wall)
        sheet.shape(
            [(x - 14, y), (x + width / 2, y - 76), (x + width + 14, y)],
            ("#c2493d", "#a83a4a", "#d9643f")[number % 3],
        )
        for window in range(4):
            lit = (window + number) % 3
            sheet.box(
                x + 28 + window % 2 * (width - 96),
                y + 40 + window // 2 * 92,
                40,
                54,
                "#ffd27a" if lit else "#251537",
                round=4,
            )
        sheet.line([(tops[number][0], y - 70), tops[number]], "#251537", 6)
        sheet.disc(*tops[number], 12, "#ffe9b0")
        sheet.ring(*tops[number], 24, "#ffe9b0aa", 4)
    return sheet


def _slide(paper: str) -> Canvas:
    sheet = Canvas(1200, 675, "#1d1830", "#2d2145")
    sheet.box(40, 40, 1120, 595, paper, round=10)
    return sheet


SCENES = {"slide-chart": chart, "slide-map": metro, "slide-type": words, "whiteboard": whiteboard, "mesh": mesh}
