"""What befalls the server and the right to be here: the wall stays, and goes on."""

import os
import signal

import pytest
from playwright.async_api import expect

from tests.browser.lasting import mark
from tests.browser.wall import article
from tests.waiting import until
from wall.errors import StoreUnavailable

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]


async def test_an_upgrade_in_mid_show_is_not_seen(wall, event, windows):
    (post,) = await wall.show(event, "Before the upgrade #PyConEx")
    screen = await windows.screen(wall, event)
    await expect(article(screen, post)).to_be_visible()

    async with wall.away():
        await expect(mark(screen)).to_contain_text("cannot be reached")
        await expect(article(screen, post)).to_be_visible()
    (later,) = await wall.show(event, "After the upgrade #PyConEx")

    await expect(article(screen, later)).to_be_visible(timeout=60_000)
    await expect(mark(screen)).to_be_hidden()


async def test_while_redis_hangs_the_wall_stays_and_the_mark_names_the_database(wall, event, windows):
    (post,) = await wall.show(event, "Before #PyConEx")
    screen = await windows.screen(wall, event)
    await expect(article(screen, post)).to_be_visible()
    (redis,) = wall.program.parts("redis")

    os.kill(redis.pid, signal.SIGSTOP)
    try:
        await expect(mark(screen)).to_contain_text("database is not", timeout=90_000)
        await expect(article(screen, post)).to_be_visible()
    finally:
        os.kill(redis.pid, signal.SIGCONT)
    (later,) = await wall.show(event, "After #PyConEx")

    await expect(article(screen, later)).to_be_visible(timeout=60_000)
    await expect(mark(screen)).to_be_hidden(timeout=60_000)


async def test_a_killed_redis_is_not_seen(wall, event, windows):
    (post,) = await wall.show(event, "Before #PyConEx")
    screen = await windows.screen(wall, event)
    await expect(article(screen, post)).to_be_visible()

    await wall.program.kill_part("redis")
    (later,) = await until(lambda: shown(wall, event, "After #PyConEx"))

    await expect(article(screen, later)).to_be_visible(timeout=60_000)
    await expect(article(screen, post)).to_be_visible()


async def shown(wall, event, text):
    """Show a post once Redis takes it; nothing until then."""
    try:
        return await wall.show(event, text)
    except StoreUnavailable:
        return None


async def test_whose_session_ended_sees_the_wall_go_on_and_reads_why_scenes_do_not(wall, event, windows):
    (post,) = await wall.show(event, "Before #PyConEx")
    page = await windows.page(await wall.own_link(f"/{event.slug}/screen"))
    await page.get_by_role("button", name="Come in").click()
    await expect(article(page, post)).to_be_visible()
    olga = next(person for person in await wall.store.people.all() if person.owner)

    await wall.store.people.sign_out_everywhere(olga.id)
    await expect(mark(page)).to_contain_text("Nobody is signed in", timeout=60_000)
    (later,) = await wall.show(event, "After #PyConEx")
    await wall.decide(event, "remove", post)

    await expect(article(page, later)).to_be_visible()
    await expect(article(page, post)).to_have_count(0)


async def test_a_ticket_that_ended_lets_the_screen_in_by_its_cookie(wall, event, windows):
    context = await windows.open()
    page = await context.new_page()

    async def outdated(route):
        answer = await route.fetch()
        body = (await answer.text()).replace("stream?ticket=", "stream?ticket=1")
        await route.fulfill(response=answer, body=body)

    await page.route(f"**/{event.slug}/screen", outdated)
    await page.goto(await wall.screen_link(event))
    await expect(page.locator("poster-wall[data-ready]")).to_be_attached()
    (post,) = await wall.show(event, "Let in #PyConEx")

    await expect(article(page, post)).to_be_visible()
    await expect(mark(page)).to_be_hidden()
