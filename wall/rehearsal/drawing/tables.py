"""Pictures of things on tables, most of them seen from above."""

from math import cos, pi, sin

from wall.rehearsal.drawing.canvas import Canvas, leaf


def coffee() -> Canvas:
    sheet = Canvas(1000, 1000, "#2f8f83", "#1f6a68")
    for number in range(6):
        sheet.box(0, number * 172 - 4, 1000, 5, "#1a5a5966")
    sheet.disc(520, 545, 350, "#0e3f4244")
    sheet.disc(500, 510, 345, "#fbf1e0")
    sheet.ring(500, 510, 300, "#ecdcc2", 6)
    sheet.box(700, 470, 190, 84, "#fffaf0", round=42)
    sheet.disc(500, 510, 236, "#fffaf0")
    sheet.disc(500, 510, 206, "#5a2f1c")
    sheet.disc(500, 510, 192, "#8a4f2b")
    sheet.disc(496, 504, 176, "#a2653a")
    for step in range(5):
        y, wide = 620 - step * 52, 104 - step * 15
        for side in (-1, 1):
            sheet.shape(leaf(500, y + 20, side * 58, wide + 20, 44 - step * 4), "#fbe9cf")
    sheet.shape(leaf(500, 420, 0, 70, 52), "#fbe9cf")
    sheet.line([(500, 640), (500, 400)], "#a2653a", 6)
    sheet.line([(170, 860), (330, 800), (470, 830)], "#e6e0d4", 20)
    sheet.disc(160, 864, 40, "#e6e0d4", tall=0.7)
    return sheet


def breakfast() -> Canvas:
    sheet = Canvas(1200, 900, "#ffd9a0", "#f4a87a")
    for number in range(8):
        sheet.box(number * 160, 0, 78, 900, "#ffe7c455")
    sheet.disc(500, 490, 340, "#a8583a44")
    sheet.disc(484, 470, 336, "#3f6fb5")
    sheet.disc(484, 470, 286, "#5e8fd1")
    for part in range(7):
        angle = pi * (0.12 + part * 0.127)
        x, y = 470 - cos(angle) * 176, 520 - sin(angle) * 170
        size = 50 + 34 * sin(pi * (part + 0.5) / 7)
        sheet.disc(x + 6, y + 10, size, "#23406f55")
        sheet.disc(x, y, size, "#d98b3a" if part % 2 else "#e39c48")
        sheet.disc(x - 8, y - 14, size * 0.62, "#f0b768")
    sheet.disc(566, 566, 92, "#23406f55")
    sheet.disc(556, 554, 90, "#c9762f")
    for turn, colour in ((70, "#f2c48a"), (52, "#c9762f"), (36, "#f2c48a"), (18, "#a85a22")):
        sheet.disc(556 + (70 - turn) * 0.12, 554, turn, colour)
    sheet.disc(980, 330, 134, "#a8583a44")
    sheet.disc(968, 314, 130, "#fffaf0")
    sheet.disc(968, 314, 104, "#4a2818")
    sheet.disc(960, 304, 88, "#7a4527")
    sheet.box(1078, 280, 84, 60, "#fffaf0", round=30)
    sheet.line([(900, 690), (1060, 690)], "#ef6a3a", 70)
    sheet.disc(1066, 690, 34, "#f8b08c")
    return sheet


def lunch() -> Canvas:
    sheet = Canvas(1000, 1000, "#e9573f", "#b93a4a")
    sheet.disc(520, 540, 400, "#5c142a55")
    sheet.disc(500, 510, 396, "#22354f")
    sheet.disc(500, 510, 352, "#f6efe2")
    sheet.slice(500, 510, 340, 100, 215, "#fff9ee")
    sheet.slice(500, 510, 340, 215, 320, "#3f8f4f")
    sheet.slice(500, 510, 340, 320, 460, "#f29b2e")
    for number in range(26):
        angle, far = 218 + number * 3.9, 120 + (number * 71) % 170
        x, y = 500 + far * cos(angle / 57.3), 510 + far * sin(angle / 57.3)
        sheet.shape(leaf(x, y, number * 47 % 360, 84, 34), ("#5fb35f", "#2f7a43", "#8ccf6a")[number % 3])
    for number in range(15):
        angle, far = 328 + number * 8.6, 120 + (number * 83) % 168
        x, y = 500 + far * cos(angle / 57.3), 510 + far * sin(angle / 57.3)
        sheet.box(x - 32, y - 28, 64, 58, ("#ffb347", "#e8852a", "#f6a437")[number % 3], round=14)
    for number in range(60):
        angle, far = 104 + (number * 29) % 108, 60 + (number * 53) % 262
        x, y = 500 + far * cos(angle / 57.3), 510 + far * sin(angle / 57.3)
        sheet.disc(x, y, 8, "#e9dcc2", tall=0.6)
    sheet.disc(470, 500, 118, "#fffdf6", tall=0.92)
    sheet.disc(462, 492, 52, "#ffb01f")
    sheet.disc(448, 476, 15, "#ffd98a")
    sheet.line([(820, 120), (960, 330)], "#d9a066", 14)
    sheet.line([(858, 96), (990, 318)], "#c78b50", 14)
    return sheet


