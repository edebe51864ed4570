from io import BytesIO

import pytest
from PIL import Image

from wall.errors import NotFound
from wall.rehearsal import pictures


@pytest.mark.parametrize("name", pictures.names())
def test_every_picture_can_be_read(name):
    image = Image.open(BytesIO(pictures.picture(name)))

    image.load()

    assert image.format in ("JPEG", "PNG")
    assert max(image.size) <= 1280
    assert len(image.getcolors(maxcolors=image.width * image.height)) > 3


def test_there_are_enough_pictures_in_several_shapes():
    shapes = {Image.open(BytesIO(pictures.picture(name))).size for name in pictures.PHOTOS}

    assert len(pictures.PHOTOS) >= 24
    assert len(pictures.AVATARS) == 60
    assert {width > height for width, height in shapes} == {True, False}
    assert any(width == height for width, height in shapes)


def test_no_two_pictures_are_alike():
    drawn = {pictures.picture(name) for name in pictures.names()}

    assert len(drawn) == len(pictures.names())


def test_a_picture_is_the_same_every_time():
    before = pictures.picture("lamp")
    pictures.picture.cache_clear()

    assert pictures.picture("lamp") == before


@pytest.mark.parametrize("name", ["", "nothing", "avatar-00", "avatar-61", "../stage", "x" * 10_000_000])
def test_a_picture_that_does_not_exist_is_not_found(name):
    with pytest.raises(NotFound, match="no picture"):
        pictures.picture(name)
