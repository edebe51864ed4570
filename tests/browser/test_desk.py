import pytest
from playwright.async_api import expect

from tests.browser.wall import PHONE, article
from tests.cast import a_post
from tests.pictures import plain
from tests.raw_server import answer, raw_server
from tests.waiting import until
from wall.core.moderation import Status
from wall.core.post import Media

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

IN_STEP = 50
LONG, DRAWN = 80, 60


async def status(wall, event, post):
    return (await wall.store.posts.get(event.slug, post.id)).status


def on_stage(page, post):
    return page.locator(".stage__post").locator(f"#post-{post.id}")


async def test_a_waiting_post_arrives_live_and_its_counter_with_it(wall, event, windows):
    desk = await windows.desk(wall, event)
    await expect(desk.get_by_text("Nothing is waiting.", exact=True)).to_be_visible()

    (post,) = await wall.say(event, "Good morning #PyConEx")

    await expect(on_stage(desk, post)).to_be_visible()
    await expect(desk.locator("[data-tab=waiting] [data-tally]")).to_have_text("1")


async def test_y_approves_n_rejects_and_p_pins_the_post_under_decision(wall, event, windows):
    approved, rejected, pinned = await wall.say(event, "Yes #PyConEx", "No #PyConEx", "Pin me #PyConEx")
    desk = await windows.desk(wall, event)

    await expect(on_stage(desk, approved)).to_be_visible()
    await desk.keyboard.press("y")
    await expect(on_stage(desk, rejected)).to_be_visible()
    await desk.keyboard.press("n")
    await expect(on_stage(desk, pinned)).to_be_visible()
    await desk.keyboard.press("p")

    await until(lambda: is_on_the_wall(wall, event, pinned))
    assert await status(wall, event, approved) is Status.APPROVED
    assert await status(wall, event, rejected) is Status.REJECTED
    assert (await wall.store.posts.get(event.slug, pinned.id)).pinned
    assert not (await wall.store.posts.get(event.slug, approved.id)).pinned


async def test_what_is_rarely_done_is_behind_one_button_which_gets_the_focus_back(wall, event, windows):
    (post,) = await wall.show(event, "Yes #PyConEx")
    desk = await windows.desk(wall, event)
    await desk.goto(f"{wall.url}/{event.slug}/moderate/approved")
    more, rows = desk.locator(".more__button"), desk.locator(".more__row:visible")
    note = desk.get_by_role("button", name="Note for the team")
    await expect(desk.locator(f"#card-{post.id} .card__actions > .button")).to_have_text(
        ["Remove N", "Pin P", "Show now W"]
    )

    await more.press("Enter")
    await desk.keyboard.press("ArrowDown")
    await expect(rows.first).to_be_focused()
    await desk.keyboard.press("ArrowUp")
    await expect(rows.last).to_be_focused()
    await desk.keyboard.press("Escape")
    await expect(note).to_be_hidden()
    await expect(more).to_be_focused()
    await more.click()
    await note.click()
    await expect(desk.get_by_role("dialog")).to_be_visible()
    await expect(note).to_be_hidden()
    await desk.keyboard.press("Escape")
    await expect(more).to_be_focused()
    await more.click()
    await desk.locator(".decided__title").click()
    await expect(note).to_be_hidden()


async def is_on_the_wall(wall, event, post):
    return await status(wall, event, post) is Status.APPROVED


async def test_u_takes_the_last_decision_back(wall, event, windows):
    (post, _) = await wall.say(event, "Yes #PyConEx", "Next #PyConEx")
    desk = await windows.desk(wall, event)
    await desk.keyboard.press("y")
    await until(lambda: is_on_the_wall(wall, event, post))

    await desk.keyboard.press("u")

    await expect(on_stage(desk, post)).to_be_visible()
    await expect(desk.locator("[data-tab=waiting] [data-tally]")).to_have_text("2")
    await until(lambda: is_waiting(wall, event, post))


