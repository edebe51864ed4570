import asyncio
import os
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PIL import Image

from tests.pictures import encoded, halves, opened, plain, png_claiming
from tests.raw_server import answer, raw_server
from wall import decode as decoding
from wall.core.post import Author, Media, Picture, Post, SourceRef
from wall.errors import PictureError
from wall.media import Pictures
from wall.media import pictures as media_module
from wall.sources.fetch import Fetch

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
async def server():
    async with raw_server() as server:
        yield server


@pytest.fixture
async def pictures(tmp_path):
    async with Fetch(user_agent="Wall/1", private_addresses=True) as fetch:
        yield Pictures(tmp_path / "pictures", fetch)


def image(data, content_type="image/png"):
    return answer(data, content_type=content_type)


def a_post(*media, avatar_url=None, emojis=None):
    return Post(
        uid="ap:https://a.example/1",
        source=SourceRef(id="s1", kind="mastodon"),
        author=Author(uid="ap:https://a.example/mia", handle="@mia@a.example", name="Mia", avatar_url=avatar_url),
        text="Hello :blob:",
        created_at=NOW,
        received_at=NOW,
        media=media,
        emojis=emojis or {},
    )


def files(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


async def test_a_picture_is_kept_by_what_it_holds(server, pictures):
    server.answers["/cat.png"] = image(plain(1000, 500))

    picture = await pictures.keep(server.url("/cat.png"), kind="photo")

    assert (picture.width, picture.height) == (1000, 500)
    assert files(pictures.folder) == [f"{picture.id}-screen.webp", f"{picture.id}-thumb.webp"]
    assert pictures.open(picture.id, "screen").parent.name == picture.id[:2]
    assert opened(pictures.open(picture.id, "screen").read_bytes()).size == (1000, 500)
    assert opened(pictures.open(picture.id, "thumb").read_bytes()).size == (480, 240)


async def test_the_same_picture_from_two_places_is_kept_once(server, pictures):
    server.answers["/1.png"] = server.answers["/2.png"] = image(plain())

    one = await pictures.keep(server.url("/1.png"), kind="photo")
    two = await pictures.keep(server.url("/2.png"), kind="photo")

    assert one == two
    assert len(files(pictures.folder)) == 2


async def test_an_avatar_has_one_size_under_both_names(pictures):
    picture = await pictures.keep_bytes(plain(300, 300), kind="avatar")

    assert pictures.open(picture.id, "thumb") == pictures.open(picture.id, "screen")


async def test_what_is_served_does_not_tell_where_it_was_taken(pictures):
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 12.0), 29: "CANARY date"}
    taken = plain(600, 400, format="JPEG", exif=exif)

    picture = await pictures.keep_bytes(taken, kind="photo")

    assert b"CANARY" in taken
    for path in (pictures.open(picture.id, "screen"), pictures.open(picture.id, "thumb")):
        assert b"CANARY" not in path.read_bytes()
        assert not opened(path.read_bytes()).getexif()


async def test_what_a_server_shows_later_changes_nothing(server, pictures):
    server.answers["/cat.png"] = image(plain(colour="red"))
    approved = await pictures.keep(server.url("/cat.png"), kind="photo")
    before = pictures.open(approved.id, "screen").read_bytes()

    server.answers["/cat.png"] = image(plain(colour="blue"))
    again = await pictures.keep(server.url("/cat.png"), kind="photo")

    assert again == approved
    assert pictures.open(approved.id, "screen").read_bytes() == before


async def test_an_address_is_asked_once_although_many_want_it(server, pictures):
    server.answers["/mia.png"] = image(plain())

    kept = await asyncio.gather(*(pictures.keep(server.url("/mia.png"), kind="avatar") for _ in range(10)))

    assert len(set(kept)) == 1
    assert server.paths == ["/mia.png"]


async def test_an_address_that_failed_is_not_asked_again_at_once(server, pictures):
    for _ in range(2):
        with pytest.raises(PictureError, match="404"):
            await pictures.keep(server.url("/gone.png"), kind="avatar")

    assert server.paths == ["/gone.png"]


async def test_an_address_is_asked_again_after_its_time(server, pictures, monkeypatch):
    monkeypatch.setattr(media_module, "KEPT_SECONDS", -1.0)
    server.answers["/mia.png"] = image(plain())

    await pictures.keep(server.url("/mia.png"), kind="avatar")
    await pictures.keep(server.url("/mia.png"), kind="avatar")

    assert server.paths == ["/mia.png", "/mia.png"]


