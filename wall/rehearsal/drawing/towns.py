"""Pictures of Saltmere, and of the way there."""

from math import sin

from wall.rehearsal.drawing.canvas import Canvas, leaf


def skyline() -> Canvas:
    sheet = Canvas(1280, 640, "#2b1b5e", "#ff9a6b")
    sheet.glow(880, 470, 330, "#ffe0a0", 0.9)
    sheet.disc(880, 440, 70, "#fff1cf")
    for row, (colour, floor, step) in enumerate(
        (("#7a4a86", 470, 92), ("#4f2d6b", 490, 116), ("#2a1646", 520, 146))
    ):
        for number in range(-1, 15):
            x, width = number * step + row * 31, step - 14
            height = 96 + (number * 67 + row * 43) % 150 - row * 16
            sheet.box(x, floor - height, width, height + 60, colour)
            if (number + row) % 4 == 0:
                sheet.shape(
                    [
                        (x - 4, floor - height),
                        (x + width / 2, floor - height - 58),
                        (x + width + 4, floor - height),
                    ],
                    colour,
                )
            if row:
                for window in range(8):
                    if (window * 5 + number * 3 + row) % 4 < 2:
                        sheet.box(
                            x + 14 + window % 2 * (width - 46),
                            floor - height + 20 + window // 2 * 34,
                            16,
                            20,
                            "#ffcf7d",
                        )
    sheet.box(0, 530, 1280, 110, "#1b1038")
    for number in range(26):
        wide = 40 + (number * 53) % 120
        sheet.box((number * 197) % 1280, 548 + (number * 29) % 84, wide, 4, "#ffb36b88", round=2)
    sheet.box(0, 512, 1280, 16, "#150b2b")
    for x in range(60, 1280, 190):
        sheet.slice(x + 95, 590, 84, 180, 360, "#150b2b")
        sheet.slice(x + 95, 592, 68, 180, 360, "#3a2150")
    sheet.box(430, 466, 230, 46, "#ffcf4d", round=12)
    for window in range(6):
        sheet.box(444 + window * 35, 474, 26, 18, "#fff4d0", round=3)
    sheet.line([(545, 466), (570, 446), (595, 446)], "#150b2b", 4)
    sheet.line([(0, 444), (1280, 444)], "#150b2b88", 2)
    return sheet


