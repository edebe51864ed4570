import asyncio
import json
import os
import subprocess
import sys
from io import BytesIO
from itertools import combinations

import pytest
import segno
from PIL import Image, ImageCms, ImageFilter, ImageOps

from tests.pictures import chunk, encoded, halves, is_near, opened, plain, png_claiming
from wall import decode as decoding
from wall.core.likeness import ALIKE_BITS
from wall.decode import Decoded, decode, parse_output
from wall.errors import PictureError
from wall.rehearsal.pictures import PHOTOS
from wall.rehearsal.pictures import picture as drawn

RED, BLUE, WHITE, BLACK = (255, 0, 0), (0, 0, 255), (255, 255, 255), (0, 0, 0)


@pytest.fixture
def program(monkeypatch, tmp_path):
    """Let another program decode, one that misbehaves."""

    def use(text):
        path = tmp_path / "program.py"
        path.write_text(text)
        monkeypatch.setattr(decoding, "PROGRAM", path)

    return use


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
async def test_a_picture_of_each_known_format_becomes_webp(format):
    picture = await decode(plain(40, 30, "red", format), "photo")

    screen = opened(picture.screen)
    assert (screen.format, screen.size) == ("WEBP", (40, 30))
    assert (picture.width, picture.height) == (40, 30)
    assert is_near(screen.convert("RGB").getpixel((20, 15)), RED)


@pytest.mark.parametrize(
    ("size", "screen", "thumb"),
    [
        ((3200, 1600), (1600, 800), (480, 240)),
        ((1000, 2000), (800, 1600), (240, 480)),
        ((100, 50), (100, 50), (100, 50)),
        ((5000, 1), (1600, 1), (480, 1)),
        ((1, 1), (1, 1), (1, 1)),
    ],
)
async def test_a_photo_fits_the_screen_and_has_a_small_one_beside_it(size, screen, thumb):
    picture = await decode(plain(*size), "photo")

    assert (picture.width, picture.height) == opened(picture.screen).size == screen
    assert opened(picture.thumb).size == thumb


@pytest.mark.parametrize(("size", "side"), [((400, 200), 160), ((200, 2000), 160), ((50, 80), 50)])
async def test_an_avatar_is_a_square_of_its_middle(size, side):
    picture = await decode(plain(*size), "avatar")

    assert opened(picture.screen).size == (side, side)
    assert picture.thumb is None


async def test_an_avatar_shows_the_middle():
    image = Image.new("RGB", (300, 100), "red")
    image.paste(Image.new("RGB", (100, 100), "blue"), (100, 0))

    picture = await decode(encoded(image), "avatar")

    assert is_near(opened(picture.screen).convert("RGB").getpixel((5, 50)), BLUE)


async def test_an_emoji_keeps_what_is_transparent():
    picture = await decode(plain(512, 256, (255, 0, 0, 0), mode="RGBA"), "emoji")

    screen = opened(picture.screen)
    assert screen.size == (128, 64)
    assert screen.getpixel((10, 10))[3] == 0
    assert picture.thumb is None


@pytest.mark.parametrize(
    "data",
    [
        plain(20, 20, (0, 0, 0, 0), mode="RGBA"),
        plain(20, 20, (0, 0), mode="LA"),
        plain(20, 20, 0, mode="P", transparency=0),
        plain(20, 20, 0, mode="P", format="GIF", transparency=0),
    ],
    ids=["RGBA", "LA", "palette", "GIF"],
)
async def test_a_photo_drawn_on_nothing_is_put_on_white(data):
    picture = await decode(data, "photo")

    assert is_near(opened(picture.screen).convert("RGB").getpixel((10, 10)), WHITE)


