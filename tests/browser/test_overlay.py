"""The overlay: empty and see-through until the desk sends a post, and without it the moment the post is gone."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from playwright.async_api import expect

from tests.browser.wall import PHONE, now
from tests.waiting import until
from wall.core.overlay import Overlay

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]

UPRIGHT = {"width": 1080, "height": 1920}
HELD = "one => getComputedStyle(one).opacity"


async def an_overlay(windows, wall, event, *, url=None, **options):
    """Return an overlay, and the page of its link as a video mixer opens it."""
    screen, token = await wall.store.screens.open(event.slug, "Stream", now=now(), kind="overlay")
    page = await windows.page(f"{url or wall.url}/{event.slug}/overlay/open#{token}", **options)
    await page.wait_for_url("**/overlay*")
    await expect(page.locator(".over")).to_be_attached()
    return screen, page


async def send(wall, event, post, form="card"):
    """Send a post over the video, as a desk does."""

    def sent(overlay):
        return replace(
            overlay,
            post_id=post.id,
            content_hash=post.content_hash,
            form=form,
            since=now(),
            version=overlay.version + 1,
        )

    await wall.store.outputs.change(event.slug, Overlay, sent, now=now())


async def confirmed(wall, event, desk, post):
    """Return which screens have told a desk that a post is gone, once all have."""

    async def asked():
        answer = await desk.request.get(f"{wall.url}/{event.slug}/moderate/screens?post={post.id}")
        screens = (await answer.json())["screens"]
        return [one["name"] for one in screens] if all(one["painted"] for one in screens) else None

    return await until(asked)


async def take_off(wall, event):
    def taken(overlay):
        return replace(overlay, post_id="", version=overlay.version + 1)

    await wall.store.outputs.change(event.slug, Overlay, taken, now=now())


async def opacity_at(page, *places):
    """Return how opaque the page is at places of the picture, 0 to 255."""
    picture = Image.open(BytesIO(await page.screenshot(omit_background=True)))
    return [picture.getpixel(place)[3] for place in places]


def plate(page):
    return page.locator(".plate:not(.leaves)")


async def test_until_a_post_is_sent_there_every_point_of_it_is_see_through(wall, event, windows):
    await wall.show(event, "Hello #PyConEx")
    _, page = await an_overlay(windows, wall, event, color_scheme="dark")

    picture = Image.open(BytesIO(await page.screenshot(omit_background=True)))

    assert picture.getchannel("A").getextrema() == (0, 0)


@pytest.mark.parametrize("form", ["card", "lower-third", "question"])
@pytest.mark.parametrize("size", [None, UPRIGHT], ids=["wide", "upright"])
async def test_what_is_sent_there_lies_inside_the_safe_area_and_around_it_the_video_is_seen(
    wall, event, windows, form, size
):
    (post,) = await wall.show(event, "Will the slides be online? " * 12 + "#PyConEx")
    _, page = await an_overlay(windows, wall, event, **({"viewport": size} if size else {}))

    await send(wall, event, post, form)

    await expect(page.locator(f".plate[data-form={form}] #post-{post.id}")).to_be_visible()
    box = await plate(page).bounding_box()
    view = page.viewport_size
    assert box["x"] >= view["width"] * 0.049
    assert box["x"] + box["width"] <= view["width"] * 0.951
    assert box["y"] >= view["height"] * 0.049
    assert box["y"] + box["height"] <= view["height"] * 0.951
    assert await opacity_at(page, (5, 5), (view["width"] - 5, 5)) == [0, 0]
    size = await page.locator(".plate .post__text").evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    assert size >= min(view.values()) * 0.03


async def test_a_removed_post_leaves_it_at_once_and_does_not_come_back(wall, event, windows):
    (post,) = await wall.show(event, "Hello #PyConEx")
    _, page = await an_overlay(windows, wall, event)
    await send(wall, event, post)
    await expect(plate(page)).to_be_visible()

    desk = await windows.desk(wall, event)
    await wall.decide(event, "remove", post)

    await expect(page.locator(".plate")).to_have_count(0)
    assert await confirmed(wall, event, desk, post) == ["Stream"]
    await wall.decide(event, "approve", post)
    state = await page.request.get(f"{wall.url}/{event.slug}/overlay/state")
    assert (await state.json())["post"] is None


async def test_a_post_that_says_something_else_now_leaves_and_stays_away(wall, event, windows):
    (post,) = await wall.show(event, "Hello #PyConEx")
    _, page = await an_overlay(windows, wall, event)
    await send(wall, event, post)
    await expect(plate(page)).to_be_visible()

    await wall.submit(event, replace(post, text="Buy this #PyConEx"))

    await expect(page.locator(".plate")).to_have_count(0)


async def test_what_is_taken_off_fades_and_is_gone(wall, event, windows):
    (post,) = await wall.show(event, "Hello #PyConEx")
    _, page = await an_overlay(windows, wall, event)
    await send(wall, event, post)
    await expect(plate(page)).to_be_visible()

    await take_off(wall, event)

    await expect(page.locator(".plate")).to_have_count(0)


async def test_a_blanked_hall_blanks_the_video_and_the_way_back_brings_the_post(wall, event, windows):
    (post,) = await wall.show(event, "Hello #PyConEx")
    _, page = await an_overlay(windows, wall, event)
    await send(wall, event, post)
    await expect(plate(page)).to_be_visible()

    await wall.store.curtains.draw(event.slug, "blank", by="max", by_name="Max", now=now())
    await expect(page.locator(".plate")).to_have_count(0)

    await wall.store.curtains.draw(event.slug, "open", by="max", by_name="Max", now=now())
    await expect(plate(page)).to_be_visible()


async def test_without_a_network_it_keeps_what_it_shows_and_then_follows(wall, event, windows, line):
    one, other = await wall.show(event, "One #PyConEx", "Other #PyConEx")
    _, page = await an_overlay(windows, wall, event, url=line.url)
    await send(wall, event, one)
    await expect(page.locator(f"#post-{one.id}")).to_be_visible()
    await line.cut()

    await send(wall, event, other)

    await expect(page.locator(f"#post-{one.id}")).to_be_visible()
    line.mend()
    await expect(page.locator(f"#post-{other.id}")).to_be_visible()
    await expect(page.locator(f"#post-{one.id}")).to_have_count(0)


async def test_an_overlay_that_is_taken_back_shows_nothing_from_then_on(wall, event, windows):
    (post,) = await wall.show(event, "Hello #PyConEx")
    screen, page = await an_overlay(windows, wall, event)
    await send(wall, event, post)
    await expect(plate(page)).to_be_visible()

    await wall.store.screens.revoke(event.slug, screen.id)

    await expect(page.locator(".plate")).to_have_count(0)
    answer = await page.reload()
    assert answer.status == 403


async def test_the_token_stands_in_no_address_that_is_asked_for(wall, event, windows):
    _, token = await wall.store.screens.open(event.slug, "Stream", now=now(), kind="overlay")
    asked = []
    context = await windows.open()
    context.on("request", lambda request: asked.append(f"{request.url} {request.headers}"))
    page = await context.new_page()

    await page.goto(f"{wall.url}/{event.slug}/overlay/open#{token}")
    await expect(page.locator(".over")).to_be_attached()

    assert [one for one in asked if token in one.replace(f"#{token}", "", 1)] == []


async def test_the_desk_sends_by_a_key_everybody_there_sees_it_and_the_key_takes_it_off(wall, event, windows):
    await wall.show(event, "Will the slides be online? #PyConEx")
    _, page = await an_overlay(windows, wall, event)
    desk = await windows.desk(wall, event)
    other = await windows.desk(wall, event, "Max", **PHONE)
    await desk.goto(f"{wall.url}/{event.slug}/moderate/approved")
    await expect(desk.locator("#desk[data-overlay]")).to_be_attached()

    await desk.keyboard.press("o")

    await expect(plate(page)).to_contain_text("Will the slides be online?")
    await expect(other.locator(".overlaid")).to_contain_text("Will the slides be online?")
    await expect(other.locator(".overlaid")).to_contain_text("sent by Mia")
    await desk.locator(".more__button").click()
    await expect(desk.locator(".more").get_by_role("button", name="Off the overlay", pressed=True)).to_be_visible()
    await other.locator(".overlaid").get_by_role("button", name="Question").tap()
    await expect(page.locator(".plate[data-form=question]")).to_be_visible()
    await desk.keyboard.press("o")
    await expect(page.locator(".plate")).to_have_count(0)
    await expect(other.locator(".overlaid")).to_be_hidden()


async def test_a_phone_takes_it_off_with_a_thumb(wall, event, windows):
    (post,) = await wall.show(event, "Hello #PyConEx")
    _, page = await an_overlay(windows, wall, event)
    desk = await windows.desk(wall, event, **PHONE)
    await send(wall, event, post)
    await expect(desk.locator(".overlaid")).to_be_visible()

    await desk.locator(".overlaid").get_by_role("button", name="Off the overlay").tap()

    await expect(page.locator(".plate")).to_have_count(0)


async def test_where_no_overlay_was_opened_no_post_offers_to_go_there(wall, event, windows):
    await wall.show(event, "Hello #PyConEx")
    desk = await windows.desk(wall, event)

    await desk.goto(f"{wall.url}/{event.slug}/moderate/approved")

    await desk.locator(".more__button").click()
    await expect(desk.get_by_role("button", name="Note for the team")).to_be_visible()
    await expect(desk.get_by_role("button", name="To the overlay")).to_be_hidden()
