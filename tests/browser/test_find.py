"""Finding posts at the desk, deciding about many in one go, and what the team writes on them."""

import pytest
from playwright.async_api import expect

from tests.browser.test_desk import on_stage, status
from tests.browser.wall import PHONE, article
from tests.cast import ALICE, BOB
from tests.pictures import plain
from tests.raw_server import answer, raw_server
from tests.waiting import until
from wall.core.moderation import Status
from wall.core.post import Media

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]

SPAM = "Buy followers now, cheap and quick #PyConEx"


def rows(page):
    return page.locator(".line__cards > .card")


async def all_are(wall, event, posts, wanted):
    return all([await status(wall, event, post) is wanted for post in posts])


async def pictured(wall, event, text, **fields):
    """Take in a post with a picture."""
    async with raw_server() as server:
        server.answers["/cat.png"] = answer(plain(400, 300), content_type="image/png")
        picture = Media(kind="image", url=server.url("/cat.png"))
        (post,) = await wall.say(event, text, media=(picture,), **fields)
    return post


# Filters


async def test_a_search_shows_what_fits_and_what_arrives_and_fits(wall, event, windows):
    one, other = await wall.say(event, "The Café is open #PyConEx", "The lift is closed #PyConEx")
    desk = await windows.desk(wall, event)

    await desk.keyboard.press("/")
    await desk.keyboard.type("CAFE")
    await expect(rows(desk)).to_have_count(1)
    await expect(desk.locator(f"#card-{one.id}")).to_be_visible()
    (late, _) = await wall.say(event, "Another cafe #PyConEx", "Another lift #PyConEx")
    await expect(desk.locator(f"#card-{late.id}")).to_be_visible()
    await expect(rows(desk)).to_have_count(2)
    await expect(desk.locator("[data-tab=waiting] [data-tally]")).to_have_text("4")

    await desk.keyboard.press("Enter")
    await desk.keyboard.press("Escape")

    await expect(rows(desk)).to_have_count(4)
    await expect(desk.locator(f"#card-{other.id}")).to_be_visible()


async def test_a_filter_is_an_address_and_goes_by_its_chip_and_the_back_button(wall, event, windows):
    await wall.say(event, "Who comes along? #PyConEx", "I do #PyConEx")
    desk = await windows.desk(wall, event)

    await desk.keyboard.press("f")
    await desk.get_by_label("Questions only").check()
    await expect(rows(desk)).to_have_count(1)
    assert "question=yes" in desk.url
    await desk.reload()
    await expect(rows(desk)).to_have_count(1)
    await desk.get_by_role("button", name="Questions: filter no more").click()
    await expect(rows(desk)).to_have_count(2)
    await desk.go_back()

    await expect(rows(desk)).to_have_count(1)


async def test_what_waits_far_behind_is_found(wall, event, windows):
    await wall.say(event, *(f"Post {number} #PyConEx" for number in range(150)))
    (needle,) = await wall.say(event, "The needle #PyConEx")
    desk = await windows.desk(wall, event)
    await expect(desk.locator(f"#card-{needle.id}")).to_have_count(0)

    await desk.keyboard.press("/")
    await desk.keyboard.type("needle")

    await expect(on_stage(desk, needle)).to_be_visible()
    await expect(rows(desk)).to_have_count(1)


async def test_decided_posts_are_searched_too(wall, event, windows):
    (one, _) = await wall.show(event, "The Café is open #PyConEx", "The lift is closed #PyConEx")
    desk = await windows.desk(wall, event)
    await desk.locator("[data-tab=approved]").click()
    await expect(desk.locator(".decided__cards > .card")).to_have_count(2)

    await desk.keyboard.press("/")
    await desk.keyboard.type("cafe")

    await expect(desk.locator(".decided__cards > .card")).to_have_count(1)
    await expect(desk.locator(f"#card-{one.id}")).to_be_visible()


# Many at once


