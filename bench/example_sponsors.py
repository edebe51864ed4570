"""The sponsors of the rehearsal in tiers, most of them with a logo that is drawn here, one with its name alone."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from wall.core.sponsors import Sponsor, Sponsors
from wall.media import Pictures

# name | tier | plate | mark | colour of the mark | colour of the name
SPONSORS = """
Halyard Hosting|Gold|light|flag|#d9482b|#1d2a44
Lantern Maps|Silver|dark|disc|#ffc53d|#ffffff
Birchwire|Silver|light|bars|#1f7a4d|#1f7a4d
Pellicle Type|Silver|light|ring|#5b2a86|#1a1a1a
Saltmere City Library|Friends|light|books|#0b6e8f|#0b6e8f
Northern Signal & Switch Co-operative|Friends|light|||
Tideline Energy|Friends|dark|wave|#5fd0e6|#ffffff
Depot Bakery|Friends|light|disc|#b7651d|#4a2a10
"""
HEIGHT = 400
MARGIN = 40


async def sponsors(pictures: Pictures) -> Sponsors:
    """Return them, with their logos kept as an organiser's are."""
    found = Sponsors(every=12, seconds=10)
    for place, row in enumerate(line.split("|") for line in SPONSORS.strip().splitlines()):
        name, tier, plate, mark, colour, ink = row
        picture = await pictures.keep_bytes(logo(name, mark, colour, ink), kind="logo") if mark else None
        found = found.added(
            Sponsor(
                id=f"sponsor{place}",
                name=name,
                tier=tier,
                logo=picture,
                plate="dark" if plate == "dark" else "light",
            )
        )
    return found


def logo(name: str, mark: str, colour: str, ink: str) -> bytes:
    """Return a logo as PNG without a ground: a mark, and the name in one line or two."""
    words = name.replace(" ", "\n", 1)
    font = ImageFont.load_default(size=150 if "\n" in words else 190)
    paper = ImageDraw.Draw(Image.new("RGBA", (1, 1)))
    _, _, right, bottom = paper.multiline_textbbox((0, 0), words, font=font, spacing=10)
    image = Image.new("RGBA", (HEIGHT + MARGIN + round(right), HEIGHT))
    draw = ImageDraw.Draw(image)
    draw_mark(draw, mark, colour)
    draw.multiline_text((HEIGHT + MARGIN, (HEIGHT - bottom) / 2), words, fill=ink, font=font, spacing=10)
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def draw_mark(draw: ImageDraw.ImageDraw, mark: str, colour: str) -> None:
    match mark:
        case "flag":
            draw.polygon([(60, 20), (380, 120), (60, 220)], fill=colour)
            draw.rectangle((30, 20, 60, 390), fill=colour)
        case "ring":
            draw.ellipse((30, 30, 370, 370), outline=colour, width=70)
        case "bars":
            for place, high in enumerate((200, 340, 260)):
                draw.rectangle((40 + 120 * place, 370 - high, 120 + 120 * place, 370), fill=colour)
        case "books":
            for place in range(3):
                draw.rounded_rectangle(
                    (40, 40 + 120 * place, 380 - 50 * place, 130 + 120 * place), 20, fill=colour
                )
        case "wave":
            for place in range(3):
                draw.arc((30, 40 + 100 * place, 370, 240 + 100 * place), 200, 340, fill=colour, width=44)
        case _:
            draw.ellipse((30, 30, 370, 370), fill=colour)
