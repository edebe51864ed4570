"""Pictures of streets, and of the swimming pool."""

from math import sin

from wall.rehearsal.drawing.canvas import Canvas, leaf


def lamp() -> Canvas:
    sheet = Canvas(900, 1200, "#0b1d3a", "#1f4a63")
    for number in range(46):
        sheet.disc((number * 211) % 900, (number * 137) % 620, 1.6 + number % 3, "#dfe9ffbb")
    sheet.disc(170, 190, 66, "#f3ecd0")
    sheet.disc(196, 174, 60, "#0e2441")
    sheet.shape([(0, 980), (0, 700), (150, 620), (300, 720), (300, 980)], "#0a1830")
    sheet.box(60, 780, 44, 60, "#ffcf7d")
    sheet.shape([(520, 402), (640, 402), (880, 1080), (270, 1080)], "#ffd57a44")
    sheet.disc(576, 1076, 308, "#ffdf9a66", tall=0.16)
    sheet.glow(580, 410, 260, "#ffdc8a", 1.0)
    sheet.box(0, 1060, 900, 140, "#0a1830")
    sheet.disc(576, 1078, 296, "#caa45a55", tall=0.14)
    sheet.line([(330, 1120), (330, 430), (380, 320), (470, 300), (580, 330)], "#050e1f", 20)
    sheet.box(300, 1040, 60, 90, "#050e1f", round=8)
    sheet.shape([(520, 330), (640, 330), (664, 396), (496, 396)], "#050e1f")
    sheet.disc(580, 398, 54, "#fff3c8", tall=0.42)
    sheet.disc(470, 206, 84, "#7a5236", tall=1.14)
    sheet.disc(470, 232, 54, "#e8cfa4", tall=1.2)
    sheet.shape([(396, 152), (404, 86), (450, 128)], "#7a5236")
    sheet.shape([(544, 152), (536, 86), (490, 128)], "#7a5236")
    sheet.shape(leaf(392, 160, 176, 140, 52), "#5c3b26")
    sheet.shape(leaf(548, 160, 184, 140, 52), "#5c3b26")
    for x in (438, 502):
        sheet.disc(x, 170, 36, "#fff3d0")
        sheet.disc(x, 170, 20, "#f2a81f")
        sheet.disc(x, 170, 12, "#120a14")
        sheet.disc(x + 4, 165, 4, "#ffffff")
    sheet.shape([(458, 192), (482, 192), (470, 218)], "#ef8a2e")
    for y in range(3):
        for x in range(3):
            sheet.slice(440 + x * 30, 244 + y * 22, 11, 0, 180, "#b98f5e")
    for x in (448, 492):
        sheet.line([(x, 288), (x, 306)], "#ef8a2e", 12)
    return sheet


def pool() -> Canvas:
    sheet = Canvas(1200, 800, "#2bb3c9", "#1884b0")
    sheet.box(0, 0, 1200, 70, "#f3e6cf")
    sheet.box(0, 730, 1200, 70, "#f3e6cf")
    for lane in range(1, 5):
        y = 70 + lane * 132
        for bead in range(31):
            sheet.box(bead * 40, y - 7, 34, 14, "#e4572e" if bead % 4 < 2 else "#fdf6e6", round=7)
    for lane in range(5):
        sheet.box(60, 128 + lane * 132, 1080, 14, "#12698f66", round=7)
    for number in range(44):
        x, y = (number * 277) % 1160, 92 + (number * 139) % 610
        sheet.line([(x, y), (x + 14, y - 5), (x + 30, y), (x + 46, y - 5)], "#9fe6ee88", 4)
    for x, y, cap, skin in ((430, 278, "#ffd84d", "#c98f66"), (800, 536, "#ef6a8a", "#7a4a2f")):
        sheet.shape([(x - 170, y - 16), (x - 30, y - 26), (x - 30, y + 26), (x - 170, y + 16)], "#d6f5f766")
        sheet.line([(x, y + 6), (x + 50, y - 36), (x + 100, y - 26)], skin, 18)
        sheet.line([(x - 10, y), (x - 90, y + 4)], skin, 36)
        sheet.disc(x + 22, y, 28, cap)
        sheet.slice(x + 22, y, 28, 300, 60, skin)
    for x, y, size in ((260, 600, 190), (980, 180, 230), (620, 410, 160)):
        sheet.glow(x, y, size, "#ffffff", 0.5)
    return sheet


