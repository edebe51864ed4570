import pytest

from tests.sources.single.web import Web, read
from wall.errors import InvalidInput, SourceError
from wall.sources.single.registry import checked, find


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" https://a.example/@mia/1 ", "https://a.example/@mia/1"),
        ("a.example/@mia/1", "https://a.example/@mia/1"),
        ("note1xyz", "note1xyz"),
        ("nostr:note1xyz", "nostr:note1xyz"),
        ("at://did:plc:x/app.bsky.feed.post/1", "at://did:plc:x/app.bsky.feed.post/1"),
    ],
)
def test_an_address_is_taken_as_people_paste_it(typed, address):
    assert checked(typed) == address


@pytest.mark.parametrize(
    "typed", ["", "   ", "two words.example", "https://[x", "https://a.example/" + "a" * 3000]
)
def test_what_is_no_address_is_refused_in_words(typed):
    with pytest.raises(InvalidInput) as caught:
        checked(typed)
    assert caught.value.field == "address"


async def test_what_speaks_no_network_of_ours_is_read_as_a_page():
    web = Web()
    web.page("https://blog.example/1", "<title>A talk</title>")

    assert (await read(find, web, "blog.example/1")).text == "A talk"


async def test_what_is_no_address_of_any_network_is_nobodys():
    with pytest.raises(SourceError, match="no post at this address"):
        await read(find, Web(), "note1xyz")
