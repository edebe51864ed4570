import pytest
from playwright.async_api import expect

from tests.browser.axe import wrong_with
from tests.browser.wall import article
from tests.cast import BOB
from wall.core.post import SourceRef

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

MANY = [f"Post number {number} #PyConEx" for number in range(1, 31)]


async def test_a_post_appears_by_itself_when_it_is_approved(wall, event, windows):
    page = await windows.live(wall, event)
    await expect(page.get_by_text("Nothing on the wall yet.")).to_be_visible()

    (post,) = await wall.show(event, "Good morning #PyConEx")

    await expect(article(page, post)).to_be_visible()
    await expect(page.get_by_text("Nothing on the wall yet.")).to_be_hidden()


async def test_a_removed_post_leaves_the_page(wall, event, windows):
    one, other = await wall.show(event, "One #PyConEx", "Other #PyConEx")
    page = await windows.live(wall, event)
    await expect(article(page, one)).to_be_visible()

    await wall.decide(event, "remove", one)

    await expect(article(page, one)).to_have_count(0)
    await expect(article(page, other)).to_be_visible()


async def test_new_posts_wait_above_while_somebody_reads_further_down(wall, event, windows):
    await wall.show(event, *MANY)
    page = await windows.live(wall, event)
    await page.mouse.wheel(0, 1500)
    await page.wait_for_function("scrollY > 500")
    before = await page.evaluate(
        "[...document.querySelectorAll('article')].map(a => a.getBoundingClientRect().top)"
    )

    posts = await wall.show(event, "One #PyConEx", "Two #PyConEx", "Three #PyConEx")

    button = page.get_by_role("button", name="3 new posts")
    await expect(button).to_be_visible()
    after = await page.evaluate(
        "[...document.querySelectorAll('article')].map(a => a.getBoundingClientRect().top)"
    )
    assert after == before

    await button.click()

    await expect(article(page, posts[2])).to_be_in_viewport()
    await expect(button).to_be_hidden()


async def test_a_paused_page_takes_nothing_in_until_it_goes_on(wall, event, windows):
    page = await windows.live(wall, event)
    await page.get_by_role("button", name="Pause").click()

    (post,) = await wall.show(event, "While paused #PyConEx")

    await expect(page.get_by_role("button", name="1 new post")).to_be_visible()
    await expect(article(page, post)).to_have_count(0)

    await page.get_by_role("button", name="Resume").click()

    await expect(article(page, post)).to_be_visible()


async def test_a_page_without_scripts_shows_the_wall_and_its_older_posts(wall, event, windows):
    oldest, *_ = await wall.show(event, *MANY, *(f"Later {number} #PyConEx" for number in range(15)))

    page = await windows.live(wall, event, java_script_enabled=False)

    await expect(page.locator("article.post")).to_have_count(40)
    await page.get_by_role("link", name="Older posts").click()
    await expect(article(page, oldest)).to_be_visible()


async def test_a_lost_network_leaves_no_hole_and_no_repeat(wall, event, windows, line):
    before = await wall.show(event, "Before one #PyConEx", "Before two #PyConEx")
    page = await windows.live(wall, event, url=line.url)
    await expect(page.locator("article.post")).to_have_count(2)
    (seen,) = await wall.show(event, "The stream is there #PyConEx")
    await expect(article(page, seen)).to_be_visible()

    await page.context.set_offline(True)
    await line.cut()
    missed = await wall.show(event, *(f"Missed {number} #PyConEx" for number in range(1, 13)))
    await wall.decide(event, "remove", before[0], missed[3])
    line.mend()
    await page.context.set_offline(False)

    expected = [post.id for post in reversed([before[1], seen, *missed]) if post != missed[3]]
    await expect(article(page, missed[-1])).to_be_visible()
    await expect(article(page, before[0])).to_have_count(0)
    assert await page.locator("article.post").evaluate_all("all => all.map(one => one.dataset.id)") == expected


async def test_a_page_says_that_it_is_not_connected_and_when_it_is_again(wall, event, windows, line):
    page = await windows.live(wall, event, url=line.url)
    (seen,) = await wall.show(event, "The stream is there #PyConEx")
    await expect(article(page, seen)).to_be_visible()

    await line.cut()

    await expect(page.get_by_text("Not connected.")).to_be_visible()
    await expect(article(page, seen)).to_be_visible()

    line.mend()

    await expect(page.get_by_text("Not connected.")).to_be_hidden()


async def test_a_post_has_a_page_of_its_own_until_it_is_removed(wall, event, windows):
    (post,) = await wall.show(event, "Link to me #PyConEx")
    page = await windows.live(wall, event)

    await article(page, post).locator(".post__time").click()

    await expect(page).to_have_url(f"{wall.url}/{event.slug}/post/{post.id}")
    await expect(page.get_by_text("Link to me")).to_be_visible()

    await wall.decide(event, "remove", post)
    answer = await page.reload()

    assert answer.status == 404
    assert "Link to me" not in await page.content()


async def test_a_reader_reacts_mutes_and_finds_both_again(wall, event, windows):
    one, other = await wall.show(event, "One #PyConEx"), await wall.show(event, "Other #PyConEx", author=BOB)
    page = await windows.page(await wall.join_address(event))
    await page.goto(f"{wall.url}/{event.slug}")

    await article(page, one[0]).get_by_role("button", name="React").click()
    await article(page, one[0]).get_by_role("button", name="applause", exact=True).click()
    await expect(article(page, one[0]).get_by_role("button", name="1 applause")).to_be_focused()
    await article(page, other[0]).get_by_role("button", name="Mute Bob").click()

    await expect(article(page, other[0])).to_be_hidden()
    await page.reload()
    applause = article(page, one[0]).get_by_role("button", name="1 applause")
    await expect(applause).to_have_attribute("aria-pressed", "true")
    await expect(article(page, other[0])).to_be_hidden()
    await page.get_by_text("Muted by you").click()
    assert await wrong_with(page) == []
    await page.get_by_role("button", name="Unmute Bob").click()
    await expect(article(page, other[0])).to_be_visible()


async def test_the_copy_for_when_there_is_no_network_has_the_last_posts_and_no_removed_one(wall, event, windows):
    one, other = await wall.show(event, "Stays #PyConEx", "Goes #PyConEx")
    page = await windows.live(wall, event)
    await page.evaluate("navigator.serviceWorker.ready.then(() => {})")
    (later,) = await wall.show(event, "Comes later #PyConEx")
    await expect(article(page, later)).to_be_visible()

    await wall.decide(event, "remove", other)

    await expect(article(page, other)).to_have_count(0)
    await page.context.set_offline(True)
    await page.reload()
    await expect(article(page, one)).to_be_visible()
    await expect(article(page, later)).to_be_visible()
    await expect(article(page, other)).to_have_count(0)
    await page.context.set_offline(False)


async def test_an_excerpt_takes_in_only_what_belongs_to_it(wall, event, windows):
    page = await windows.page(f"{wall.url}/{event.slug}?network=bluesky")
    bluesky = SourceRef(id="b1", kind="bluesky")

    (elsewhere,) = await wall.show(event, "Elsewhere #PyConEx")
    (here,) = await wall.show(event, "Here #PyConEx", source=bluesky)

    await expect(article(page, here)).to_be_visible()
    await expect(article(page, elsewhere)).to_have_count(0)
