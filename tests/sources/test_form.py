import pytest

from tests.sources.world import EVENT, NOW
from wall.errors import InvalidInput
from wall.sources.form import parse


def made(name="Mia", text="Hello"):
    return parse(name, text, "phone-1", EVENT, NOW, "r4nd0m")


def test_what_somebody_writes_becomes_a_post_of_the_event():
    post = made()

    assert (post.uid, post.author.uid, post.author.name, post.author.handle) == (
        "form:r4nd0m",
        "form:phone-1",
        "Mia",
        "",
    )
    assert (post.text, post.created_at, post.received_at) == ("Hello", NOW, NOW)
    assert EVENT.wants(post)


def test_a_hashtag_in_the_text_is_not_added_twice():
    assert [tag.where for tag in made(text="Hello #PyConDE").tags] == ["text"]


@pytest.mark.parametrize("name", ["", "   ", "\u202e\u200b", "\ud800"])
def test_without_a_name_it_is_someone_in_the_room(name):
    assert made(name=name).author.name == "Someone"


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b\u202e", "\ud800"])
def test_nothing_is_not_a_post(text):
    with pytest.raises(InvalidInput, match="Write something first"):
        made(text=text)


def test_what_fits_is_counted_as_people_count():
    assert made(text="👩🏽‍💻" * 280).text == "👩🏽‍💻" * 280


def test_too_much_is_refused_with_the_count():
    with pytest.raises(InvalidInput, match="281 characters; 280 fit") as refusal:
        made(text="x" * 281)

    assert refusal.value.field == "text"


def test_ten_megabytes_are_refused_quickly():
    with pytest.raises(InvalidInput):
        made(text="x" * 10_000_000, name="y" * 10_000_000)


def test_a_long_name_is_cut():
    assert len(made(name="Z" + "\u0301" * 500 + "x" * 1000).author.name) < 200