async def test_only_so_many_addresses_are_remembered(server, pictures, monkeypatch):
    monkeypatch.setattr(media_module, "REMEMBERED", 3)
    for number in range(5):
        server.answers[f"/{number}.png"] = image(plain())
        await pictures.keep(server.url(f"/{number}.png"), kind="photo")

    assert [url.rpartition("/")[2] for url, _ in pictures.memories] == ["2.png", "3.png", "4.png"]


async def test_a_discarded_picture_is_gone_and_can_come_again(server, pictures):
    server.answers["/cat.png"] = image(plain())
    picture = await pictures.keep(server.url("/cat.png"), kind="photo")

    freed = [pictures.discard(picture.id, time.time() + 60) for _ in range(2)]

    assert (freed[0] > 0, freed[1]) == (True, 0)
    assert pictures.open(picture.id, "screen") is None
    assert files(pictures.folder) == []
    assert await pictures.keep(server.url("/cat.png"), kind="photo") == picture
    assert pictures.open(picture.id, "screen").is_file()


@pytest.mark.parametrize(
    "picture_id",
    [
        "",
        "..",
        "../../etc/passwd",
        "a" * 31,
        "a" * 33,
        "A" * 32,
        "a" * 31 + "\n",
        "a" * 32 + "\n",
        "/" * 32,
        "\x00",
    ],
)
async def test_an_id_that_is_none_opens_nothing_and_deletes_nothing(pictures, picture_id):
    assert pictures.discard(picture_id, time.time() + 60) == 0
    assert not pictures.has(Picture(picture_id, 1, 1))
    assert pictures.open(picture_id, "screen") is None


async def test_an_unknown_id_opens_nothing(pictures):
    assert pictures.open("0" * 32, "thumb") is None


