"""The process that decodes one picture: bytes on standard input, one line of JSON and WebP on standard output.

Imports nothing of ours, so that it starts fast and holds nothing worth stealing.
"""

import copy  # noqa: F401 - of Pillow, which loads it when it meets a GIF, and then nothing more can be loaded
import json
import math
import resource
import sys
import warnings
from io import BytesIO
from operator import mul

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 10


# What a decoder may take: a crash leaves no picture on the disk.
LIMITS = {"RLIMIT_AS": MEMORY_BYTES, "RLIMIT_CPU": CPU_SECONDS, "RLIMIT_FSIZE": 0, "RLIMIT_CORE": 0}
# Once all it needs is loaded: whoever takes it over opens no file, calls nobody and starts no program.
NOTHING_MORE = {"RLIMIT_NOFILE": 0}


def limit_ourselves(limits: dict[str, int]) -> None:
    for name, limit in limits.items():
        try:
            resource.setrlimit(getattr(resource, name), (limit, limit))
        except (ValueError, OSError):
            # macOS does not limit memory; size in pixels, time and our parent still do.
            continue


# Before Pillow is imported, so that nothing of it ever runs unlimited.
limit_ourselves(LIMITS)

import zxingcpp  # noqa: E402
from PIL import (  # noqa: E402
    AvifImagePlugin,
    GifImagePlugin,  # noqa: F401 - registers itself, as do the others
    Image,
    ImageCms,
    ImageStat,
    JpegImagePlugin,  # noqa: F401
    MpoImagePlugin,  # noqa: F401 - of which a telephone's JPEG may be made
    PngImagePlugin,  # noqa: F401
    TiffImagePlugin,  # noqa: F401 - reads what a camera noted
    UnidentifiedImageError,
    WebPImagePlugin,  # noqa: F401
)

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
MAX_PIXELS = 25_000_000
SCREEN_SIDE = 1600
THUMB_SIDE = 480
AVATAR_SIDE = 160
EMOJI_SIDE = 128
QUALITY = 82

# The codes that a phone reads by itself. Those of goods on a shelf lead nowhere.
CODES = zxingcpp.BarcodeFormats(
    [
        zxingcpp.BarcodeFormat.QRCode,
        zxingcpp.BarcodeFormat.MicroQRCode,
        zxingcpp.BarcodeFormat.RMQRCode,
        zxingcpp.BarcodeFormat.DataMatrix,
        zxingcpp.BarcodeFormat.Aztec,
        zxingcpp.BarcodeFormat.PDF417,
    ]
)
MAX_CODES = 5
MAX_CODE_LENGTH = 2000

# The picture is looked at in 32 × 32 shades of grey, of which the 8 × 8 slowest waves in each direction are kept.
GRID = 32
WAVES = 8
FLAT = 2.0  # shades; a picture that varies less looks like every other empty one

ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class Refused(Exception):
    """The picture is not one we show, for this reason."""


def main() -> None:
    Image.preinit()
    limit_ourselves(NOTHING_MORE)
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        screen, thumb = pictures(sys.stdin.buffer.read(), sys.argv[1])
    except Refused as refused:
        write({"problem": str(refused)})
        return
    encoded = webp(screen)
    small = webp(thumb) if thumb else b""
    seen = flat(screen)
    head = {"width": screen.width, "height": screen.height, "screen": len(encoded)}
    write({**head, "likeness": likeness(seen), "codes": codes(seen)}, encoded + small)


def write(head: dict[str, object], body: bytes = b"") -> None:
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + body)
    sys.stdout.buffer.flush()


def pictures(data: bytes, kind: str) -> tuple[Image.Image, Image.Image | None]:
    """Return the picture for the screen, and of a photo a small one beside it."""
    if kind == "avatar":
        return flat(square(first_frame(data, SCREEN_SIDE), AVATAR_SIDE)), None
    if kind == "emoji":
        return first_frame(data, EMOJI_SIDE), None
    if kind == "logo":
        return first_frame(data, SCREEN_SIDE), None
    screen = flat(first_frame(data, SCREEN_SIDE))
    thumb = screen.copy()
    thumb.thumbnail((THUMB_SIDE, THUMB_SIDE), Image.Resampling.LANCZOS)
    return screen, thumb


