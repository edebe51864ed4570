from dataclasses import replace

import pytest

from tests.cast import ALICE, a_post
from tests.sources.world import EVENT, NOW
from wall.core.post import Picture
from wall.errors import InvalidInput
from wall.sources.blog import LONGEST, entry

QUOTED = a_post("We are moving to hall 2", author=ALICE, url="https://social.example/1")


def write(text, quoted=None):
    return entry(text, EVENT, id="mia-1", quoted=quoted, now=NOW)


def test_an_entry_is_by_the_wall_itself_and_belongs_to_the_event():
    post = write("Coffee is **here** https://x.example #food")

    assert (post.author.name, post.source.kind, post.uid) == ("PyCon DE", "blog", "blog:mia-1")
    assert [tag.key for tag in post.tags] == ["food", "pyconde"]
    assert [span.kind for span in post.spans] == ["link", "tag"]


def test_the_logo_of_the_event_is_the_face_of_an_entry():
    logo = Picture(id="a" * 32, width=60, height=20)

    post = entry("Hello", EVENT, id="mia-1", quoted=None, now=NOW, logo=logo)

    assert post.pictures == (logo,)


def test_a_quotation_says_who_wrote_it_and_leads_there():
    post = write("Note:", QUOTED)

    assert post.text == "Note:\n\n“We are moving to hall 2”\n— Alice (@alice@social.example)"
    assert (post.url, post.reply_to) == (QUOTED.url, QUOTED.uid)


def test_a_quotation_is_as_sensitive_as_what_it_quotes():
    post = write("Note:", replace(QUOTED, sensitive=True, content_warning="Spoiler"))

    assert (post.sensitive, post.content_warning) == (True, "Spoiler")


@pytest.mark.parametrize("text", ["", " \n ", "a" * (LONGEST + 1), "a" * 10_000_000])
def test_nothing_and_too_much_are_refused_in_words(text):
    with pytest.raises(InvalidInput) as caught:
        write(text, QUOTED)
    assert caught.value.field == "text"


def test_what_nobody_can_read_is_cleaned_away():
    assert write("Hi\u202e \x00there").text == "Hi there"