@pytest.mark.parametrize(
    ("image", "format", "pixel"),
    [
        (Image.new("L", (9, 9), 128), "JPEG", (128, 128, 128)),
        (Image.new("1", (9, 9), 1), "PNG", WHITE),
        (Image.new("CMYK", (9, 9), (0, 255, 255, 0)), "JPEG", RED),
        (Image.new("I;16", (9, 9), 32768), "PNG", (128, 128, 128)),
        (Image.new("P", (9, 9), 0), "GIF", BLACK),
    ],
    ids=["grey", "black and white", "CMYK", "16 bits", "palette"],
)
async def test_a_picture_of_any_colour_mode_is_shown_right(image, format, pixel):
    picture = await decode(encoded(image, format), "photo")

    assert is_near(opened(picture.screen).convert("RGB").getpixel((4, 4)), pixel)


@pytest.mark.parametrize(
    ("orientation", "size", "place"),
    [
        (1, (40, 20), (2, 2)),
        (2, (40, 20), (37, 2)),
        (3, (40, 20), (37, 2)),
        (4, (40, 20), (2, 2)),
        (5, (20, 40), (2, 2)),
        (6, (20, 40), (2, 2)),
        (7, (20, 40), (2, 37)),
        (8, (20, 40), (2, 37)),
        (99, (40, 20), (2, 2)),
    ],
)
async def test_a_picture_stands_upright_as_its_camera_noted(orientation, size, place):
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encoded(halves("red", "blue"), "PNG", exif=exif)

    picture = await decode(data, "photo")

    screen = opened(picture.screen).convert("RGB")
    assert screen.size == size
    assert is_near(screen.getpixel(place), RED)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("kind", ["photo", "avatar", "emoji"])
async def test_place_camera_and_comments_are_gone(format, kind):
    exif = Image.Exif()
    exif[0x010F] = "CANARY camera"
    exif[0x8769] = {0x9286: b"ASCII\0\0\0CANARY comment"}
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 36.0), 29: "CANARY date"}
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = encoded(halves("red", "blue"), format, exif=exif, icc_profile=profile, xmp=b"<x>CANARY xmp</x>")

    picture = await decode(data, kind)

    assert b"CANARY" in data
    for made in filter(None, (picture.screen, picture.thumb)):
        assert not {b"EXIF", b"ICCP", b"XMP "} & {made[at : at + 4] for at in range(len(made))}
        assert b"CANARY" not in made
        assert not opened(made).getexif()


async def test_text_chunks_of_a_png_are_gone():
    good = plain()
    data = good[:33] + chunk(b"tEXt", b"Comment\0CANARY") + good[33:] + b"CANARY after the end"

    picture = await decode(data, "emoji")

    assert b"CANARY" not in picture.screen


@pytest.mark.parametrize("kind", ["photo", "avatar", "emoji"])
@pytest.mark.parametrize(
    ("format", "options"),
    [("GIF", {}), ("PNG", {}), ("PNG", {"default_image": True}), ("WEBP", {}), ("AVIF", {})],
    ids=["GIF", "APNG", "APNG with a still of its own", "WebP", "AVIF"],
)
async def test_only_the_first_frame_of_a_moving_picture_is_kept(format, options, kind):
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("blue", "red", "white")]
    data = encoded(frames[0], format, save_all=True, append_images=frames[1:], duration=50, **options)

    picture = await decode(data, kind)

    for made in filter(None, (picture.screen, picture.thumb)):
        still = opened(made)
        assert getattr(still, "n_frames", 1) == 1
        assert is_near(still.convert("RGB").getpixel((9, 9)), BLUE)


async def test_a_gif_of_very_many_frames_costs_one_frame():
    frames = [Image.new("P", (8, 8), index % 250) for index in range(2000)]

    picture = await decode(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]), "photo")

    assert (picture.width, picture.height) == (8, 8)


async def test_a_colour_profile_is_heeded_and_a_broken_one_ignored():
    picture = await decode(plain(colour="red", icc_profile=b"not a profile"), "photo")

    assert is_near(opened(picture.screen).convert("RGB").getpixel((9, 9)), RED)


