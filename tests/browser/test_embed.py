"""The wall inside other sites: which may frame it, what it shows there, and what the site's page is spared."""

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.sites import a_site
from tests.browser.wall import article, now
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]

PAGE = """<!doctype html><html lang="en"><title>A conference</title>
<style>{style}</style><body>
<h1>A conference</h1>
<backchannel-wall src="{src}" {attributes}><a href="{wall}">The live wall</a></backchannel-wall>
<p id="below">Further down</p>
<script type="module" src="{script}"></script>"""
TOP = "one => one.getBoundingClientRect().top"
ROOM = "backchannel-wall:not(:defined) { display: block; block-size: 30rem }"
HEIGHT = "one => one.offsetHeight"
SHIFTS = """() => new Promise((told) => {
  new PerformanceObserver((list) => told(list.getEntries().map(({ value }) => value)))
    .observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => told([])));
})"""


@pytest_asyncio.fixture(loop_scope="session")
async def site(wall):
    """The event's own site."""
    async with a_site(wall) as site:
        yield site


@pytest_asyncio.fixture(loop_scope="session")
async def other_site(wall):
    """The site of somebody whom nobody asked."""
    async with a_site(wall) as site:
        yield site


async def a_widget(wall, event, *sites):
    origins = tuple(site.origin for site in sites)
    return await wall.store.screens.open(event.slug, "Site", now=now(), kind="embed", origins=origins)


def put(site, wall, event, token, attributes="", style=""):
    """Put a widget into the page of a site."""
    site.page = PAGE.format(
        src=f"{wall.url}/{event.slug}/embed/{token}",
        script=f"{wall.url}/{event.slug}/embed.js",
        wall=f"{wall.url}/{event.slug}",
        attributes=attributes,
        style=style,
    )


async def is_higher(element, height):
    return await element.evaluate(HEIGHT) > height


def framed(page):
    return page.frame_locator("iframe")


async def test_a_listed_site_shows_the_wall_and_what_is_removed_leaves_it(wall, event, windows, site):
    one, other = await wall.show(event, "One #PyConEx", "Other #PyConEx")
    _, token = await a_widget(wall, event, site)
    put(site, wall, event, token)
    page = await windows.page(site.origin)
    await expect(framed(page).locator(f"#post-{one.id}")).to_be_visible()

    (new,) = await wall.show(event, "New #PyConEx")
    await wall.decide(event, "remove", other)

    await expect(framed(page).locator(f"#post-{new.id}")).to_be_visible()
    await expect(framed(page).locator(f"#post-{other.id}")).to_have_count(0)
    await expect(page.get_by_role("link", name="The live wall")).to_be_hidden()
    assert await page.context.cookies() == []


async def test_a_site_that_is_not_listed_may_not_frame_it_and_says_where_the_wall_is(
    wall, event, chromium, site, other_site
):
    (post,) = await wall.show(event, "One #PyConEx")
    _, token = await a_widget(wall, event, site)
    put(other_site, wall, event, token)
    context = await chromium.new_context()
    page = await context.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))

    await page.goto(other_site.origin)

    await expect(page.get_by_role("link", name="The live wall")).to_be_visible()
    await expect(framed(page).locator(f"#post-{post.id}")).to_have_count(0)
    assert any("frame-ancestors" in one for one in complaints)
    await context.close()


@pytest.mark.parametrize("path", ["", "/screen", "/moderate", "/join", "/about"])
async def test_no_listed_site_may_frame_any_other_page_of_ours(wall, event, chromium, site, path):
    await a_widget(wall, event, site)
    site.page = f'<iframe src="{wall.url}/{event.slug}{path}"></iframe>'
    context = await chromium.new_context()
    page = await context.new_page()

    async with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        await page.goto(site.origin)

    await expect(framed(page).locator("main")).to_have_count(0)
    await context.close()


async def test_a_widget_that_is_taken_back_shows_nothing_from_then_on(wall, event, windows, site):
    (post,) = await wall.show(event, "One #PyConEx")
    screen, token = await a_widget(wall, event, site)
    put(site, wall, event, token)
    page = await windows.page(site.origin)
    await expect(framed(page).locator(f"#post-{post.id}")).to_be_visible()

    await wall.store.screens.revoke(event.slug, screen.id)

    await expect(framed(page).get_by_text("was taken back")).to_be_visible()
    await expect(framed(page).locator("article")).to_have_count(0)


async def test_nothing_on_the_sites_page_moves_when_the_wall_comes_and_goes_on(wall, event, windows, site):
    await wall.show(event, *(f"Post {number} #PyConEx" for number in range(5)))
    _, token = await a_widget(wall, event, site)
    put(site, wall, event, token, 'height="30rem"', style=ROOM)
    page = await windows.page(site.origin)
    await expect(framed(page).locator("article.post").first).to_be_visible()
    before = await page.locator("#below").evaluate(TOP)

    (new,) = await wall.show(event, "New #PyConEx")
    await expect(framed(page).locator(f"#post-{new.id}")).to_be_visible()

    assert await page.locator("#below").evaluate(TOP) == before
    assert await page.evaluate(SHIFTS) == []


async def test_where_it_is_told_to_fit_its_height_follows_what_it_shows(wall, event, windows, site):
    (post,) = await wall.show(event, "One #PyConEx")
    _, token = await a_widget(wall, event, site)
    put(site, wall, event, token, 'fit height="200rem"')
    page = await windows.page(site.origin)
    await expect(framed(page).locator(f"#post-{post.id}")).to_be_visible()
    element = page.locator("backchannel-wall[data-state=ready]")
    small = await element.evaluate(HEIGHT)

    await wall.show(event, *(f"Post {number} #PyConEx" for number in range(8)))

    await until(lambda: is_higher(element, small + 400))
    assert small < 800


async def test_a_link_opens_a_new_tab_that_cannot_reach_back(wall, event, windows, site):
    (post,) = await wall.show(event, "One #PyConEx")
    _, token = await a_widget(wall, event, site)
    put(site, wall, event, token)
    page = await windows.page(site.origin)

    async with page.context.expect_page() as opened:
        await framed(page).locator(f"#post-{post.id} .post__time").click()

    tab = await opened.value
    await expect(article(tab, post)).to_be_visible()
    assert await tab.evaluate("window.opener") is None


async def test_a_reader_can_stop_it_and_go_on(wall, event, windows, site):
    await wall.show(event, "One #PyConEx")
    _, token = await a_widget(wall, event, site)
    put(site, wall, event, token)
    page = await windows.page(site.origin)
    await framed(page).get_by_role("button", name="Pause").press("Enter")

    (new,) = await wall.show(event, "New #PyConEx")

    await expect(framed(page).get_by_role("button", name="1 new post")).to_be_visible()
    await expect(framed(page).locator(f"#post-{new.id}")).to_have_count(0)
    await framed(page).get_by_role("button", name="Resume").press("Enter")
    await expect(framed(page).locator(f"#post-{new.id}")).to_be_visible()


async def test_its_theme_and_accent_are_the_sites(wall, event, windows, site):
    await wall.show(event, "One #PyConEx")
    _, token = await a_widget(wall, event, site)
    put(site, wall, event, token, 'theme="dark" accent="#ff0055"')
    page = await windows.page(site.origin)

    body = framed(page).locator("body")

    await expect(body.locator("article")).to_be_visible()
    look = "[getComputedStyle(document.documentElement).colorScheme, getComputedStyle(document.body).getPropertyValue('--accent')]"
    assert await body.evaluate(f"() => {look}") == ["dark", "#ff0055"]
