from dataclasses import replace

import pytest

from tests.cast import ALICE, NOW, a_decision, a_post
from tests.pictures import opened, plain
from wall.core.moderation import Verdict
from wall.core.post import Media
from wall.store.posts import Submission


@pytest.fixture
async def picture(site):
    return await site.services["pictures"].keep_bytes(plain(width=800, height=600), kind="photo")


@pytest.fixture
async def standing(store, event, picture):
    """A waiting post with a picture."""
    media = Media(kind="image", url="https://author.example/original.png", picture=picture)
    post = a_post(media=(media,))
    await store.posts.submit(event.slug, [Submission(post, Verdict())], now=NOW)
    return await store.posts.get(event.slug, post.id)


@pytest.fixture
def address(event, standing, picture):
    return f"/{event.slug}/media/{standing.post.id}/{picture.id}"


async def test_a_picture_of_a_waiting_post_is_for_moderators_alone(site, mia, zed, address):
    moderator, known, stranger = await site.browser_of(mia), await site.browser_of(zed), site.browser()

    answers = [(await browser.get(f"{address}/thumb")).status_code for browser in (moderator, known, stranger)]

    assert answers == [200, 404, 404]


async def test_a_picture_on_the_wall_is_our_own_copy_and_asked_for_anew_each_time(
    site, store, event, standing, address
):
    await store.posts.decide(event.slug, a_decision("approve", standing), now=NOW)
    browser = site.browser()

    full, thumb = await browser.get(f"{address}/screen"), await browser.get(f"{address}/thumb")

    assert full.headers["content-type"] == "image/webp"
    assert "no-cache" in full.headers["cache-control"]
    assert opened(full.content).size == (800, 600)
    assert opened(thumb.content).size < (800, 600)
    feed = await browser.get(f"/{event.slug}/feed")
    assert "author.example" not in feed.text
    assert feed.json()["posts"][0]["media"][0]["src"] == f"{address}/screen"


async def test_a_cache_is_told_that_its_copy_is_good_only_while_the_post_is_on_the_wall(
    site, store, event, standing, address
):
    approved = await store.posts.decide(event.slug, a_decision("approve", standing), now=NOW)
    browser = site.browser()
    etag = (await browser.get(f"{address}/thumb")).headers["etag"]

    while_shown = await browser.get(f"{address}/thumb", headers={"if-none-match": etag})
    await store.posts.decide(event.slug, a_decision("remove", approved), now=NOW)
    after = await browser.get(f"{address}/thumb", headers={"if-none-match": etag})
    part = await browser.get(f"{address}/thumb", headers={"range": "bytes=0-10"})

    assert (while_shown.status_code, after.status_code, part.status_code) == (304, 404, 404)
    assert while_shown.content == b""


async def test_a_picture_of_a_post_its_author_deleted_is_gone_for_moderators_too(
    site, store, event, mia, standing, address
):
    await store.posts.withdraw(event.slug, standing.post.uid, now=NOW)

    answer = await (await site.browser_of(mia)).get(f"{address}/thumb")

    assert answer.status_code == 404


async def test_a_picture_is_reached_through_its_own_post_alone(site, store, event, approved, picture):
    answer = await site.browser().get(f"/{event.slug}/media/{approved.post.id}/{picture.id}/thumb")

    assert answer.status_code == 404


async def test_the_picture_of_an_author_belongs_to_the_post(site, store, event, picture, waiting):
    post = a_post(author=replace(ALICE, avatar=picture))
    await store.posts.submit(event.slug, [Submission(post, Verdict())], now=NOW)
    standing = await store.posts.get(event.slug, post.id)
    await store.posts.decide(event.slug, a_decision("approve", standing), now=NOW)

    answer = await site.browser().get(f"/{event.slug}/media/{post.id}/{picture.id}/thumb")

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "end",
    [
        "{picture}/huge",
        "{picture}/",
        "../../{picture}/thumb",
        "..%2f..%2fetc%2fpasswd/thumb",
        "%2e%2e%2f%2e%2e/thumb",
        "{picture}%00/thumb",
        "{upper}/thumb",
        "{picture}/..%2fthumb",
        "{short}/thumb",
        "C:%5cx/thumb",
    ],
)
async def test_no_other_file_can_be_asked_for(site, store, event, standing, picture, end):
    await store.posts.decide(event.slug, a_decision("approve", standing), now=NOW)
    end = end.format(picture=picture.id, upper=picture.id.upper(), short=picture.id[:-1])

    answer = await site.browser().get(f"/{event.slug}/media/{standing.post.id}/{end}")

    assert answer.status_code == 404
    assert not answer.headers["content-type"].startswith("image/")