def badge() -> Canvas:
    sheet = Canvas(900, 1200, "#c98d5d", "#9a6238")
    for number in range(9):
        sheet.line([(0, 60 + number * 140), (900, 84 + number * 140)], "#8a552f55", 5)
    sheet.line([(120, -20), (260, 240), (450, 330)], "#ef6a3a", 36)
    sheet.line([(820, -20), (640, 250), (450, 330)], "#d9542c", 36)
    sheet.box(222, 372, 480, 660, "#4a2a1655", round=34)
    sheet.box(206, 352, 480, 660, "#fdf6e6", round=34)
    sheet.box(206, 352, 480, 214, "#1f5f6b", round=34)
    sheet.box(206, 500, 480, 66, "#1f5f6b")
    sheet.box(396, 376, 108, 24, "#9a6238", round=12)
    sheet.box(420, 312, 60, 82, "#d7d3cc", round=12)
    sheet.box(320, 430, 250, 78, "#ffb84d", round=26)
    for window in range(3):
        sheet.box(342 + window * 74, 446, 56, 30, "#1f5f6b", round=8)
    for wheel in (372, 518):
        sheet.disc(wheel, 512, 17, "#fdf6e6")
    sheet.box(256, 630, 300, 62, "#2b2245", round=14)
    sheet.box(256, 722, 380, 26, "#c9bda8", round=10)
    sheet.box(256, 766, 260, 26, "#c9bda8", round=10)
    sheet.box(256, 872, 380, 92, "#f7dca8", round=16)
    sheet.line([(284, 926), (330, 900), (366, 938), (412, 896), (452, 930), (520, 908)], "#2b2245", 8)
    sheet.line([(760, 560), (810, 1010)], "#22354f", 30)
    sheet.shape([(796, 1008), (825, 1005), (816, 1052)], "#f2c14e")
    return sheet


def laptop() -> Canvas:
    sheet = Canvas(1200, 800, "#3a4f8f", "#6b4a8f")
    sheet.box(0, 600, 1200, 200, "#8a5a3c")
    sheet.box(0, 600, 1200, 10, "#a87550")
    sheet.glow(1000, 240, 320, "#ffd08a", 0.7)
    sheet.shape([(955, 180), (1065, 180), (1110, 290), (910, 290)], "#f6c667")
    sheet.box(1004, 290, 12, 316, "#2b2245")
    sheet.box(250, 180, 660, 430, "#c9ced8", round=24)
    sheet.box(250, 180, 660, 420, "#dfe3ea", round=24)
    sheet.box(210, 600, 740, 26, "#aeb4c2", round=12)
    sheet.disc(370, 300, 66, "#ef6a3a")
    sheet.disc(370, 300, 44, "#fdf3dc")
    sheet.disc(370, 300, 20, "#ef6a3a")
    sheet.box(470, 230, 170, 92, "#1f5f6b", round=20)
    sheet.line([(494, 290), (534, 258), (566, 292), (614, 254)], "#ffd27a", 9)
    sheet.shape([(690, 340), (760, 226), (830, 340)], "#3f9b62")
    sheet.shape([(722, 318), (760, 256), (798, 318)], "#a8e0a0")
    sheet.box(310, 410, 130, 130, "#ffd84d", round=26)
    for x in (350, 400):
        sheet.disc(x, 460, 10, "#2b2245")
    sheet.slice(375, 482, 34, 10, 170, "#2b2245")
    sheet.disc(560, 470, 78, "#7a4aa0")
    for petal in range(6):
        sheet.shape(leaf(560, 470, petal * 60, 66, 36), "#f3b6e0")
    sheet.disc(560, 470, 15, "#ffd84d")
    sheet.box(690, 400, 160, 70, "#2b2245", round=35)
    for dot, colour in enumerate(("#ef6a3a", "#ffd84d", "#7fd1c4")):
        sheet.disc(728 + dot * 42, 435, 13, colour)
    sheet.box(720, 500, 110, 54, "#ff8fa3", round=12)
    sheet.box(80, 500, 100, 112, "#fdf3dc", round=18)
    sheet.ring(182, 548, 34, "#fdf3dc", 14)
    return sheet


