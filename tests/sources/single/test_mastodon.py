import pytest

from tests.sources.fediverse import status
from tests.sources.single.web import Web, read
from wall.core.source import SourceSettings
from wall.errors import InvalidPost
from wall.sources.single import mastodon

ADDRESS = "https://home.example/@mia/7"
API = "https://home.example/api/v1/statuses/7"


@pytest.fixture
def web():
    web = Web()
    web.json("https://home.example/api/v2/instance", {"domain": "home.example"})
    return web


@pytest.mark.parametrize(
    "path",
    ["/@mia/7", "/@mia/7/", "/@mia/statuses/7", "/users/mia/statuses/7", "/ap/users/3/statuses/7", "/notice/7",
     "/p/mia/7", "/deck/@mia/7", "/web/statuses/7"],
)  # fmt: skip
async def test_a_post_is_the_one_that_a_source_would_bring(web, path):
    web.json(API, status(7))

    post = await read(mastodon.read, web, f"https://home.example{path}")

    assert post.uid == "ap:https://home.example/users/mia/statuses/7"
    assert (post.author.handle, post.text) == ("mia@home.example", "Hello #PyConDE")


async def test_it_goes_by_the_events_own_source_which_then_looks_after_it(web):
    web.json(API, status(7))

    own = SourceSettings(id="m1", kind="mastodon")

    assert (await read(mastodon.read, web, ADDRESS, [own])).source.id == "m1"
    assert (await read(mastodon.read, web, ADDRESS)).source.id == "by-hand"


async def test_a_copy_on_another_server_is_asked_for_at_its_authors_own(web):
    web.json("https://big.example/api/v1/statuses/99", status(7, account={"acct": "mia@home.example"}))
    web.json(API, status(7))

    post = await read(mastodon.read, web, "https://big.example/@mia@home.example/99")

    assert post.author.handle == "mia@home.example"
    assert post.source.place == "home.example"


async def test_a_server_is_not_believed_about_anothers_people(web):
    web.json("https://evil.example/api/v1/statuses/1", status(7, url="https://evil.example/@mia/1"))

    with pytest.raises(InvalidPost, match="only its author's own server"):
        await read(mastodon.read, web, "https://evil.example/@mia/1")


async def test_a_post_that_is_not_for_everybody_is_refused_in_words(web):
    web.json(API, status(7, visibility="private"))

    with pytest.raises(InvalidPost, match="not for everybody"):
        await read(mastodon.read, web, ADDRESS)


async def test_a_page_that_only_looks_like_it_is_left_to_others(web):
    web.page(API, "<p>maintenance</p>")

    assert await read(mastodon.read, web, ADDRESS) is None
    assert await read(mastodon.read, web, "https://blog.example/2026/11/7") is None
    assert web.asked == [API]