@pytest.mark.parametrize(
    ("prepared", "words"),
    [
        (image(b""), "empty"),
        (image(b"<html>not a cat</html>", "image/jpeg"), "not a picture"),
        (image(b"<html>", "text/html"), "answered with text/html"),
        (image(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"), "not a picture"),
        (image(png_claiming(60_000, 60_000)), "million pixels"),
        (image(plain()[:60]), "damaged"),
        (image(bytes(10_000_001)), "more than"),
        (answer(status="404 Not Found"), "404"),
        (answer(status="302 Found", headers=["Location: http://169.254.169.254/"]), "169.254"),
    ],
    ids=[
        "empty",
        "HTML as JPEG",
        "HTML",
        "SVG",
        "bomb",
        "cut short",
        "too many bytes",
        "missing",
        "redirect inside",
    ],
)
async def test_a_bad_picture_is_an_error_in_words_and_leaves_no_file(server, pictures, prepared, words):
    server.answers["/cat.jpg"] = prepared

    with pytest.raises(PictureError, match=words):
        await pictures.keep(server.url("/cat.jpg"), kind="photo")

    assert files(pictures.folder) == []


async def test_a_disk_that_takes_no_file_is_an_error_in_words(pictures):
    pictures.folder.write_text("a file where the folder should be")

    with pytest.raises(PictureError, match="cannot be stored"):
        await pictures.keep_bytes(plain(), kind="photo")


async def test_a_file_is_there_whole_or_not_at_all(pictures, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(PictureError, match="No space left"):
        await pictures.keep_bytes(plain(), kind="photo")

    assert files(pictures.folder) == []


async def test_a_decoder_that_crashes_or_hangs_does_not_stop_the_next_picture(pictures, monkeypatch, tmp_path):
    crashing, hanging = tmp_path / "crashing.py", tmp_path / "hanging.py"
    crashing.write_text("import os; os.kill(os.getpid(), 11)")
    hanging.write_text("import signal; signal.pause()")
    with monkeypatch.context() as patched:
        patched.setattr(decoding, "SECONDS", 0.5)
        patched.setattr(decoding, "PROGRAM", crashing)
        with pytest.raises(PictureError):
            await pictures.keep_bytes(plain(), kind="photo")
        patched.setattr(decoding, "PROGRAM", hanging)
        outcomes = await asyncio.gather(
            *(pictures.keep_bytes(plain(), kind="photo") for _ in range(3)), return_exceptions=True
        )

    picture = await pictures.keep_bytes(plain(), kind="photo")

    assert [type(outcome) for outcome in outcomes] == [PictureError] * 3
    assert pictures.open(picture.id, "screen").is_file()


async def test_a_post_is_dressed_with_our_own_copies(server, pictures):
    for name in ("cat", "mia", "blob", "still"):
        server.answers[f"/{name}.png"] = image(encoded(halves("red", "blue", 200, 200)))
    post = a_post(
        Media(kind="image", url=server.url("/cat.png"), alt="A cat"),
        Media(kind="video", url=server.url("/film.mp4"), preview_url=server.url("/still.png")),
        avatar_url=server.url("/mia.png"),
        emojis={"blob": Media(kind="image", url=server.url("/blob.png"))},
    )

    dressed = await pictures.dress(post)

    photo, film = dressed.media
    assert (photo.picture.width, photo.problem, photo.alt) == (200, None, "A cat")
    assert film.picture == photo.picture
    assert dressed.author.avatar.width == 160
    assert dressed.emojis["blob"].picture.width == 128
    assert "/film.mp4" not in server.paths
    assert dressed.content_hash == post.content_hash


async def test_a_post_with_bad_pictures_says_what_is_wrong_and_keeps_the_rest(server, pictures):
    server.answers["/cat.png"] = image(plain())
    server.answers["/bomb.png"] = image(png_claiming(60_000, 60_000))
    post = a_post(
        Media(kind="image", url=server.url("/bomb.png")),
        Media(kind="image", url="file:///etc/passwd"),
        Media(kind="image", url=server.url("/cat.png")),
        Media(kind="audio", url=server.url("/song.ogg")),
        avatar_url=server.url("/gone.png"),
        emojis={"blob": Media(kind="image", url=server.url("/gone.png"))},
    )

    dressed = await pictures.dress(post)

    bomb, file, cat, song = dressed.media
    assert "million pixels" in bomb.problem
    assert "http" in file.problem
    assert cat.picture is not None
    assert (song.picture, song.problem) == (None, None)
    assert dressed.author.avatar is None
    assert dressed.emojis["blob"].picture is None
    assert "404" in dressed.emojis["blob"].problem


async def test_a_post_is_dressed_in_time_although_a_server_hangs(server, pictures, monkeypatch):
    async def silent(writer):
        await asyncio.Event().wait()

    monkeypatch.setattr(media_module, "DRESS_SECONDS", 0.2)
    server.answers["/slow.png"] = silent
    post = a_post(Media(kind="image", url=server.url("/slow.png")), avatar_url=server.url("/slow.png"))

    dressed = await pictures.dress(post)

    assert dressed.media[0].problem == "The picture did not arrive in time."
    assert dressed.author.avatar is None


async def test_a_post_of_very_many_pictures_keeps_the_first_ones(server, pictures):
    server.answers["/cat.png"] = image(plain())
    one = Media(kind="image", url=server.url("/cat.png"))
    post = a_post(*[one] * 20, emojis={f"e{number}": one for number in range(60)})

    dressed = await pictures.dress(post)

    assert [media.picture is not None for media in dressed.media] == [True] * 8 + [False] * 12
    assert "first 8" in dressed.media[8].problem
    assert len(dressed.emojis) == 40
    assert server.paths == ["/cat.png", "/cat.png"]


async def test_a_post_whose_pictures_we_keep_already_stays_as_it_is(server, pictures):
    picture = await pictures.keep_bytes(plain(), kind="photo")
    media = Media(kind="image", url=server.url("/gone.png"), picture=picture)
    post = a_post(media, emojis={"blob": media})
    post = replace(post, author=replace(post.author, avatar=picture, avatar_url=server.url("/gone.png")))

    assert await pictures.dress(post) == post
    assert server.requests == []


async def test_a_source_cannot_smuggle_in_a_picture_of_its_own_choice(server, pictures):
    claimed = Picture("0" * 32, 9, 9)
    media = Media(kind="image", url=server.url("/gone.png"), picture=claimed)
    post = replace(
        a_post(media), author=replace(a_post().author, avatar=claimed, avatar_url=server.url("/gone.png"))
    )

    dressed = await pictures.dress(post)

    assert dressed.media[0].picture is None
    assert dressed.author.avatar is None