@pytest.mark.parametrize(
    "data",
    [
        png_claiming(5001, 5000),
        png_claiming(60_000, 60_000),
        png_claiming(2**31 - 1, 2**31 - 1),
        plain(5001, 5000, 1, mode="1"),
        plain(8000, 8000, 0, mode="L"),
    ],
    ids=["just over", "claims 3.6 gigapixels", "claims all", "real 25 megapixels", "real 64 megapixels"],
)
async def test_a_picture_of_too_many_pixels_is_refused(data):
    with pytest.raises(PictureError, match="million pixels"):
        await decode(data, "photo")


async def test_a_picture_of_just_25_megapixels_is_taken():
    picture = await decode(plain(5000, 5000, 1, mode="1"), "photo")

    assert (picture.width, picture.height) == (1600, 1600)


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<?xml version='1.0'?><svg/>",
        b"<!doctype html><title>cat.jpg</title>",
        b"%PDF-1.7\n",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"MZ" + bytes(200),
        b"plain words",
        bytes(1000),
        plain(format="BMP"),
        plain(format="TIFF"),
        plain(format="ICO"),
        plain(format="JPEG2000"),
        plain(format="PPM"),
    ],
    ids=["SVG", "SVG with XML", "HTML", "PDF", "EPS", "EXE", "text", "zeros", "BMP", "TIFF", "ICO", "JP2", "PPM"],
)
async def test_what_is_no_picture_we_show_is_refused(data):
    with pytest.raises(PictureError, match="not a picture we can show"):
        await decode(data, "photo")


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
async def test_a_picture_cut_short_is_refused(format):
    image = Image.effect_noise((200, 200), 90).convert("RGB")
    whole = encoded(image, format)

    with pytest.raises(PictureError):
        await decode(whole[: len(whole) // 2], "photo")


async def test_a_picture_whose_pixels_are_missing_is_refused():
    with pytest.raises(PictureError, match="damaged"):
        await decode(png_claiming(4000, 4000), "photo")


async def test_nothing_is_no_picture():
    with pytest.raises(PictureError, match="empty"):
        await decode(b"", "photo")


async def test_a_file_of_too_many_bytes_is_refused():
    with pytest.raises(PictureError, match="larger than 10 MB"):
        await decode(bytes(10_000_001), "photo")


async def test_a_picture_that_is_a_script_too_is_only_a_picture_afterwards():
    polyglot = plain(format="GIF", comment=b"*/=1;alert('CANARY')/*") + b"\n*/=1;alert('CANARY')//<script>"

    picture = await decode(polyglot, "photo")

    assert b"CANARY" in polyglot
    assert b"CANARY" not in picture.screen + picture.thumb
    assert b"script" not in picture.screen + picture.thumb


async def test_the_same_picture_gives_the_same_bytes():
    data = encoded(Image.effect_noise((300, 200), 50))

    assert await decode(data, "photo") == await decode(data, "photo")


@pytest.mark.parametrize(
    "text",
    [
        "import os; os.kill(os.getpid(), 9)",
        "raise SystemExit(1)",
        "import sys; sys.stdin.buffer.read(); raise MemoryError",
        "print('not JSON')",
        "print('[]')",
        "print('{}')",
        """print('{"width": 9, "height": 9, "screen": 4}'); print('<svg')""",
        """print('{"width": 99999, "height": 9, "screen": 4}'); print('RIFF')""",
        "pass",
    ],
)
async def test_a_decoder_that_misbehaves_is_an_error_in_words(program, text):
    program(text)

    with pytest.raises(PictureError):
        await decode(encoded(Image.effect_noise((400, 400), 90)), "photo")


async def test_a_decoder_that_never_stops_writing_is_not_listened_to(program):
    program("import os\nwhile True: os.write(1, b'x' * 65536)")

    with pytest.raises(PictureError, match="damaged"):
        await decode(plain(), "photo")


async def test_a_decoder_that_hangs_is_killed(program, monkeypatch, tmp_path):
    note = tmp_path / "pid"
    program(f"import os, signal; open({str(note)!r}, 'w').write(str(os.getpid())); signal.pause()")
    monkeypatch.setattr(decoding, "SECONDS", 0.7)

    with pytest.raises(PictureError, match="too much time"):
        await decode(plain(), "photo")

    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)


async def test_a_decoder_is_killed_with_whoever_waited_for_it(program, tmp_path):
    note = tmp_path / "pid"
    os.mkfifo(note)
    program(f"import os, signal; open({str(note)!r}, 'w').write(str(os.getpid())); signal.pause()")

    task = asyncio.create_task(decode(plain(), "photo"))
    pid = int(await asyncio.to_thread(note.read_text))
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert task.cancelled()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_the_decoder_knows_none_of_our_secrets(program, monkeypatch):
    monkeypatch.setenv("WALL_REDIS_URL", "redis://:secret@example.org")
    program("import json, os; print(json.dumps({'problem': ' '.join(sorted(os.environ))}))")

    with pytest.raises(PictureError) as caught:
        await decode(plain(), "photo")

    assert "WALL" not in caught.value.message


def test_the_decoder_limits_itself_before_it_decodes():
    code = (
        f"import runpy, resource; runpy.run_path({str(decoding.PROGRAM)!r}, run_name='limits');"
        "print([resource.getrlimit(getattr(resource, f'RLIMIT_{one}'))[0] for one in ('AS', 'CPU', 'FSIZE', 'CORE')])"
    )

    said = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, check=True, text=True).stdout

    assert said.strip().endswith("10, 0, 0]")


