"""Pictures in front of people: what screens leave out, what plays where, what the desk covers."""

from dataclasses import replace
from io import BytesIO

import pytest
import segno
from playwright.async_api import expect

from tests.browser.wall import article, now
from tests.cast import a_post
from tests.waiting import until
from wall.core.post import Media
from wall.rehearsal.pictures import picture as drawn

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]

IN_WORKER = "async address => Boolean(await caches.match(address))"
FILM = "https://films.example/talk.mp4"


@pytest.fixture
def kept(wall):
    """Return a function that keeps a picture and returns it as it is attached to a post."""

    async def kept(data, *, kind="image", url="https://author.example/1.png"):
        picture = await wall.acceptor.pictures.keep_bytes(data, kind="photo")
        return Media(kind=kind, url=url, picture=picture)

    return kept


def code():
    buffer = BytesIO()
    segno.make("https://evil.example/").save(buffer, kind="png", scale=8)
    return buffer.getvalue()


async def test_a_screen_leaves_a_code_out_and_the_live_page_shows_it(wall, event, windows, kept):
    photo, coded = await kept(drawn("dog")), await kept(code())
    (both,) = await wall.show(event, "Both #PyConEx", media=(photo, coded))
    (alone,) = await wall.show(event, "", media=(coded,))

    screen, live = await windows.screen(wall, event), await windows.live(wall, event)

    await expect(article(screen, both).locator(".post__picture")).to_have_count(1)
    await expect(article(screen, alone)).to_have_count(0)
    await expect(article(live, both).locator(".post__picture")).to_have_count(2)
    (later,) = await wall.show(event, "Scan me #PyConEx", media=(coded,))
    await expect(article(screen, later)).to_be_visible()
    await expect(article(screen, later).locator(".post__picture")).to_have_count(0)


async def test_a_screen_shows_codes_where_the_event_says_so(wall, windows, kept):
    event = await wall.event(show_codes=True)
    (post,) = await wall.show(event, "Scan me #PyConEx", media=(await kept(code()),))

    screen = await windows.screen(wall, event)

    await expect(article(screen, post).locator(".post__picture")).to_have_count(1)


async def test_a_picture_is_shown_after_a_reload_without_a_server(wall, event, windows, kept):
    photo = await kept(drawn("dog"))
    (post,) = await wall.show(event, "A dog #PyConEx", media=(photo,))
    screen = await windows.screen(wall, event)
    address = f"/{event.slug}/media/{post.id}/{photo.picture.id}/screen"
    await until(lambda: screen.evaluate(IN_WORKER, address))

    async with wall.away():
        await screen.reload()

        picture = article(screen, post).locator(".post__picture img")
        await expect(picture).to_be_visible()
        await until(lambda: picture.evaluate("image => image.complete && image.naturalWidth > 0"))


async def test_a_video_asks_its_server_once_somebody_presses_play_and_never_on_a_screen(
    wall, event, windows, kept
):
    film = await kept(drawn("harbour"), kind="video", url=FILM)
    (post,) = await wall.show(event, "The talk #PyConEx", media=(film,))
    screen, live = await windows.screen(wall, event), await windows.live(wall, event)
    asked = []

    async def refuse(route):
        asked.append(route.request)
        await route.fulfill(status=404)

    await live.context.route("https://films.example/**", refuse)
    await expect(article(screen, post).locator(".post__picture img")).to_be_visible()
    await expect(article(live, post)).to_contain_text("It comes from films.example, and is not kept here.")
    assert asked == []
    await expect(article(screen, post).get_by_text("Play")).to_have_count(0)

    await article(live, post).get_by_role("link", name="Play the video").click()

    await expect(article(live, post).get_by_role("link", name="Open it at films.example")).to_be_visible()
    assert {(one.url, one.headers.get("referer")) for one in asked} == {(FILM, None)}
    windows.requests[:] = [url for url in windows.requests if url != FILM]


async def test_a_desk_covers_the_pictures_of_somebody_unknown_until_a_key(wall, event, windows, kept):
    await wall.submit(event, a_post("Look #PyConEx", media=(await kept(drawn("dog")),)))
    desk = await windows.desk(wall, event)
    picture = desk.locator(".stage .post__picture img")
    await expect(picture).to_have_css("filter", "blur(36px) saturate(0.4)")

    await desk.keyboard.press("r")

    await expect(picture).to_have_css("filter", "none")