def bicycle() -> Canvas:
    sheet = Canvas(1200, 800, "#6a7fa8", "#c9b8c8")
    sheet.box(0, 610, 1200, 190, "#4a4f66")
    sheet.box(0, 602, 1200, 22, "#7a7f96")
    sheet.box(300, 0, 30, 620, "#2b2f45")
    white = "#fbfbf7"
    for x in (430, 790):
        sheet.ring(x, 520, 132, white, 14)
        for spoke in range(6):
            across, up = 124 * sin(spoke * 1.047), 124 * sin(spoke * 1.047 + 1.571)
            sheet.line([(x - across, 520 - up), (x + across, 520 + up)], "#fbfbf799", 3)
        sheet.disc(x, 520, 14, white)
    for points in (
        [(430, 520), (540, 330), (740, 330), (610, 520), (430, 520)],
        [(540, 330), (610, 520)],
        [(740, 330), (790, 520)],
        [(740, 330), (722, 262), (776, 240), (812, 262)],
        [(540, 330), (524, 286)],
    ):
        sheet.line(points, white, 16)
    sheet.box(476, 268, 104, 24, white, round=12)
    sheet.disc(610, 520, 28, white)
    for number in range(15):
        x, y = 640 + (number * 47) % 150, 350 + (number * 31) % 120 - 30
        sheet.shape(leaf(x, y + 18, number * 53 % 360, 60, 26), "#4f8f5a")
    for number in range(13):
        x, y = 640 + (number * 61) % 150, 330 + (number * 43) % 120
        for petal in range(5):
            sheet.shape(
                leaf(x, y, petal * 72 + number * 13, 28, 22),
                ("#ef6a6a", "#ffd84d", "#f3a6d0", "#fdf6e6")[number % 4],
            )
        sheet.disc(x, y, 8, "#7a3f2a")
    return sheet


def crossing() -> Canvas:
    sheet = Canvas(1200, 800, "#59607a", "#4a5068")
    sheet.box(0, 0, 1200, 130, "#c9c2b0")
    sheet.box(0, 670, 1200, 130, "#c9c2b0")
    for y in (126, 664):
        sheet.box(0, y, 1200, 10, "#948c7a")
    for stripe in range(7):
        sheet.box(250 + stripe * 104, 150, 60, 500, "#fbf7ea", round=4)
    coats = ("#e4572e", "#f2b134", "#3f9b62", "#2a7f9e", "#7a4aa0", "#ef6a8a", "#ffd84d", "#1f8f83", "#d9422e")
    for number, coat in enumerate(coats):
        x, y = 200 + number * 98, round(400 + 44 * sin(number * 1.3))
        sheet.disc(x + 14, y + 22, 46, "#00000033", tall=0.8)
        sheet.disc(x, y, 44, coat, tall=0.78)
        if number:
            sheet.line([(x - 36, y), (x - 60, y - 20 * sin(number))], coat, 16)
        sheet.disc(x, y - 4, 25, ("#3a2418", "#1c1020", "#c98b3a", "#6a3b22")[number % 4])
        if number % 3 == 0:
            sheet.disc(x - 24, y - 12, 11, "#3a2418")
            sheet.disc(x + 24, y - 12, 11, "#3a2418")
    for x in (150, 1040):
        sheet.disc(x, 722, 30, "#2b2f45")
        sheet.disc(x, 722, 14, "#5fffa8")
        sheet.glow(x, 722, 64, "#5fffa8", 0.5)
    return sheet


SCENES = {"lamp": lamp, "pool": pool, "bicycle": bicycle, "crossing": crossing}