async def is_waiting(wall, event, post):
    return await status(wall, event, post) is Status.WAITING


async def test_the_arrows_choose_and_what_arrives_does_not_move_the_post_under_decision(wall, event, windows):
    first, second = await wall.say(event, "One #PyConEx", "Two #PyConEx")
    desk = await windows.desk(wall, event)

    await desk.keyboard.press("ArrowDown")
    await expect(on_stage(desk, second)).to_be_visible()
    (third,) = await wall.say(event, "Three #PyConEx")

    await expect(desk.locator(f"#card-{third.id}")).to_be_visible()
    await expect(on_stage(desk, second)).to_be_visible()

    await desk.keyboard.press("ArrowUp")
    await expect(on_stage(desk, first)).to_be_visible()


async def test_two_desks_stay_in_step_and_the_other_one_says_who_decided(wall, event, windows):
    post, other = await wall.say(event, "One #PyConEx", "Two #PyConEx")
    mia, max_ = await windows.desk(wall, event, "Mia"), await windows.desk(wall, event, "Max")
    await expect(on_stage(max_, other)).to_be_visible()
    await max_.keyboard.press("ArrowUp")
    await expect(max_.locator(".stage__note")).to_have_text("\u2068Mia\u2069 has this.")

    await mia.keyboard.press("y")

    await expect(max_.locator(".stage__note")).to_contain_text("Mia approved this")
    for desk in (mia, max_):
        await expect(desk.locator("[data-tab=waiting] [data-tally]")).to_have_text("1")
        await expect(desk.locator("[data-tab=approved] [data-tally]")).to_have_text("1")

    # The key was meant for the post that Mia has decided already; it hits no other one.
    await max_.keyboard.press("n")

    await expect(on_stage(max_, other)).to_be_visible()
    assert await status(wall, event, post) is Status.APPROVED
    assert await status(wall, event, other) is Status.WAITING


async def test_the_slower_of_two_is_told_who_was_faster(wall, event, windows, line):
    post, other = await wall.say(event, "One #PyConEx", "Two #PyConEx")
    mia = await windows.desk(wall, event, "Mia")
    slow = await windows.desk(wall, event, "Max", url=line.url)
    await expect(on_stage(slow, other)).to_be_visible()
    await slow.keyboard.press("ArrowUp")
    await expect(on_stage(slow, post)).to_be_visible()

    line.block()
    await slow.keyboard.press("n")
    await mia.keyboard.press("y")
    await until(lambda: is_on_the_wall(wall, event, post))
    line.unblock()

    await expect(slow.locator(".decide__said")).to_contain_text("Mia was faster: approved")
    assert await status(wall, event, post) is Status.APPROVED