def first_frame(data: bytes, side: int) -> Image.Image:
    """Return the first frame upright, in sRGB with or without alpha, its longer side at most `side` pixels.

    Only its pixels are kept: whatever else the file held (place, camera, comments, profile) ends here.
    """
    try:
        image: Image.Image = Image.open(BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError as error:
        raise Refused("This is not a picture we can show: only JPEG, PNG, WebP, GIF and AVIF are.") from error
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Refused(too_large()) from error
    if image.width * image.height > MAX_PIXELS:
        raise Refused(too_large())
    turn = turn_upright(image)
    image.draft("RGB", (side, side))
    image.load()
    image = scalable(image)
    image.thumbnail((side, side), Image.Resampling.LANCZOS)
    if turn is not None:
        image = image.transpose(turn)
    image = in_srgb(image)
    image.info = {}
    return image


def too_large() -> str:
    return f"The picture has more than {MAX_PIXELS // 1_000_000} million pixels."


def turn_upright(image: Image.Image) -> Image.Transpose | None:
    try:
        return TURNS.get(image.getexif().get(ORIENTATION, 1))
    except (ValueError, SyntaxError, TypeError, KeyError, IndexError, OSError):
        # A picture whose notes are broken is still a picture.
        return None


def scalable(image: Image.Image) -> Image.Image:
    """Return the picture in a mode whose pixels can be averaged."""
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in ("RGB", "CMYK", "L") else image.convert("RGB")


def in_srgb(image: Image.Image) -> Image.Image:
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    profile = image.info.get("icc_profile")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, source, target, outputMode=mode)
        except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
            converted = None
        if converted is not None:
            return converted
    return image.convert(mode)


def square(image: Image.Image, side: int) -> Image.Image:
    """Return the middle of the picture, as a square of at most `side` pixels."""
    edge = min(image.size)
    left, top = (image.width - edge) // 2, (image.height - edge) // 2
    cropped = image.crop((left, top, left + edge, top + edge))
    cropped.thumbnail((side, side), Image.Resampling.LANCZOS)
    return cropped


def flat(image: Image.Image) -> Image.Image:
    """Return the picture on white: what is drawn in black on nothing would be unreadable on a dark screen."""
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def codes(image: Image.Image) -> list[str]:
    """Return what the codes in the picture say."""
    found = zxingcpp.read_barcodes(image, formats=CODES)
    return [one.text[:MAX_CODE_LENGTH].encode(errors="replace").decode() for one in found[:MAX_CODES]]


def likeness(image: Image.Image) -> str:
    """Return what the picture looks like, as 64 bits in hexadecimal; "" for one that is nearly of one shade.

    Pictures of which few bits differ look alike. Each bit says whether one of the slow waves that make up the picture
    (its discrete cosine transform) is stronger than the middle one of them; what is the same all along a row or a
    column is left out, so that two slides are not alike for being white.
    """
    grey = image.convert("L").resize((GRID, GRID), Image.Resampling.LANCZOS)
    if ImageStat.Stat(grey).stddev[0] < FLAT:
        return ""
    shades = grey.tobytes()
    rows = [shades[start : start + GRID] for start in range(0, GRID * GRID, GRID)]
    across = [[sum(map(mul, wave, row)) for row in rows] for wave in COSINES]
    strengths = [sum(map(mul, wave, column)) for column in across for wave in COSINES]
    middle = sorted(strengths)[len(strengths) // 2]
    return f"{int(''.join('1' if strength > middle else '0' for strength in strengths), 2):016x}"


COSINES = [
    [math.cos(math.pi * (2 * place + 1) * wave / (2 * GRID)) for place in range(GRID)]
    for wave in range(1, WAVES + 1)
]


def webp(image: Image.Image) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "WEBP", quality=QUALITY, method=4)
    return buffer.getvalue()


if __name__ == "__main__":
    main()