async def test_pictures_are_covered_and_shown_as_their_author_is_trusted_at_every_desk(wall, event, windows, kept):
    dog, tram = [(await kept(drawn(name)),) for name in ("dog", "tram")]
    refused, waits = await wall.submit(
        event, a_post("A dog #PyConEx", media=dog), a_post("A tram #PyConEx", media=tram)
    )
    await wall.decide(event, "reject", refused)
    desk, ben = await windows.desk(wall, event), await windows.desk(wall, event, "Ben")
    await ben.get_by_role("link", name="Rejected").click()
    await expect(ben.locator(".connection[data-level=good]")).to_be_attached()
    pictures = [page.locator(".stage__post, .decided").locator(".post__picture img") for page in (desk, ben)]
    standing = await wall.store.posts.get(event.slug, waits.id)

    for by, covered in (("Ada", False), (None, True)):
        await wall.store.authors.judge(event.slug, standing, by=by, now=now())

        for picture, page in zip(pictures, (desk, ben), strict=True):
            await expect(picture).to_have_css("filter", "blur(36px) saturate(0.4)" if covered else "none")
            await expect(page.get_by_role("button", name="Reveal picture")).to_be_visible(visible=covered)


async def test_a_key_rejects_a_post_for_its_picture_and_others_like_it_as_they_come(wall, event, windows, kept):
    photo = await kept(drawn("lunch"))
    await wall.submit(event, a_post("Look #PyConEx", media=(photo,)))
    desk = await windows.desk(wall, event)

    await desk.keyboard.press("i")
    await expect(desk.locator(".decide__said")).to_contain_text("Rejected for its picture")

    async def kept_by_the_server():
        return await wall.store.refused.all(event.slug)

    await until(kept_by_the_server)
    await wall.submit(event, a_post("Look again #PyConEx", media=(photo,)))

    await expect(desk.locator(".tab [data-tally=rejected]")).to_have_text("2")
    await expect(desk.locator(".tab [data-tally=waiting]")).to_have_text("0")


async def test_a_picture_of_two_moderators_goes_from_one_desk_to_the_other(wall, windows, kept):
    event = await wall.event(two_eyes=True)
    (post,) = await wall.submit(event, a_post("Look #PyConEx", media=(await kept(drawn("tram")),)))
    ada, ben = await windows.desk(wall, event, "Ada"), await windows.desk(wall, event, "Ben")
    await ada.keyboard.press("y")
    await expect(ada.locator(".decide__said")).to_contain_text("1 of 2")
    await expect(ben.locator(".stage")).to_contain_text("1 of 2, by Ada")

    async def approved():
        await ben.keyboard.press("y")  # not heard for a moment, because the post changed under his hands
        return await ben.locator(".tab [data-tally=approved]").text_content() == "1"

    await until(approved)
    live = await windows.live(wall, event)
    await expect(article(live, post)).to_be_visible()
    await expect(ada.locator(".tab [data-tally=approved]")).to_have_text("1")


async def test_who_works_alone_never_comes_back_to_their_own_first_approval(wall, windows, kept):
    event = await wall.event(two_eyes=True)
    pictured, plain = await wall.submit(
        event, a_post("Look #PyConEx", media=(await kept(drawn("tram")),)), a_post("Plain #PyConEx")
    )
    desk = await windows.desk(wall, event)
    on_stage = desk.locator(".stage__post article")
    await expect(on_stage).to_have_id(f"post-{pictured.id}")

    await desk.keyboard.press("y")
    await expect(desk.locator(".decide__said")).to_contain_text("1 of 2")
    await expect(on_stage).to_have_id(f"post-{plain.id}")
    await desk.keyboard.press("y")

    await expect(desk.get_by_text("1 post that you approved needs somebody else's approval, too.")).to_be_visible()
    await expect(desk.locator(".tab [data-tally=approved]")).to_have_text("1")
    await expect(desk.locator(".tab [data-tally=waiting]")).to_have_text("1")


async def test_an_avatar_with_a_code_is_a_letter(wall, event, windows):
    face = await wall.acceptor.pictures.keep_bytes(code(), kind="avatar")
    post = a_post("Hello #PyConEx")
    post = replace(post, author=replace(post.author, avatar=face))
    await wall.submit(event, post)
    await wall.decide(event, "approve", post)

    screen = await windows.screen(wall, event)

    await expect(article(screen, post)).to_be_visible()
    await expect(article(screen, post).locator(".post__avatar img")).to_have_count(0)