async def test_a_range_is_rejected_and_taken_back_in_one_go(wall, event, windows):
    posts = await wall.say(event, *(f"Post {number} #PyConEx" for number in range(6)))
    desk = await windows.desk(wall, event)
    await expect(on_stage(desk, posts[0])).to_be_visible()

    for _ in range(2):
        await desk.keyboard.press("Shift+ArrowDown")
    await expect(desk.locator(".bulk__count")).to_have_text("3 of 6 selected")
    await desk.keyboard.press("n")
    await until(lambda: all_are(wall, event, posts[:3], Status.REJECTED))
    await expect(on_stage(desk, posts[3])).to_be_visible()
    await desk.keyboard.press("u")

    await until(lambda: all_are(wall, event, posts, Status.WAITING))
    await expect(rows(desk)).to_have_count(6)


async def test_everything_that_says_the_same_is_rejected_whoever_wrote_it(wall, event, windows):
    spam = [
        (await wall.say(event, f"{SPAM} {number}", author=author))[0]
        for number, author in enumerate((ALICE, BOB) * 2)
    ]
    (good,) = await wall.say(event, "A talk I liked #PyConEx")
    desk = await windows.desk(wall, event)
    await expect(on_stage(desk, spam[0])).to_be_visible()
    await expect(desk.get_by_role("button", name="3 more say the same")).to_be_visible()

    await desk.keyboard.press("l")
    await expect(desk.locator(".bulk__count")).to_have_text("4 of 4 selected")
    await desk.keyboard.press("n")

    await until(lambda: all_are(wall, event, spam, Status.REJECTED))
    assert await status(wall, event, good) is Status.WAITING
    await desk.keyboard.press("Escape")
    await expect(on_stage(desk, good)).to_be_visible()


async def test_more_than_twenty_of_an_author_are_asked_about_first(wall, event, windows):
    posts = await wall.say(event, *(f"Post {number} #PyConEx" for number in range(120)))
    (other,) = await wall.say(event, "Not mine #PyConEx", author=BOB)
    desk = await windows.desk(wall, event)
    await expect(on_stage(desk, posts[0])).to_be_visible()

    await desk.keyboard.press("a")
    await expect(desk.locator(".bulk__count")).to_have_text("120 of 120 selected")
    await desk.keyboard.press("y")
    await expect(desk.get_by_role("heading", name="Approve 120 posts?")).to_be_visible()
    assert await status(wall, event, posts[0]) is Status.WAITING
    await desk.keyboard.press("Enter")

    await until(lambda: all_are(wall, event, posts, Status.APPROVED))
    assert await status(wall, event, other) is Status.WAITING


async def test_many_decided_without_a_network_are_sent_when_it_is_back(wall, event, windows, line):
    posts = await wall.say(event, *(f"Post {number} #PyConEx" for number in range(8)))
    desk = await windows.desk(wall, event, url=line.url)
    await expect(on_stage(desk, posts[0])).to_be_visible()

    await line.cut()
    await desk.keyboard.press("Shift+X")
    await desk.keyboard.press("y")
    await expect(desk.get_by_text("8 decisions waiting to be sent")).to_be_visible()
    line.mend()

    await until(lambda: all_are(wall, event, posts, Status.APPROVED))


async def test_what_others_decided_meanwhile_is_told_of_a_selection(wall, event, windows, line):
    posts = await wall.say(event, *(f"Post {number} #PyConEx" for number in range(4)))
    desk = await windows.desk(wall, event, url=line.url)
    await expect(on_stage(desk, posts[0])).to_be_visible()

    line.block()
    await desk.keyboard.press("Shift+X")
    await desk.keyboard.press("n")
    await wall.decide(event, "approve", posts[1])
    line.unblock()

    await expect(desk.locator(".decide__said")).to_contain_text("1 post stands otherwise")
    assert await status(wall, event, posts[1]) is Status.APPROVED
    await until(lambda: all_are(wall, event, [posts[0], *posts[2:]], Status.REJECTED))