def books() -> Canvas:
    sheet = Canvas(900, 1125, "#3b2a24", "#271a18")
    colours = ("#e4572e", "#2a7f9e", "#f2b134", "#3f9b62", "#7a4aa0", "#d98b8b", "#f3e3c3", "#22507a")
    for shelf in range(4):
        floor, x, number = 270 + shelf * 270, 30, 0
        sheet.box(0, floor - 232, 900, 232, "#2f201c")
        while x < 850:
            width, height = 28 + (number * 17 + shelf * 11) % 34, 160 + (number * 37 + shelf * 29) % 64
            if shelf == 2 and number == 7:
                sheet.box(x, floor - 120, 190, 120, "#11151f", round=10)
                for light in range(4):
                    sheet.glow(x + 40 + light * 36, floor - 60, 30, "#5fffa8", 0.8)
                    sheet.disc(x + 40 + light * 36, floor - 60, 7, "#b8ffd8" if light != 2 else "#ffb84d")
                x, number = x + 204, number + 1
                continue
            colour = colours[(number * 5 + shelf * 3) % 8]
            sheet.box(x, floor - height, width, height, colour, round=4)
            sheet.box(x, floor - height + 24, width, 9, "#ffffff55")
            sheet.box(x, floor - 40, width, 5, "#00000033")
            x, number = x + width + 4, number + 1
        sheet.box(0, floor, 900, 28, "#8a5a3c")
        sheet.box(0, floor + 22, 900, 10, "#5f3b27")
    return sheet


def plant() -> Canvas:
    sheet = Canvas(900, 1200, "#2f7d6b", "#1d5a52")
    sheet.box(0, 980, 900, 220, "#d9b98a")
    sheet.box(0, 980, 900, 12, "#b8935f")
    sheet.glow(640, 260, 420, "#d8f0b0", 0.35)
    for number, (angle, length) in enumerate(
        (
            (-74, 330),
            (74, 330),
            (-48, 450),
            (48, 450),
            (-96, 250),
            (96, 250),
            (-26, 540),
            (24, 560),
            (0, 610),
            (-60, 220),
            (62, 230),
        )
    ):
        colour, rib = (("#74c365", "#4f9a4c"), ("#4fa85a", "#2f7f45"), ("#9bd873", "#6fb052"))[number % 3]
        outline = leaf(450, 850, angle, length, length * 0.34)
        sheet.shape(outline, colour)
        sheet.line([(450, 850), outline[10]], rib, 7)
    sheet.disc(450, 1090, 190, "#8a6a4455", tall=0.16)
    sheet.shape([(300, 830), (600, 830), (560, 1090), (340, 1090)], "#ef6a3a")
    sheet.shape([(300, 830), (390, 830), (396, 1090), (340, 1090)], "#f4854f")
    sheet.box(284, 800, 332, 56, "#d9542c", round=12)
    return sheet


def dog() -> Canvas:
    sheet = Canvas(1000, 1000, "#f6c667", "#ef8f5a")
    sheet.box(200, 330, 600, 700, "#2a7f9e", round=60)
    sheet.box(250, 380, 500, 620, "#3693b3", round=44)
    sheet.disc(500, 900, 232, "#7a4a2c", tall=1.15)
    sheet.disc(500, 930, 130, "#f3dcb8", tall=1.2)
    sheet.shape([(330, 330), (286, 130), (452, 262)], "#5f361f")
    sheet.shape([(352, 306), (318, 190), (424, 262)], "#d98b6b")
    sheet.shape([(590, 260), (706, 236), (752, 420), (672, 400)], "#5f361f")
    sheet.disc(500, 430, 214, "#8a5636", tall=0.94)
    sheet.shape(leaf(500, 560, 0, 330, 120), "#f3dcb8")
    sheet.disc(500, 520, 116, "#f3dcb8", tall=0.82)
    for x in (412, 588):
        sheet.disc(x, 410, 31, "#1c1020")
        sheet.disc(x + 9, 400, 10, "#ffffff")
    sheet.disc(500, 480, 42, "#1c1020", tall=0.74)
    sheet.disc(490, 470, 11, "#6a5a70", tall=0.6)
    sheet.line([(500, 506), (500, 540)], "#1c1020", 7)
    sheet.line([(440, 540), (470, 560), (500, 542), (530, 560), (560, 540)], "#1c1020", 7)
    sheet.shape([(478, 566), (522, 566), (516, 614), (484, 614)], "#e8677a")
    sheet.line([(330, 640), (500, 720), (670, 640)], "#e4572e", 22)
    sheet.box(430, 712, 140, 176, "#fdf6e6", round=18)
    sheet.box(430, 712, 140, 56, "#1f5f6b", round=18)
    sheet.box(456, 794, 88, 20, "#2b2245", round=8)
    sheet.box(456, 830, 60, 14, "#c9bda8", round=6)
    return sheet


SCENES = {
    "coffee": coffee,
    "breakfast": breakfast,
    "lunch": lunch,
    "badge": badge,
    "laptop": laptop,
    "books": books,
    "plant": plant,
    "dog": dog,
}