def tram() -> Canvas:
    sheet = Canvas(1200, 800, "#0f1c3f", "#2f3f78")
    for number in range(9):
        x = number * 150 - 30
        height = 240 + (number * 71) % 190
        sheet.box(x, 600 - height, 134, height, "#0b1430")
        for window in range(6):
            if (window + number) % 3 == 0:
                sheet.box(x + 24 + window % 2 * 56, 630 - height + window // 2 * 62, 28, 36, "#f0b860")
    sheet.glow(600, 470, 620, "#ffc65a", 0.3)
    sheet.box(0, 650, 1200, 150, "#131a33")
    for y in (690, 734):
        sheet.box(0, y, 1200, 6, "#8fa0c8")
    sheet.line([(0, 150), (1200, 150)], "#060b1c", 4)
    sheet.line([(560, 256), (640, 206), (590, 152)], "#060b1c", 9)
    sheet.box(170, 250, 860, 420, "#f4b52e", round=48)
    sheet.box(210, 236, 780, 40, "#d9932a", round=18)
    sheet.box(170, 500, 860, 24, "#fdf3dc")
    sheet.box(196, 300, 808, 178, "#ffedb8", round=20)
    for number, x in enumerate((250, 380, 470, 610, 700, 860, 930)):
        tall = 14 * sin(number * 2.2)
        coat = ("#b83a4a", "#1f5f6b", "#4a2a5e", "#3f7f52")[number % 4]
        sheet.disc(x, 372 + tall, 29, ("#8d5a3c", "#e9b98f", "#5c3a28")[number % 3], tall=1.1)
        sheet.box(x - 42, 408 + tall, 84, 70 - tall, coat, round=24)
    sheet.box(196, 478, 808, 24, "#f4b52e")
    for x in (330, 530, 730, 890):
        sheet.box(x - 8, 296, 16, 190, "#d9932a")
    sheet.disc(600, 590, 44, "#fdf3dc")
    sheet.ring(600, 582, 16, "#d9542c", 8)
    sheet.line([(615, 584), (608, 616)], "#d9542c", 8)
    for x in (340, 440, 760, 860):
        sheet.disc(x, 680, 40, "#0a0f22")
        sheet.disc(x, 680, 18, "#8fa0c8")
    for x in (206, 994):
        sheet.glow(x, 590, 90, "#fff0b8", 0.9)
        sheet.disc(x, 590, 19, "#fffbe8")
    return sheet


def train() -> Canvas:
    sheet = Canvas(1200, 900, "#3a2f4a", "#2a2138")
    sheet.box(90, 80, 1020, 640, "#1d1628", round=66)
    window = Canvas(960, 580, "#8fd0e8", "#ffe0b0")
    window.disc(720, 210, 54, "#fff6d8")
    window.glow(720, 210, 230, "#fff0c0", 0.7)
    window.shape(
        [(0, 330), (180, 220), (380, 310), (560, 230), (800, 320), (960, 260), (960, 580), (0, 580)], "#7fa8a0"
    )
    window.shape([(0, 390), (260, 330), (560, 390), (960, 340), (960, 580), (0, 580)], "#e8b84d")
    window.shape([(0, 440), (420, 400), (960, 450), (960, 580), (0, 580)], "#6fa552")
    window.shape([(0, 520), (500, 470), (960, 530), (960, 580), (0, 580)], "#3f7f4f")
    window.box(296, 250, 26, 120, "#fdf3dc")
    window.shape([(288, 252), (309, 168), (330, 252)], "#c2493d")
    window.box(322, 310, 90, 58, "#fdf3dc")
    window.shape([(316, 312), (367, 274), (418, 312)], "#c2493d")
    for number in range(9):
        window.shape(
            leaf(40 + number * 116, 520 + 14 * sin(number * 2.0), 0, 84 + number * 17 % 40, 44), "#2f6a45"
        )
    sheet.lay(window, 120, 110)
    for x in (120, 560, 1068):
        sheet.box(x - 8 if x == 560 else x, 110, 16, 580, "#1d1628" if x == 560 else "#00000000")
    sheet.shape([(240, 110), (330, 110), (210, 690), (120, 690)], "#ffffff1c")
    sheet.box(0, 760, 1200, 140, "#8a5a3c")
    sheet.box(0, 752, 1200, 16, "#b07a50")
    sheet.box(860, 640, 120, 150, "#ef6a3a", round=20)
    sheet.box(852, 630, 136, 24, "#fdf3dc", round=10)
    sheet.shape([(180, 790), (480, 770), (520, 850), (200, 870)], "#fdf3dc")
    sheet.line([(230, 812), (440, 798)], "#c9bda8", 7)
    sheet.line([(236, 838), (400, 826)], "#c9bda8", 7)
    return sheet


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


def harbour() -> Canvas:
    sheet = Canvas(1280, 720, "#f9c9b4", "#fdf0d8")
    sheet.glow(900, 300, 280, "#fff7de", 0.9)
    sheet.disc(900, 300, 58, "#ffefc0")
    sheet.shape([(0, 380), (260, 300), (520, 370), (760, 330), (1280, 390), (1280, 440), (0, 440)], "#9bb5b8")
    sheet.box(0, 420, 1280, 300, "#5f9fb0")
    for number in range(36):
        wide = 50 + (number * 61) % 150
        sheet.box((number * 233) % 1280, 436 + (number * 37) % 270, wide, 4, "#cfe6e6aa", round=2)
    for number in range(9):
        sheet.box(
            900 - 54 - number * 3 + 8 * sin(number * 2),
            446 + number * 28,
            108 + number * 6,
            8,
            "#ffefc0cc",
            round=4,
        )
    for x, y, size, hull, sail in (
        (280, 530, 1.25, "#b83a3f", "#fdf6e6"),
        (640, 480, 0.8, "#22507a", "#ffd27a"),
        (1060, 590, 1.5, "#2f6a55", "#fdf6e6"),
    ):
        sheet.shape(
            [
                (x - 86 * size, y),
                (x + 92 * size, y),
                (x + 66 * size, y + 38 * size),
                (x - 62 * size, y + 38 * size),
            ],
            hull,
        )
        sheet.shape(
            [
                (x - 60 * size, y + 44 * size),
                (x + 60 * size, y + 44 * size),
                (x + 20 * size, y + 96 * size),
                (x - 24 * size, y + 96 * size),
            ],
            "#3f7f9055",
        )
        sheet.line([(x, y), (x, y - 160 * size)], "#4a3328", 7)
        sheet.shape([(x + 8, y - 152 * size), (x + 76 * size, y - 18 * size), (x + 8, y - 18 * size)], sail)
        sheet.shape([(x - 8, y - 126 * size), (x - 50 * size, y - 18 * size), (x - 8, y - 18 * size)], sail)
    for x, y in ((430, 170), (500, 200), (1080, 140)):
        sheet.line([(x - 26, y - 10), (x - 10, y - 16), (x, y), (x + 10, y - 16), (x + 26, y - 10)], "#4a5a68", 5)
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
        x, y = 200 + number * 98, 400 + 44 * sin(number * 1.3)
        sheet.disc(x + 14, y + 22, 46, "#00000033", tall=0.8)
        sheet.disc(x, y, 44, coat, tall=0.78)
        if number:
            sheet.line([(x - 36, y), (x - 60, y - 20 * sin(number))], coat, 16)
        sheet.disc(x, y - 4, 25, ("#3a2418", "#1c1020", "#c98b3a", "#6a3b22")[number % 4])
        if number % 3 == 0:
            sheet.disc(x - 24, y - 12, 11, "#3a2418")
            sheet.disc(x + 24, y - 12, 11, "#3a2418")
    sheet.disc(200, 400, 66, "#fff1b844")
    for x in (150, 1040):
        sheet.disc(x, 722, 30, "#2b2f45")
        sheet.disc(x, 722, 14, "#5fffa8")
        sheet.glow(x, 722, 64, "#5fffa8", 0.5)
    return sheet


SCENES = {
    "skyline": skyline,
    "tram": tram,
    "train": train,
    "lamp": lamp,
    "pool": pool,
    "harbour": harbour,
    "bicycle": bicycle,
    "crossing": crossing,
}
