"""Files that are more than a picture, or none: what is served is our own drawing of it, or nothing.

How each is decoded, and what a decoder that crashes or hangs does, is in tests/test_decode.py; here a post brings them.
"""

import asyncio
import gzip
import io
import zipfile

import pytest
from PIL import Image

from tests.cast import a_decision
from tests.pictures import encoded, halves, opened, plain, png_claiming
from tests.raw_server import answer
from wall.media import pictures as pictures_module

CANARY = b"CANARY<script>pwn(1)</script>"


def script_in_gif():
    return plain(format="GIF", comment=b"*/=1;" + CANARY) + b"\n*/=1;" + CANARY


def page_in_jpeg():
    return plain(format="JPEG", comment=b"--><html>" + CANARY) + b"<!--" + CANARY


def archive_in_png():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("run.html", CANARY)
    return plain(format="PNG") + buffer.getvalue() + CANARY


def place_in_exif():
    exif = Image.Exif()
    exif[0x010E], exif[0x013B] = CANARY.decode(), CANARY.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 12.0, 30.0)})
    return plain(format="JPEG", exif=exif)


def moving():
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("black", "white") * 50]
    return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=20, comment=CANARY)


MORE_THAN_PICTURES = [script_in_gif, page_in_jpeg, archive_in_png, place_in_exif, moving]
NO_PICTURES = {
    "SVG": answer(b"<svg xmlns='http://www.w3.org/2000/svg'>" + CANARY + b"</svg>", content_type="image/svg+xml"),
    "SVG that says PNG": answer(b"<svg xmlns='http://www.w3.org/2000/svg' onload='pwn(1)'/>", content_type="image/png"),
    "page": answer(CANARY, content_type="text/html"),
    "page that says JPEG": answer(b"<!doctype html>" + CANARY, content_type="image/jpeg"),
    "picture that says page": answer(plain(), content_type="text/html"),
    "picture that says script": answer(script_in_gif(), content_type="text/javascript"),
    "very many pixels": answer(png_claiming(60_000, 60_000), content_type="image/png"),
    "pixels that are not there": answer(png_claiming(4_000, 4_000), content_type="image/png"),
    "zeros without end, packed": answer(
        gzip.compress(bytes(30_000_000)), content_type="image/png", headers=["Content-Encoding: gzip"]
    ),
    "leads inside": answer(status="302 Found", headers=["Location: http://169.254.169.254/latest/meta-data"]),
    "leads to a file": answer(status="302 Found", headers=["Location: file:///etc/passwd"]),
}  # fmt: skip


async def shown(sender, standing):
    """Put a post on the wall, and return what is served of its picture and how."""
    await sender.site.store.posts.decide(sender.slug, a_decision("approve", standing), now=sender.site.time)
    (picture,) = standing.post.shown
    path = f"/{sender.slug}/media/{standing.post.id}/{picture.id}"
    return [await sender.site.browser().get(f"{path}/{size}") for size in ("screen", "thumb")]


@pytest.mark.parametrize("file", MORE_THAN_PICTURES, ids=lambda file: file.__name__)
async def test_of_a_file_that_is_more_than_a_picture_the_picture_is_served(open_sender, server, file):
    assert CANARY in file()
    server.answers["/1"] = answer(file(), content_type="image/png")

    standing = await open_sender.post("Look #PyConEx", server.url("/1"))

    for served in await shown(open_sender, standing):
        assert served.headers["content-type"] == "image/webp"
        assert served.headers["x-content-type-options"] == "nosniff"
        assert (opened(served.content).n_frames, dict(opened(served.content).getexif())) == (1, {})
        assert b"CANARY" not in served.content
        assert served.content.startswith(b"RIFF")
        assert int.from_bytes(served.content[4:8], "little") + 8 == len(served.content), "bytes behind the picture"


@pytest.mark.parametrize("served", NO_PICTURES.values(), ids=NO_PICTURES)
async def test_of_a_file_that_is_no_picture_nothing_is_kept_but_why(open_sender, server, served):
    server.answers["/1"] = served

    standing = await open_sender.post("Look #PyConEx", server.url("/1"))

    (media,) = standing.post.media
    assert media.picture is None
    assert media.problem.endswith(".")
    assert "CANARY" not in media.problem
    assert list(open_sender.site.config.picture_dir.rglob("*.webp")) == []


async def test_an_ordinary_picture_is_kept_and_served(open_sender, server):
    """The control for those above."""
    server.answers["/1"] = answer(plain(colour="teal"), content_type="image/png")

    standing = await open_sender.post("Look #PyConEx", server.url("/1"))

    screen, _ = await shown(open_sender, standing)
    assert opened(screen.content).size == (40, 30)


async def test_a_server_that_answers_by_drops_holds_nobody_up_for_long(open_sender, server, monkeypatch):
    monkeypatch.setattr(pictures_module, "FETCH_SECONDS", 0.3)
    finished = asyncio.Event()

    async def drip(writer):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 1000000\r\n\r\n")
        try:
            while not finished.is_set():
                writer.write(b"\x89")
                await writer.drain()
                await asyncio.sleep(0.02)
        except ConnectionError:
            finished.set()

    server.answers["/1"] = drip

    standing = await open_sender.post("Look #PyConEx", server.url("/1"))

    assert standing.post.media[0].picture is None
    assert standing.post.media[0].problem
    finished.set()


async def test_a_picture_that_is_swapped_after_it_was_judged_is_shown_as_it_was_judged(open_sender, server):
    judged, swapped = halves("red", "green"), halves("green", "red")
    server.answers["/1"] = answer(encoded(judged), content_type="image/png")
    standing = await open_sender.post("Look #PyConEx", server.url("/1"))
    before = [one.content for one in await shown(open_sender, standing)]

    server.answers["/1"] = answer(encoded(swapped), content_type="image/png")
    path = f"/{open_sender.slug}/media/{standing.post.id}/{standing.post.shown[0].id}"
    after = [(await open_sender.site.browser().get(f"{path}/{size}")).content for size in ("screen", "thumb")]

    assert after == before
    assert server.paths == ["/1"]


async def test_whoever_asks_the_author_s_server_later_does_get_the_other_picture(open_sender, server):
    """The control: a wall that showed pictures from where they are would have shown it."""
    server.answers["/1"] = answer(encoded(halves("red", "green")), content_type="image/png")
    first = await open_sender.post("Look #PyConEx", server.url("/1"))
    open_sender.site.services["pictures"].memories.clear()

    server.answers["/1"] = answer(encoded(halves("green", "red")), content_type="image/png")
    second = await open_sender.post("Look again #PyConEx", server.url("/1"))

    assert first.post.shown[0].id != second.post.shown[0].id