async def test_fifty_quick_keys_are_fifty_decisions(wall, event, windows):
    posts = await wall.say(event, *(f"Post {number} #PyConEx" for number in range(IN_STEP)))
    desk = await windows.desk(wall, event)
    await expect(on_stage(desk, posts[0])).to_be_visible()

    for _ in range(IN_STEP // 2):
        await desk.keyboard.press("y")
        await desk.keyboard.press("n")

    await until(lambda: none_waits(wall, event))
    decided = [await status(wall, event, post) for post in posts]
    assert decided == [Status.APPROVED, Status.REJECTED] * (IN_STEP // 2)
    await expect(desk.get_by_text("Nothing is waiting.", exact=True)).to_be_visible()


async def test_a_long_line_is_drawn_as_far_as_somebody_scrolls(wall, event, windows):
    posts = await wall.say(event, *(f"Post {number} of many #PyConEx" for number in range(LONG)))
    desk = await windows.desk(wall, event)
    cards = desk.locator(".line__cards > .card")
    await expect(cards).to_have_count(DRAWN)
    await expect(desk.locator(".line__rest")).to_have_text(f"{LONG - DRAWN} more below")

    await desk.locator(".line__rest").scroll_into_view_if_needed()

    await expect(cards).to_have_count(LONG)
    await expect(desk.locator(".line__rest")).to_be_hidden()
    await cards.last.locator(".row").click()
    await expect(on_stage(desk, posts[-1])).to_be_visible()


async def none_waits(wall, event):
    return (await wall.counts(event))[Status.WAITING] == 0


async def test_decisions_made_without_a_network_are_sent_when_it_is_back(wall, event, windows, line):
    posts = await wall.say(event, "One #PyConEx", "Two #PyConEx", "Three #PyConEx")
    desk = await windows.desk(wall, event, url=line.url)
    await expect(on_stage(desk, posts[0])).to_be_visible()

    await line.cut()
    for key in ("y", "n", "y"):
        await desk.keyboard.press(key)
    await expect(desk.get_by_text("decisions waiting to be sent")).to_be_visible()
    line.mend()

    await until(lambda: none_waits(wall, event))
    decided = [await status(wall, event, post) for post in posts]
    assert decided == [Status.APPROVED, Status.REJECTED, Status.APPROVED]


async def test_an_author_s_edit_is_judged_as_it_stands_now(wall, event, windows):
    (post,) = await wall.say(event, "Before #PyConEx")
    desk = await windows.desk(wall, event)
    await expect(on_stage(desk, post)).to_contain_text("Before")

    await wall.submit(event, a_post("After #PyConEx", uid=post.uid, revision=2))

    await expect(on_stage(desk, post)).to_contain_text("After")
    await expect(desk.get_by_text("Its author changed this post just now.")).to_be_visible()


async def test_one_thumb_is_enough_on_a_phone(wall, event, windows):
    approved, rejected = await wall.say(event, "Yes #PyConEx", "No #PyConEx")
    desk = await windows.desk(wall, event, **PHONE)
    await expect(on_stage(desk, approved)).to_be_visible()

    await expect(desk.locator(".decide__approve")).to_be_in_viewport(ratio=1)
    await desk.locator(".decide__approve").tap()
    await expect(on_stage(desk, rejected)).to_be_visible()
    await desk.locator(".decide__reject").tap()

    await until(lambda: none_waits(wall, event))
    assert await status(wall, event, approved) is Status.APPROVED
    assert await status(wall, event, rejected) is Status.REJECTED
    assert await desk.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_a_sensitive_picture_is_covered_until_somebody_wants_to_see_it(wall, event, windows):
    async with raw_server() as server:
        server.answers["/cat.png"] = answer(plain(400, 300), content_type="image/png")
        picture = Media(kind="image", url=server.url("/cat.png"), alt="A cat")
        (post,) = await wall.say(event, "Careful #PyConEx", media=(picture,), sensitive=True)
    desk = await windows.desk(wall, event)
    image = on_stage(desk, post).get_by_alt_text("A cat")
    await expect(image).to_be_visible()
    assert "blur" in await image.evaluate("one => getComputedStyle(one).filter")

    await desk.keyboard.press("r")

    assert await image.evaluate("one => getComputedStyle(one).filter") == "none"
    assert await image.evaluate("one => one.decode().then(() => one.naturalWidth > 0)")


async def test_a_decided_post_is_taken_off_the_wall_in_its_own_tab(wall, event, windows):
    (post,) = await wall.show(event, "On the wall #PyConEx")
    desk = await windows.desk(wall, event)
    screen = await windows.screen(wall, event)
    await expect(article(screen, post)).to_be_visible()

    await desk.locator("[data-tab=approved]").click()
    await desk.locator(f"#card-{post.id}").get_by_role("button", name="Remove").click()

    await expect(article(screen, post)).to_have_count(0)
    await until(lambda: is_removed(wall, event, post))


async def is_removed(wall, event, post):
    return await status(wall, event, post) is Status.REMOVED
