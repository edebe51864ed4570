from dataclasses import replace

import pytest

from tests.cast import ALICE, NOW, a_decision, a_post
from tests.pictures import opened, plain
from wall.core.moderation import Verdict
from wall.core.post import Media, Span
from wall.store.submission import Submission
from wall.web.views import play_view


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


# Every picture of a post, wherever in it


@pytest.fixture
async def drawn(site, store, event):
    """A waiting post with a photo, the still of a video, its author's face and an emoji; and all their addresses."""

    async def kept(colour, kind):
        return await site.services["pictures"].keep_bytes(plain(300, 200, colour), kind=kind)

    photo, still = await kept("red", "photo"), await kept("blue", "photo")
    face, emoji = await kept("green", "avatar"), await kept("white", "emoji")
    media = (
        Media(kind="image", url="https://author.example/1.png", picture=photo),
        Media(kind="video", url="https://author.example/1.mp4", picture=still),
    )
    emojis = {"blob": Media(kind="image", url="https://author.example/blob.png", picture=emoji)}
    span = Span(6, 12, "emoji", "blob")
    post = a_post("Hello :blob:", author=replace(ALICE, avatar=face), media=media, emojis=emojis, spans=(span,))
    await store.posts.submit(event.slug, [Submission(post, Verdict())], now=NOW)
    addresses = [
        f"/{event.slug}/media/{post.id}/{picture.id}/{size}"
        for picture in (photo, still, face, emoji)
        for size in ("thumb", "screen")
    ]
    return await store.posts.get(event.slug, post.id), addresses


async def codes(browser, addresses, **options):
    return {(await browser.get(address, **options)).status_code for address in addresses}


async def test_no_picture_of_a_post_that_is_not_on_the_wall_is_had_without_being_a_moderator(
    site, store, event, mia, zed, drawn
):
    standing, addresses = drawn
    strangers = [site.browser(), await site.browser_of(zed), (await site.browser_of_screen(event.slug))[0]]
    moderator = await site.browser_of(mia)

    for kind in (None, "stash", "reject"):
        if kind:
            standing = await store.posts.decide(event.slug, a_decision(kind, standing), now=NOW)
        assert [await codes(browser, addresses) for browser in strangers] == [{404}] * 3
        assert await codes(moderator, addresses) == {200}


async def test_a_removed_posts_pictures_are_gone_everywhere_for_everybody_else(site, store, event, mia, drawn):
    standing, addresses = drawn
    shown = await store.posts.decide(event.slug, a_decision("approve", standing), now=NOW)
    browser, moderator = site.browser(), await site.browser_of(mia)
    pages = [f"/{event.slug}", f"/{event.slug}?before=99", f"/{event.slug}/feed", f"/{event.slug}/feed?view=html"]
    before = [await browser.get(address) for address in addresses]
    told = {address for page in pages for address in addresses if address in (await browser.get(page)).text}
    assert {answer.status_code for answer in before} == {200}
    assert {answer.headers["cache-control"] for answer in before} == {"private, no-cache"}
    assert len(told) >= 6

    await store.posts.decide(event.slug, a_decision("remove", shown), now=NOW)

    assert await codes(browser, addresses) == {404}
    kept = [{"if-none-match": answer.headers["etag"]} for answer in before]
    again = [await browser.get(one, headers=tag) for one, tag in zip(addresses, kept, strict=True)]
    assert {answer.status_code for answer in again} == {404}
    assert {(await browser.head(address)).status_code for address in addresses} == {404}
    assert not any("max-age" in answer.headers.get("cache-control", "") for answer in again)
    assert (await browser.get(f"/{event.slug}/post/{standing.post.id}")).status_code == 404
    assert await codes(moderator, addresses) == {200}


async def test_pages_and_feeds_tell_no_picture_of_a_removed_post(site, store, event, drawn):
    standing, _ = drawn
    shown = await store.posts.decide(event.slug, a_decision("approve", standing), now=NOW)
    await store.posts.decide(event.slug, a_decision("remove", shown), now=NOW)
    screen, _ = await site.browser_of_screen(event.slug)
    pages = ["", "?before=99", "/feed", "/feed?view=html", "/screen"]

    for page in pages:
        answer = await screen.get(f"/{event.slug}{page}")
        assert answer.status_code == 200
        assert not [one for one in standing.post.pictures if one.id in answer.text]


async def test_a_code_is_marked_for_the_screens_and_told_to_moderators_alone(site, store, event, mia, picture):
    coded = replace(picture, codes=("https://evil.example/<b>",))
    face = replace(coded, id="0" * 32)
    media = (Media(kind="image", url="https://author.example/1.png", picture=coded),)
    post = a_post(media=media, author=replace(ALICE, avatar=face))
    await store.posts.submit(event.slug, [Submission(post, Verdict())], now=NOW)
    desk = await (await site.browser_of(mia)).get(f"/{event.slug}/moderate")
    await store.posts.decide(
        event.slug, a_decision("approve", await store.posts.get(event.slug, post.id)), now=NOW
    )

    feed, page = [await site.browser().get(f"/{event.slug}{path}") for path in ("/feed", "")]

    assert '<bdi class="card__code">https://evil.example/&lt;b&gt;</bdi>' in desk.text
    assert feed.json()["posts"][0]["media"][0]["code"] is True
    assert feed.json()["posts"][0]["author"]["avatar"] is None
    assert "data-code" in page.text
    assert "evil.example" not in feed.text + page.text


async def test_a_screen_is_told_whether_it_may_show_codes(site, store, event):
    screen, _ = await site.browser_of_screen(event.slug)
    off = await screen.get(f"/{event.slug}/screen")

    await store.events.change(event.slug, lambda event: replace(event, show_codes=True))

    assert "data-codes" not in off.text
    assert "data-codes" in (await screen.get(f"/{event.slug}/screen")).text


async def test_a_video_is_named_for_pages_and_not_for_programs(site, store, event, drawn):
    standing, _ = drawn
    await store.posts.decide(event.slug, a_decision("approve", standing), now=NOW)

    page, feed = [await site.browser().get(f"/{event.slug}{path}") for path in ("", "/feed")]

    assert 'href="https://author.example/1.mp4" data-play="video"' in page.text
    assert "It comes from <bdi>author.example</bdi>" in page.text
    assert "author.example" not in feed.text


@pytest.mark.parametrize(
    "url", ["http://author.example/1.mp4", "javascript:alert(1)", "https://a@b/1.mp4", "1.mp4", ""]
)
async def test_a_video_that_cannot_be_played_safely_is_not_linked_to(url):
    assert play_view(Media(kind="video", url=url)) is None
