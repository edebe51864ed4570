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


SCENES = {"skyline": skyline, "tram": tram, "train": train, "harbour": harbour}