async def test_several_are_taken_off_the_wall_in_one_go(wall, event, windows):
    posts = await wall.show(event, *(f"Post {number} #PyConEx" for number in range(3)))
    desk = await windows.desk(wall, event)
    await desk.locator("[data-tab=approved]").click()
    await expect(desk.locator(f"#card-{posts[0].id}")).to_be_visible()

    await desk.keyboard.press("Shift+ArrowDown")
    await desk.keyboard.press("n")

    await until(lambda: all_are(wall, event, posts[1:], Status.REMOVED))
    assert await status(wall, event, posts[0]) is Status.APPROVED


async def test_a_thumb_selects_on_a_phone(wall, event, windows):
    posts = await wall.say(event, *(f"Post {number} #PyConEx" for number in range(3)))
    desk = await windows.desk(wall, event, **PHONE)
    await expect(on_stage(desk, posts[0])).to_be_visible()

    for post in posts[1:]:
        await desk.locator(f"#card-{post.id} .pick").tap()
    await desk.get_by_role("button", name="Reject 2").tap()

    await until(lambda: all_are(wall, event, posts[1:], Status.REJECTED))
    assert await status(wall, event, posts[0]) is Status.WAITING


# What the team writes


async def test_a_note_is_read_at_other_desks_and_nowhere_else(wall, event, windows):
    (post,) = await wall.show(event, "On the wall #PyConEx")
    live = await windows.live(wall, event)
    await expect(article(live, post)).to_be_visible()
    mia, max_ = await windows.desk(wall, event, "Mia"), await windows.desk(wall, event, "Max")
    for desk in (mia, max_):
        await desk.locator("[data-tab=approved]").click()
        await expect(desk.locator(f"#card-{post.id}")).to_be_visible()

    await mia.keyboard.press("c")
    await mia.keyboard.type("Ask the speaker first")
    await mia.keyboard.press("Control+Enter")

    await expect(max_.locator(".card__team")).to_contain_text("Ask the speaker first")
    await expect(max_.locator(".card__team")).to_contain_text("Mia")
    assert "Ask the speaker" not in await live.content()
    assert "Ask the speaker" not in await (await live.request.get(f"{wall.url}/{event.slug}/feed")).text()


async def test_a_picture_is_described_and_approved_at_once_as_it_is_heard_then(wall, event, windows):
    post = await pictured(wall, event, "Look #PyConEx")
    desk = await windows.desk(wall, event)
    await expect(on_stage(desk, post)).to_be_visible()

    await desk.keyboard.press("e")
    await desk.keyboard.type("A cat on a lectern")
    await desk.keyboard.press("Control+Enter")
    await desk.keyboard.press("y")

    await until(lambda: all_are(wall, event, [post], Status.APPROVED))
    live = await windows.live(wall, event)
    await expect(live.get_by_alt_text("A cat on a lectern (described by the team)")).to_be_attached()


async def test_who_listens_is_told_of_a_description_at_once(wall, event, windows):
    post = await pictured(wall, event, "Look #PyConEx")
    await wall.decide(event, "approve", post)
    live = await windows.live(wall, event)
    await expect(article(live, post)).to_be_visible()
    desk = await windows.desk(wall, event)
    await desk.goto(f"{wall.url}/{event.slug}/moderate/approved?pictures=undescribed")

    await desk.keyboard.press("e")
    await desk.keyboard.type("A cat on a lectern")
    await desk.keyboard.press("Control+Enter")

    await expect(live.get_by_alt_text("A cat on a lectern (described by the team)")).to_be_attached()


async def test_a_post_under_decision_stays_when_it_fits_no_longer(wall, event, windows):
    post = await pictured(wall, event, "Look #PyConEx")
    desk = await windows.desk(wall, event)
    await desk.goto(f"{wall.url}/{event.slug}/moderate?pictures=undescribed")
    await expect(on_stage(desk, post)).to_be_visible()

    await desk.keyboard.press("e")
    await desk.keyboard.type("A cat on a lectern")
    await desk.keyboard.press("Control+Enter")
    await expect(desk.locator(".stage .card__described")).to_contain_text("A cat on a lectern")
    await expect(desk.locator("#desk[data-glance]")).to_have_count(0)
    await desk.keyboard.press("y")

    await until(lambda: all_are(wall, event, [post], Status.APPROVED))