TAKEN_OVER = """
import importlib.util, os, socket
spec = importlib.util.spec_from_file_location("decoder", {program!r})
decoder = importlib.util.module_from_spec(spec)
spec.loader.exec_module(decoder)
{changed}

def taken_over(data, kind):
    try:
        {act}
    except OSError:
        raise decoder.Refused("could not")
    raise decoder.Refused("could")

decoder.pictures = taken_over
decoder.main()
"""


@pytest.mark.parametrize(
    "act", ["open('/etc/passwd')", "socket.socket()", "os.pipe()", "os.open('.', os.O_RDONLY)"]
)
@pytest.mark.parametrize(
    ("changed", "said"),
    [("", "could not"), ("decoder.NOTHING_MORE = {}", "could")],
    ids=["as it is", "the control: unlimited"],
)
async def test_who_takes_the_decoder_over_opens_no_file_and_calls_nobody(program, act, changed, said):
    program(TAKEN_OVER.format(program=str(decoding.PROGRAM), changed=changed, act=act))

    with pytest.raises(PictureError) as caught:
        await decode(plain(), "photo")

    assert caught.value.message == said


@pytest.mark.skipif(sys.platform != "linux", reason="macOS does not limit memory")
def test_the_decoder_cannot_take_more_than_a_gibibyte():
    code = (
        f"import runpy; runpy.run_path({str(decoding.PROGRAM)!r}, run_name='limits');"
        "\ntry: bytearray(2 * 1024 ** 3)\nexcept MemoryError: print('refused')"
    )

    said = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, check=True, text=True).stdout

    assert said.strip() == "refused"


def webp(flags=0):
    body = b"VP8X" + (10).to_bytes(4, "little") + bytes([flags]) + bytes(9)
    return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WEBP" + body


def output(*pictures, **changed):
    head = {"width": 3, "height": 2, "screen": len(pictures[0]), "likeness": "", "codes": []} | changed
    return json.dumps(head).encode() + b"\n" + b"".join(pictures)


def test_output_is_read_as_the_pictures_it_holds():
    one = webp()

    assert parse_output(output(one, one)) == Decoded(width=3, height=2, screen=one, thumb=one)
    assert parse_output(output(one)) == Decoded(width=3, height=2, screen=one, thumb=None)


