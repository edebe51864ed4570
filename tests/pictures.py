"""Pictures that tests give to the decoder, good ones and bombs, made on the spot."""

import zlib
from io import BytesIO

from PIL import Image


def encoded(image, format="PNG", **options):
    buffer = BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


def plain(width=40, height=30, colour="teal", format="PNG", mode="RGB", **options):
    return encoded(Image.new(mode, (width, height), colour), format, **options)


def chunk(kind, data):
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def png_claiming(width, height):
    """Return a PNG of a few bytes whose header claims this size."""
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 2, 0, 0, 0])
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def halves(left, right, width=40, height=20):
    """Return an image that is of one colour on the left and of another on the right."""
    image = Image.new("RGB", (width, height), right)
    image.paste(Image.new("RGB", (width // 2, height), left), (0, 0))
    return image


def opened(data):
    image = Image.open(BytesIO(data))
    image.load()
    return image


def is_near(pixel, other):
    return all(abs(one - two) <= 12 for one, two in zip(pixel, other, strict=True))