@pytest.mark.parametrize(
    "said",
    [
        output(webp(flags=2)),
        output(webp(), webp(flags=2)),
        output(webp(), likeness="0123"),
        output(webp(), likeness="X" * 16),
        output(webp(), likeness=None),
        output(webp(), codes=7),
    ],
    ids=[
        "it moves",
        "the small one moves",
        "short likeness",
        "no hexadecimal",
        "no likeness",
        "codes are no list",
    ],
)
def test_output_that_is_not_what_it_should_be_is_refused(said):
    with pytest.raises(PictureError, match="damaged"):
        parse_output(said)


def test_what_a_code_says_is_cleaned_and_cut():
    codes = ["https://evil.example/\u202e\ud800\n\tx", "y" * 5000, *["z"] * 10]

    found = parse_output(output(webp(), codes=codes)).codes

    assert found[0] == "https://evil.example/ x"
    assert len(found[1]) == 300
    assert len(found) == 5


def code(text, **options):
    """Return a QR code as an image."""
    buffer = BytesIO()
    segno.make(text, **options).save(buffer, kind="png", scale=5)
    return opened(buffer.getvalue()).convert("RGB")


@pytest.mark.parametrize("kind", ["photo", "avatar", "emoji"])
async def test_a_code_that_fills_the_picture_is_found(kind):
    picture = await decode(encoded(code("https://evil.example/")), kind)

    assert picture.codes == ("https://evil.example/",)


@pytest.mark.parametrize("angle", [0, 8, 90, 180, 200])
async def test_a_code_somewhere_in_a_photo_is_found_however_it_lies(angle):
    photo = Image.effect_noise((2400, 1600), 60).convert("RGB")
    turned = code("https://evil.example/").resize((260, 260)).rotate(angle, expand=True, fillcolor="white")
    photo.paste(turned, (1500, 700))

    picture = await decode(encoded(photo, "JPEG", quality=70), "photo")

    assert picture.codes == ("https://evil.example/",)


async def test_a_light_code_on_dark_and_a_small_kind_of_code_are_found():
    dark = ImageOps.invert(code("https://evil.example/"))
    framed = ImageOps.expand(dark, 60, "black")

    assert (await decode(encoded(framed), "photo")).codes == ("https://evil.example/",)
    assert (await decode(encoded(code("EVIL", micro=True)), "photo")).codes == ("EVIL",)


async def test_a_picture_without_a_code_has_none():
    for name in list(PHOTOS)[::5]:
        assert (await decode(drawn(name), "photo")).codes == ()


def differing(one, other):
    return (int(one.likeness, 16) ^ int(other.likeness, 16)).bit_count()


@pytest.mark.parametrize(
    "change",
    [
        lambda image: image.resize((image.width // 3, image.height // 3)),
        lambda image: image.convert("L"),
        lambda image: image.quantize(64).convert("RGB"),
        lambda image: ImageOps.autocontrast(image, cutoff=2),
        lambda image: image.filter(ImageFilter.GaussianBlur(2)),
        lambda image: ImageOps.crop(image, image.width // 100),
    ],
    ids=["smaller", "grey", "few colours", "more contrast", "blurred", "cut by a hundredth"],
)
async def test_a_picture_made_anew_looks_like_itself(change):
    image = opened(drawn("harbour")).convert("RGB")

    before = await decode(encoded(image), "photo")
    after = await decode(encoded(change(image).convert("RGB"), "JPEG", quality=60), "photo")

    assert differing(before, after) <= ALIKE_BITS


async def test_pictures_of_different_things_do_not_look_alike():
    some = [await decode(drawn(name), "photo") for name in list(PHOTOS)[::4]]

    assert min(differing(one, other) for one, other in combinations(some, 2)) > ALIKE_BITS


async def test_a_picture_of_nearly_nothing_looks_like_nothing():
    assert (await decode(plain(400, 300, "white"), "photo")).likeness == ""
